import { importedFrom, writtenAs } from './modules';

const TEST = 'libs/my-money/src/acme/tests/test_money.py';

describe('a module that a file imports', () => {
  it.each([
    { written: 'acme.money', module: 'acme.money' },
    { written: '..money', module: 'src.acme.money' },
    { written: '.', module: 'src.acme.tests' },
    { written: '..', module: 'src.acme' },
    { written: '......money', module: undefined },
  ])('as $written has a name without dots at its front', ({ written, module }) => {
    expect(importedFrom(TEST, written)).toBe(module);
  });

  it.each([
    { module: 'acme.rates', other: 'acme.money', written: 'acme.rates' },
    { module: 'src.acme.rates', other: '..money', written: '..rates' },
    { module: 'src.acme.tests.helpers', other: '..money', written: '.helpers' },
    { module: 'src.acme', other: '..money', written: '..' },
    { module: 'elsewhere.rates', other: '..money', written: undefined },
  ])('is written like $other: $module as $written', ({ module, other, written }) => {
    expect(writtenAs(TEST, module, other)).toBe(written);
  });
});
