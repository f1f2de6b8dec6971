import { assert, constantFrom, array, nat, property, tuple } from 'fast-check';
import { loadGrammars } from '../docs.fixture';
import { referencesIn } from './document';

beforeAll(loadGrammars);

const PIECES = [
  '`acme.run(a=1)` ',
  '``x.y`` ',
  ':func:`~a.b` ',
  '{py:meth}`t <a.b.c>` ',
  '[l](docs/a.md) ',
  '\n\n```py\nimport acme\nacme.run(x, k=2)\n```\n',
  '\n\n.. code-block:: python\n\n   from acme import run\n   run()\n\n',
  '\n\n.. function:: f(a, b=1)\n   :no: x\n\n   :param int a: Defaults to 3.\n\n',
  '\n\n!!! note\n\n    `é.ü` `😀.x`\n',
  '\n> ',
  '\n- ',
  '\n    ',
  '\r\n',
  '\r',
  '\t',
  '| `p` | `1` |\n| --- | --- |\n',
  '\n=====\n',
  '"""\n',
  'def f(a):\n    """Args:\n        b (int): x\n    """\n',
  '😀',
  'ß\u2028',
  '\uFEFF',
  '`',
  '```',
  '::\n\n  >>> a.b()\n',
  'Parameters\n----------\nx : int, default 3\n',
];

describe('the span of a reference', () => {
  it.each(['a.md', 'a.rst', 'a.py'])('is where its text stands, in any %s', (file) => {
    const pieces = array(constantFrom(...PIECES), { maxLength: 14 });
    const cut = tuple(nat(200), nat(8));
    assert(
      property(pieces, cut, (some, [at, length]) => {
        const whole = some.join('');
        // A text that was cut anywhere is still a text.
        const text = whole.slice(0, at) + whole.slice(at + length);
        for (const reference of referencesIn(file, text, 'acme')) {
          const { span, context } = reference;
          expect(text.slice(span.start, span.end)).toBe(reference.text);
          expect(reference.text).not.toBe('');
          const { start, end } = context.passage;
          expect(start).toBeLessThanOrEqual(end);
          expect(end).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('is right in a text that is not UTF-8, one character a byte', () => {
    const text = Buffer.from('caf\xe9 `acme.run`', 'latin1').toString('latin1');
    const [reference] = referencesIn('a.md', text);
    expect(text.slice(reference!.span.start, reference!.span.end)).toBe('acme.run');
  });

  it.each([
    { kind: 'md', code: '`b.c`' },
    { kind: 'rst', code: '``b.c``' },
  ])('is found in pages of 5 MB of $kind', ({ kind, code }) => {
    const paragraph = `${'Some words of prose. '.repeat(40)}${code}.\n\n`;
    const times = Math.ceil(5_000_000 / paragraph.length);
    expect(referencesIn(`a.${kind}`, paragraph.repeat(times))).toHaveLength(times);
  });
});
