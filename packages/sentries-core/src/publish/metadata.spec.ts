import * as fc from 'fast-check';
import { recordOf } from '../report/report.fixture';
import { failureKey, hidden, metadataIn, withMetadata } from './metadata';
import { metadataOf } from './plan.fixture';

describe('the metadata of a pull request', () => {
  it('are read as they were hidden, whatever stands around them', () => {
    const body = `### Title\n\n${hidden(metadataOf())}\n\nA person's words.`;
    expect(metadataIn(body)).toEqual(metadataOf());
  });

  it('take the place of those before', () => {
    const body = withMetadata(`Words\n${hidden(metadataOf())}\nmore`, metadataOf({ ended: 'why' }));
    expect(metadataIn(body)?.ended).toBe('why');
    expect(body.match(/sentries:1/g)).toHaveLength(1);
    expect(body.endsWith('more')).toBe(true);
  });

  it('come to a body that has none', () => {
    expect(metadataIn(withMetadata('Words', metadataOf()))).toEqual(metadataOf());
  });

  it('never end the comment that hides them', () => {
    const nasty = recordOf({ timings: {}, project: '--> <b>' });
    const block = hidden(metadataOf({ runs: [{ record: nasty, patch: '--> -->' }] }));
    expect(block.indexOf('-->')).toBe(block.length - 3);
  });

  it('are none where a body was cut or forged', () => {
    const block = hidden(metadataOf());
    fc.assert(
      fc.property(fc.nat(block.length - 1), fc.string({ maxLength: 3 }), (at, noise) => {
        const broken = block.slice(0, at) + noise + block.slice(at + 1);
        const read = metadataIn(broken);
        if (read !== undefined) expect(read.version).toBe(1);
      }),
    );
    expect(metadataIn('<!-- sentries:1 AAAA -->')).toBeUndefined();
    expect(metadataIn('')).toBeUndefined();
  });
});

describe('the key of a repair', () => {
  const [failure] = recordOf().failures;
  const key = failureKey('money', failure!);
  const [edit] = failure!.edits;

  it('stays where its lines move', () => {
    expect(failureKey('money', { ...failure!, edits: [{ ...edit!, line: 99 }] })).toBe(key);
  });

  it.each([
    { what: 'another project', project: 'units', part: {} },
    { what: 'another test', project: 'money', part: { id: 'tests/test_b.py::test' } },
    { what: 'another edit', project: 'money', part: { edits: [{ ...edit!, after: '3' }] } },
  ])('is another one for $what', ({ project, part }) => {
    expect(failureKey(project, { ...failure!, ...part })).not.toBe(key);
  });
});
