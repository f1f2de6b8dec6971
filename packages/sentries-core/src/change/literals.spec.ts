import { loadSyntax } from '../python/syntax';
import { changedFile } from './change.fixture';
import { literalChanges } from './literals';

beforeAll(loadSyntax);

const told = (old: string, now: string): string[] =>
  literalChanges(changedFile(old, now)).map((one) => `${one.kind} ${one.old} → ${one.new}`);

describe('a replaced literal is seen', () => {
  it('with its lines on both sides', () => {
    const [old, now] = ['a = 1\nb = "old"  # b\n', 'import os\n\na = 1\nb = "new"  # b\n'];
    expect(literalChanges(changedFile(old, now, 'src/m.py'))).toEqual([
      {
        file: 'src/m.py',
        oldLine: 2,
        newLine: 4,
        oldText: 'b = "old"  # b',
        newText: 'b = "new"  # b',
        kind: 'string',
        old: 'old',
        new: 'new',
        span: { start: 22, end: 25 },
        newToken: 'new',
        oldSpan: { start: 11, end: 14 },
        oldToken: 'old',
      },
    ]);
  });

  it.each<[string, string, string, string[]]>([
    ['a number', 'x = 1\n', 'x = 2\n', ['number 1 → 2']],
    ['a number that became a float', 'x = 1\n', 'x = 1.5\n', ['number 1 → 1.5']],
    ['a constant', 'x = True\n', 'x = None\n', ['constant True → None']],
    ['a string, its escapes resolved', "x = 'a\\n'\n", "x = 'b\\t'\n", ['string a\n → b\t']],
    ['a raw string', "x = r'a\\n'\n", "x = r'b\\n'\n", ['string a\\n → b\\n']],
    [
      'a piece of an f-string',
      'x = f"Hello {name}!"\n',
      'x = f"Hi {name}!"\n',
      ['string Hello  → Hi '],
    ],
    ['whatever stands around it', 'f(a, "x", 1)\n', 'f(a, "y", 1)\n', ['string x → y']],
    [
      'several ones, in their order',
      'x = ["a", 1]\ny = 2\nz = 3\n',
      'x = ["b", 4]\ny = 2\nz = 5\n',
      ['string a → b', 'number 1 → 4', 'number 3 → 5'],
    ],
    ['beside a renamed name', 'total = add(1)\n', 'amount = add(2)\n', ['number 1 → 2']],
    [
      'an exception that is raised, with its import',
      'from m import Old\nraise m.Old(x) from e\n',
      'from m import New\nraise m.New(x) from e\n',
      ['exception Old → New', 'exception Old → New'],
    ],
    ['a member of a class', 'x = m.Color.RED\n', 'x = m.Color.BLUE\n', ['member RED → BLUE']],
    [
      'a string over several lines',
      'x = """one\ntwo\nthree"""\n',
      'x = """one\ntwo\nfour"""\n',
      ['string one\ntwo\nthree → one\ntwo\nfour'],
    ],
  ])('%s', (_, old, now, expected) => {
    expect(told(old, now)).toEqual(expected);
  });
});

describe('no replaced literal is seen', () => {
  it.each([
    ['in a comment', 'x = 1  # one\n', 'x = 1  # two\n'],
    ['where the kind changed', 'x = 1\n', 'x = "1"\n'],
    ['in a name that no raise names', 'from m import A\n', 'from m import B\n'],
    ['in the cause of an exception', 'raise X from a\n', 'raise X from b\n'],
    ['in the attribute of an object', 'x = a.b\n', 'x = a.c\n'],
    ['where a name took its place', 'x = 1\n', 'x = y\n'],
    ['where one was added', 'x = [1]\n', 'x = [1, 2]\n'],
    ['where the quotes changed', "x = 'a'\n", 'x = "a"\n'],
    ['where a longer expression took its place', 'x = 1\n', 'x = 2 + 3\n'],
    ['where two changed places', 'f(a=1, b=2)\n', 'f(a=2, b=1)\n'],
    ['where two far apart did', 'a = 1\n\nx\n\nb = 2\n', 'a = 2\n\nx\n\nb = 1\n'],
    ['where several changed places', 'f(a="x", b="y", c="z")\n', 'f(a="y", b="z", c="x")\n'],
    ['where only the layout changed', 'x = [1, 2]\n', 'x = [\n    1,\n    2,\n]\n'],
  ])('%s', (_, old, now) => {
    expect(told(old, now)).toEqual([]);
  });

  it('in a file that is new, gone or not Python', () => {
    const none = [
      changedFile(null, 'x = 1\n'),
      changedFile('x = 1\n', null),
      changedFile(null, null),
    ];
    expect(none.flatMap(literalChanges)).toEqual([]);
  });
});
