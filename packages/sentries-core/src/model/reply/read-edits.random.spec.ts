import fc from 'fast-check';
import { applyOperations } from '../../patch/operation';
import { loadSyntax, PythonSource } from '../../python/syntax';
import { editable, readCorpus } from './corpus.fixture';
import { readEdits, type EditFormat } from './read-edits';
import { readPlan } from './read-plan';

const corpus = readCorpus();

/** Pieces that change what a reply means. */
const PIECES = [
  '```',
  '~~~~',
  '\n```python\n',
  '<think>',
  '</think>\n',
  '"',
  "'",
  '"""',
  '\\',
  '\\n',
  '\n',
  '\r\n',
  '\t',
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '…',
  '...',
  '“',
  '”',
  '\u0000',
  '\uFEFF',
  '\uD800',
  '<<<<<<< SEARCH\n',
  '\n=======\n',
  '\n>>>>>>> REPLACE\n',
  '{"operations":[',
  '"find":',
  '"replace": "",',
  'def test_total(cart):\n',
  'class TestDiscount:\n',
  '# ... existing code ...\n',
  'tests/test_cart.py::',
];

const PATHS = [
  '../tests/test_cart.py',
  '/etc/passwd',
  'shop/cart.py',
  'test_cart.py',
  '.git/config',
  '',
  'tests',
  '__proto__',
];

type Mutation = (reply: string, at: number, length: number) => string;

const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.constantFrom<Mutation>(
    (reply, at, length) => reply.slice(0, at) + reply.slice(at + length),
    (reply, at) => reply.slice(0, at),
    (reply, at) => reply.slice(at),
    (reply, at, length) => reply.slice(0, at + length) + reply.slice(at),
    (reply) => `${reply}\n${reply}`,
    (reply, at, length) =>
      reply.slice(0, at) +
      [...reply.slice(at, at + length)].reverse().join('') +
      reply.slice(at + length),
    (reply) => `\`\`\`\`\n${reply}\n\`\`\`\``,
    (reply) => JSON.stringify(reply),
    (reply) => reply.replaceAll('\n', '\\n'),
    (reply) => reply.replaceAll('    ', ''),
    (reply) => reply.replaceAll(/^/gm, '    '),
    (reply) => reply.replaceAll('"', "'"),
    (reply) => reply.replaceAll('\\"', '"'),
    (reply) => reply.replaceAll(' ', ''),
  ),
  fc.constantFrom(...PIECES).map(
    (piece): Mutation =>
      (reply, at) =>
        reply.slice(0, at) + piece + reply.slice(at),
  ),
  fc.constantFrom(...PATHS).map(
    (path): Mutation =>
      (reply) =>
        reply.replaceAll(/tests\/[\w/]+\.py/g, () => path),
  ),
  fc.constantFrom(...corpus).map(
    (other): Mutation =>
      (reply, at) =>
        reply.slice(0, at) + other.reply + reply.slice(at),
  ),
);

const steps = fc.array(fc.tuple(mutation, fc.nat(4_000), fc.integer({ min: 1, max: 60 })), {
  minLength: 1,
  maxLength: 4,
});

const RUNS = 12_000;

beforeAll(loadSyntax);

it(`whatever a model sends, edits fit the files given and claim each text once (${RUNS} replies)`, () => {
  const seen = { used: 0, refused: 0, slowest: 0 };
  const format = fc.constantFrom<EditFormat>('json', 'blocks', 'function');
  fc.assert(
    fc.property(fc.constantFrom(...corpus), steps, format, (one, changes, asked) => {
      const reply = changes.reduce(
        (text, [mutate, at, length]) =>
          mutate(text, at % (text.length + 1), length).slice(0, 20_000),
        one.reply,
      );
      const files = editable(one.files);
      const from = performance.now();
      const read = readEdits(reply, asked, files);
      seen.slowest = Math.max(seen.slowest, performance.now() - from);
      readPlan(reply);
      if ('refused' in read) {
        seen.refused += 1;
        expect(read.refused).not.toBe('');
        expect(read.refused.length).toBeLessThan(4_000);
        return;
      }
      seen.used += 1;
      expect(read.operations.length).toBeGreaterThan(0);
      for (const { file, span, before, after } of read.operations) {
        const text = one.files.get(file);
        expect(text?.slice(span.start, span.end)).toBe(before);
        expect(after).not.toBe(before);
      }
      for (const [file, text] of one.files) {
        const operations = read.operations.filter((operation) => operation.file === file);
        for (const [at, { span }] of operations.entries()) {
          expect(span.start).toBeGreaterThanOrEqual(operations[at - 1]?.span.end ?? 0);
        }
        expect(new PythonSource(applyOperations(text, operations)).root.hasError).toBe(false);
      }
    }),
    { numRuns: RUNS },
  );
  // Both ways are walked, or the test shows nothing.
  expect(seen.used).toBeGreaterThan(RUNS / 10);
  expect(seen.refused).toBeGreaterThan(RUNS / 10);
  console.log(
    `${seen.used} used, ${seen.refused} refused, the slowest took ${seen.slowest.toFixed(0)} ms`,
  );
});

describe.each([
  { size: '5 MB', SIZE: 5_000_000 },
  // What is read to its end.
  { size: '300 KB', SIZE: 300_000 },
])('a reply of $size is answered within a second', ({ SIZE }) => {
  const fill = (piece: string): string => piece.repeat(Math.ceil(SIZE / piece.length));
  const operation = '{"find":"assert cart.count == 3","replace":"assert cart.count == 4"}';
  it.each([
    { what: 'words', reply: fill('the test is stale because ') },
    { what: 'one line of spaces', reply: fill(' ') },
    { what: 'line ends', reply: fill('\n') },
    { what: 'braces', reply: fill('{') },
    { what: 'braces and names', reply: fill('{"find":') },
    { what: 'brackets', reply: fill('[') },
    { what: 'brackets that close', reply: fill('[]') },
    { what: 'quotes', reply: fill('"') },
    { what: 'objects that never end', reply: fill('{"find": "a ') },
    { what: 'strings that may end everywhere', reply: `{"find": "${fill('", ')}` },
    { what: 'operations', reply: fill(`${operation}\n`) },
    {
      what: 'one long text',
      reply: `{"find":"assert cart.count == 3","replace":"${fill('x = 1\\n')}"}`,
    },
    { what: 'one long text to be replaced', reply: `{"find":"${fill('x = 1\\n')}","replace":"y"}` },
    { what: 'backslashes', reply: `{"find":"${fill('\\')}` },
    { what: 'fences', reply: fill('```\n') },
    { what: 'backticks', reply: fill('`') },
    { what: 'markers', reply: fill('<<<<<<< SEARCH\n') },
    { what: 'blocks', reply: fill('<<<<<<< SEARCH\na\n=======\nb\n>>>>>>> REPLACE\n') },
    { what: 'one long block', reply: `<<<<<<< SEARCH\n${fill('=======\n')}>>>>>>> REPLACE\n` },
    {
      what: 'a long function',
      reply: `\`\`\`python\ndef test_total(cart):\n${fill('    x = 1\n')}\`\`\``,
    },
    {
      what: 'functions',
      reply: `\`\`\`python\n${fill('def test_total(cart):\n    pass\n')}\`\`\``,
    },
    {
      what: 'functions, each in a fence',
      reply: fill('```python\ndef test_total(cart):\n    pass\n```\n'),
    },
    {
      what: 'a long thought',
      reply: `<think>\n${fill('hm, ')}\n</think>\n${operation}`,
      isUsed: true,
    },
    { what: 'thoughts', reply: fill('<think>\n</think>\n') },
    { what: 'closing tags', reply: fill('</think> ') },
    { what: 'paths', reply: fill('tests/') },
    { what: 'headings with paths', reply: fill('tests/test_cart.py\n') },
    { what: 'channels', reply: fill('<|channel|>final<|message|>') },
    { what: 'comments', reply: `{${fill('/*')}` },
    {
      what: 'prose before an edit',
      reply: `${fill('Well, {so} it is. ')}\n${operation}`,
      isUsed: SIZE < 400_000,
    },
  ])('$what', ({ reply, isUsed }) => {
    const files = editable(corpus[0]!.files);
    for (const format of ['json', 'blocks', 'function'] as const) {
      const from = performance.now();
      const read = readEdits(reply, format, files);
      expect(performance.now() - from).toBeLessThan(1_000);
      expect('operations' in read).toBe(isUsed ?? false);
    }
    const from = performance.now();
    readPlan(reply);
    expect(performance.now() - from).toBeLessThan(1_000);
  });
});
