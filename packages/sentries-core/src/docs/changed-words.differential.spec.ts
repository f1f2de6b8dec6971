import fc from 'fast-check';
import { both, CODE, told } from './changed-words.fixture';
import { loadGrammars } from './docs.fixture';

beforeAll(loadGrammars);

it('what a change may have made stale is looked for so that nothing is missed, whatever the change', async () => {
  const words =
    'levy Account Base Savings Table convert change pay open close rate unit EUR amount money more rates tables acme Konto ACME_HOME --rate name size Plot Field Depot sweep dig deep wide ground soil timeout buy raise ValueError LookupError Second Start * int float -> __all__ import from as class def ( ) , . : = \n'.split(
      ' ',
    );
  const texts = Object.keys(CODE).filter((path) => /\.(py|md|rst|toml)$/.test(path));
  const python = texts.filter((path) => path.endsWith('.py'));
  const edit = fc.oneof(
    fc.record({
      kind: fc.constant('word' as const),
      path: fc.constantFrom(...python, ...texts),
      at: fc.nat(90),
      text: fc.constantFrom(...words, 'new', 'other'),
    }),
    fc.record({
      kind: fc.constant('line' as const),
      path: fc.constantFrom(...texts),
      at: fc.nat(18),
      text: fc.constantFrom(...words),
    }),
    fc.record({
      kind: fc.constant('move' as const),
      path: fc.constantFrom(...Object.keys(CODE)),
      at: fc.nat(2),
      text: fc.constantFrom(
        ...['acme/other.py', 'acme/sub/__init__.py', 'acme/sub/money.py', ''],
        ...['libs/base/ground/other.py', 'manual/guide.md', 'docs/start.rst'],
      ),
    }),
    // A rename, wherever the name stands in the code.
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant('name' as const),
        path: fc.constantFrom(
          ...words.filter((word) => /^\w{2,}$/.test(word)),
          ...['dig', 'deep', 'dig', 'deep', 'dig', 'deep', 'ValueError', 'convert', 'unit'],
        ),
        at: fc.nat(2),
        text: fc.constantFrom('anew', 'Anew', 'LookupError'),
      }),
    },
    fc.record({
      kind: fc.constant('more' as const),
      path: fc.constantFrom(...python),
      at: fc.nat(9),
      text: fc.constantFrom('(more=1, ', '(self, more, ', '\ndef more(): ...\n', '=4', '-> float'),
    }),
  );
  const counts: Record<string, number> = {};
  const changes = fc.array(edit, { minLength: 1, maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(changes, fc.boolean(), async (edits, isBack) => {
      const files: Record<string, string> = { ...CODE };
      for (const { kind, path, at, text } of edits) {
        const before = files[path] ?? '';
        if (kind === 'name') {
          for (const one of python)
            files[one] &&= files[one].replace(new RegExp(`\\b${path}\\b`, 'g'), text);
        } else if (kind === 'more') {
          const places: Record<string, string> = { '=4': '=3', '-> float': '-> int' };
          const old = places[text] ?? (text.startsWith('(self') ? '(self, ' : '(');
          const parts = before.split(text.startsWith('\n') ? '\n' : old);
          const from = at % parts.length;
          const [left, right] = [parts.slice(0, from + 1), parts.slice(from + 1)];
          const glue = text.startsWith('\n') ? '\n' : old;
          if (right.length > 0) files[path] = left.join(glue) + text + right.join(glue);
        } else if (kind === 'move') {
          if (text !== '') files[text] = before;
          delete files[path];
        } else if (kind === 'line')
          files[path] = before
            .split('\n')
            .filter((_, index) => index !== at)
            .join('\n');
        else {
          const parts = before.split(/\b/);
          parts[at % Math.max(1, parts.length)] = text;
          files[path] = parts.join('');
        }
      }
      const found = await (isBack ? both(files, CODE) : both(CODE, files));
      for (const [kind, count] of Object.entries(found.all.counts))
        counts[kind] = (counts[kind] ?? 0) + count;
      expect(told(found.some)).toEqual(told(found.all));
    }),
    { numRuns: 150 },
  );
  expect(Object.values(counts).reduce((sum, one) => sum + one, 0)).toBeGreaterThan(50);
});
