import fc from 'fast-check';
import type { PyValue } from './value';

const toAscii = (text: string): string => text.replaceAll(/[^\0-\x7f]/g, '~');

/** Literals as people may write them. */
export const literal = fc.letrec<{ any: string; key: string }>((tie) => {
  const piece = fc.oneof(
    fc.constantFrom('a', 'é', '😀', ' ', '{', '}', '%s', '\\\\', "\\'", '\\"', '\\n', '\\t'),
    fc.constantFrom('\\x41', '\\xe9', '\\101', '\\7', '\\0', '\\d', '\\u00e9', '\\U0001f600'),
    fc.constantFrom('\\a', '\\b', '\\f', '\\v', '\\r', '\\\n', '\\\r\n', '\\é'),
  );
  const content = fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join(''));
  const ascii = content.map(toAscii);
  const quoted = (prefixes: string[], body: fc.Arbitrary<string>) =>
    fc
      .tuple(fc.constantFrom(...prefixes), fc.constantFrom("'", '"', "'''", '"""'), body)
      .map(([prefix, quote, text]) => `${prefix}${quote}${text}${quote}`);
  const long = fc.constantFrom('"""a\nb\r\n"c" """', "r'''\r\n\\'''", "'''\n'''");
  const string = fc.oneof(quoted(['', 'u', 'r', 'R'], content), long);
  const integer = fc.oneof(
    fc.bigInt({ min: -(2n ** 80n), max: 2n ** 80n }).map(String),
    fc.constantFrom('1_000', '0xFF', '0b1_0', '0o17', '00', '- 5', '-0'),
  );
  const float = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => x.toExponential()),
    fc.constantFrom('1.', '.5', '1_0.5', '1e10', '1E-5', '-0.0', '0.1'),
  );
  const atom = fc.oneof(integer, float, fc.constantFrom('None', 'True', 'False'));
  const list = fc.array(tie('any'), { maxLength: 4 });
  return {
    key: fc.oneof(string, integer),
    any: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      fc.oneof(
        atom,
        string,
        quoted(['b', 'B', 'rb', 'Br'], ascii),
        fc.tuple(string, string).map((two) => `(${two.join(' ')})`),
      ),
      list.map((items) => `[${items.join(', ')}]`),
      list.map((items) => `(${items.map((item) => `${item},`).join('')})`),
      tie('any').map((item) => `(  # why\n${item})`),
      fc
        .array(fc.tuple(tie('key'), tie('any')), { maxLength: 4 })
        .map((pairs) => `{${pairs.map((pair) => pair.join(': ')).join(', ')}}`),
    ),
  };
}).any;

/** A literal, and one that has the same shape more often than not. */
export const literalPair: fc.Arbitrary<[string, string]> = fc.letrec<{ pair: [string, string] }>(
  (tie) => {
    const pairs = fc.array(tie('pair'), { maxLength: 4 });
    const both = (
      items: [string, string][],
      put: (texts: string[]) => string,
    ): [string, string] => [put(items.map(([one]) => one)), put(items.map(([, other]) => other))];
    return {
      pair: fc.oneof(
        { maxDepth: 3, withCrossShrink: true },
        { weight: 3, arbitrary: fc.tuple(literal, literal) },
        { weight: 1, arbitrary: literal.map((text): [string, string] => [text, text]) },
        { weight: 2, arbitrary: pairs.map((all) => both(all, (texts) => `[${texts.join(', ')}]`)) },
        {
          weight: 2,
          arbitrary: pairs.map((all) =>
            both(all, (texts) => `(\n${texts.map((t) => `${t},`).join('')})`),
          ),
        },
        {
          weight: 2,
          arbitrary: pairs.map((all) =>
            both(
              all,
              (texts) => `{${texts.map((text, at) => `"k${at}": ${text},  # why\n`).join('')}}`,
            ),
          ),
        },
      ),
    };
  },
).pair;

/** A value as Python's side tells it: floats by their bits, texts by their characters, sets not at all. */
export function told(value: PyValue): unknown {
  switch (value.kind) {
    case 'constant':
      return value.text;
    case 'int':
      return ['int', String(value.value)];
    case 'float': {
      const bits = Buffer.alloc(8);
      bits.writeDoubleBE(value.value);
      return ['float', bits.toString('hex')];
    }
    case 'str':
    case 'bytes':
      return [value.kind, ...[...value.value].map((char) => char.codePointAt(0))];
    case 'dict':
      return ['dict', ...value.entries.map((entry) => entry.map(told))];
    default:
      return [value.kind, ...value.items.map(told)];
  }
}

/** Python's side of `told`: `answer` tells the value of each given text, or `unfit`. */
export const TELL = `
def told(v):
    if v is None or type(v) is bool: return repr(v)
    if type(v) is int: return ['int', str(v)]
    if type(v) is float: return ['float', struct.pack('>d', v).hex()]
    if type(v) is str: return ['str', *map(ord, v)]
    if type(v) is bytes: return ['bytes', *v]
    if type(v) is dict: return ['dict', *([told(k), told(w)] for k, w in v.items())]
    return [type(v).__name__, *map(told, v)]

def value(text):
    try: tree = ast.parse(text, mode='eval')
    except SyntaxError: return 'unfit'
    # A key twice is one key for Python.
    dicts = [node for node in ast.walk(tree) if isinstance(node, ast.Dict)]
    if any(len(ast.literal_eval(node)) < len(node.keys) for node in dicts): return 'unfit'
    return told(ast.literal_eval(text))

answer = [value(text) for text in given]
`;
