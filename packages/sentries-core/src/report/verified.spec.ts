import { verifiedBy } from './verified';

const DOCS = { references: 3, repaired: 2, examples: 1, ran: 4, mended: 1, notRun: null };

describe('what proved a patch of documentation', () => {
  it('is reading the references again, and running the examples', () => {
    expect(verifiedBy(DOCS)).toMatch(/^3 references .* 2 of them repaired.* 4 examples ran .* 1 /);
  });

  it('says why no example ran', () => {
    const notRun = 'the project does not have pytest run examples';
    expect(verifiedBy({ ...DOCS, ran: 0, mended: 0, notRun })).toContain(
      `none was run: ${notRun}.`,
    );
  });
});
