import { applyOperations } from '../../patch/operation';
import { loadSyntax } from '../../python/syntax';
import { editable, readCorpus, type CorpusCase } from './corpus.fixture';
import { readEdits } from './read-edits';

const corpus = readCorpus();
const usable = corpus.filter(({ expected }) => expected instanceof Map);
const unusable = corpus.filter(({ expected }) => !(expected instanceof Map));

beforeAll(loadSyntax);

/** The files as the reply leaves them, or the kind of the refusal. */
function outcome({ reply, asked, files }: CorpusCase): Map<string, string> | { refused: string } {
  const read = readEdits(reply, asked, editable(files));
  if ('refused' in read) return { refused: read.kind };
  return new Map(
    [...files].map(([path, text]) => [
      path,
      applyOperations(
        text,
        read.operations.filter(({ file }) => file === path),
      ),
    ]),
  );
}

describe('a reply with an edit is used, and gives exactly the text that was meant', () => {
  it.each(usable.map((one) => ({ about: one.about, name: one.name, one })))(
    '$about: $name',
    ({ one }) => {
      expect(outcome(one)).toEqual(one.expected);
    },
  );
});

describe('a reply without a usable edit is refused, with the reason', () => {
  it.each(unusable.map((one) => ({ about: one.about, name: one.name, one })))(
    '$about: $name',
    ({ one }) => {
      expect(outcome(one)).toEqual(one.expected);
    },
  );
});

describe('the corpus', () => {
  const isAsExpected = (one: CorpusCase): boolean => {
    const got = outcome(one);
    return got instanceof Map && one.expected instanceof Map
      ? [...got].every(([path, text]) => (one.expected as Map<string, string>).get(path) === text)
      : !(got instanceof Map) && 'refused' in one.expected && got.refused === one.expected.refused;
  };

  it('has 150 replies and more, of which 99 % with a usable edit are used, and all others refused', () => {
    const used = usable.filter(isAsExpected).length;
    const kindOf = ({ expected }: CorpusCase): string =>
      'refused' in expected ? expected.refused : '';
    const never = unusable.filter((one) => ['elided', 'ambiguous'].includes(kindOf(one)));
    const refused = never.filter(isAsExpected).length;
    const others = unusable.filter((one) => !(outcome(one) instanceof Map)).length;
    console.log(
      `${corpus.length} replies; usable edits used: ${used} of ${usable.length}; ` +
        `elided or ambiguous ones refused: ${refused} of ${never.length}; unusable ones refused: ${others} of ${unusable.length}`,
    );
    expect(corpus.length).toBeGreaterThanOrEqual(150);
    expect(used / usable.length).toBeGreaterThanOrEqual(0.99);
    expect(refused).toBe(never.length);
    expect(others).toBe(unusable.length);
  });

  it('has names that differ', () => {
    expect(new Set(corpus.map(({ about, name }) => `${about}: ${name}`)).size).toBe(corpus.length);
  });
});
