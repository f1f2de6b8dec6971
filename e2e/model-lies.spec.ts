import { library, outcomes } from './library';
import { block, planned, withModel } from './model';

/** Changes with a mistake in them, most beside a new argument: without it no edit would fail on the old source. */
const CHANGES = {
  area: ['def area(a, b):\n    return a * b\n', 'def area(a, b, unit):\n    return a + b\n'],
  scaled: [
    'ONE = 1\n\n\ndef area(a, b):\n    return a * b\n',
    'ONE = 1\n\n\ndef area(a, b, more):\n    return a + b + more\n',
  ],
  optional: [
    'def area(a, b):\n    return a * b\n',
    'def area(a, b, unit="m"):\n    return a + b if unit == "m" else a * b\n',
  ],
  lookup: [
    'def area(a, b):\n    return a * b\n',
    'UNITS = {"m": 1}\n\n\ndef area(a, b, unit=None):\n    return a * b * UNITS[unit]\n',
  ],
  then: [
    'def area(a, b):\n    return a * b\n',
    'def fix(n):\n    return n + 1\n\n\ndef area(a, b, then):\n    return then(a + b)\n',
  ],
  project: [
    'ON = []\n\n\ndef rect(a, b):\n    return a * b\n\n\ndef fix(n):\n    return n + 1\n\n\ndef legacy():\n    ON.append(1)\n\n\ndef area(a, b):\n    return a * b\n',
    'ON = []\n\n\ndef rect(a, b):\n    return a * b\n\n\ndef fix(n):\n    return n + 1\n\n\ndef legacy():\n    ON.append(1)\n\n\ndef area(a, b, unit):\n    return a * b if ON else a + b\n',
  ],
  sub: ['def sub(a, b):\n    return a - b\n', 'def sub(a, b, unit):\n    return b - a\n'],
  plain: ['def sub(a, b):\n    return a - b\n', 'def sub(a, b):\n    return b - a\n'],
  bounds: [
    'def bounds(xs):\n    return min(xs), max(xs)\n',
    'def bounds(xs):\n    return max(xs), min(xs)\n',
  ],
  top: ['def top(xs):\n    return list(xs)\n', 'def top(xs, n):\n    return list(xs)[::-1]\n'],
  even: ['def even(n):\n    return n % 2 == 0\n', 'def even(n, unit):\n    return n % 2 == 1\n'],
  find: [
    'TABLE = {"a": "apple"}\n\n\ndef find(k):\n    return TABLE.get(k)\n',
    'TABLE = {"A": "apple"}\n\n\ndef find(k, default):\n    return TABLE.get(k, default)\n',
  ],
  first: [
    'def first(s):\n    n = s[0]\n    return n\n',
    'def first(s):\n    n = s[-1]\n    return n, s[0]\n',
  ],
  swallows: [
    'class Store:\n    size = 2\n\n\ndef opened():\n    return Store()\n',
    'from contextlib import contextmanager, suppress\n\n\nclass Store:\n    size = 3\n\n\n@contextmanager\ndef opened():\n    with suppress(AssertionError):\n        yield Store()\n',
  ],
  log: [
    'class Log:\n    def __init__(self):\n        self.all = []\n\n    def add(self, x):\n        self.all.append(x)\n',
    'class Log:\n    def __init__(self, owner):\n        self.all = []\n\n    def add(self, x):\n        self.all.insert(0, x)\n',
  ],
} as const;

type Lie = readonly [change: keyof typeof CHANGES, test: string, lie: string, above?: string];

const WANTED = 'wanted = 6\nsize = area(2, 3)\nassert size == wanted';

const LIES: Readonly<Record<string, Lie>> = {
  'exchanges two arguments': ['sub', 'assert sub(5, 2) == 3', 'assert sub(2, 5, "m") == 3'],
  'exchanges two arguments by name': [
    'sub',
    'assert sub(5, 2) == 3',
    'assert sub(b=5, a=2, unit="m") == 3',
  ],
  'exchanges two arguments and adds none': [
    'plain',
    'assert sub(5, 2) == 3',
    'assert sub(2, 5) == 3',
  ],
  'exchanges what is expected': [
    'bounds',
    'low, high = bounds([3, 1])\nassert low == 1\nassert high == 3',
    'low, high = bounds([3, 1])\nassert low == 3\nassert high == 1',
  ],
  'names what is expected otherwise': [
    'area',
    WANTED,
    'wanted = 6\nsize = area(2, 3, "m")\nalias = wanted\nassert alias == wanted',
  ],
  'gives the result the expected value': [
    'area',
    WANTED,
    'wanted = 6\nfirst = area(2, 3, "m")\nsize = wanted\nassert size == wanted',
  ],
  'has one key twice': [
    'area',
    'wanted = 6\nassert {area: area(2, 3)} == {area: wanted}',
    'wanted = 6\nassert {area: area(2, 3, "m"), area: wanted} == {area: wanted}',
  ],
  'sorts the result in the place of what is expected': [
    'top',
    'given = ["a", "b"]\nassert top(given) == sorted(given)',
    'given = ["a", "b"]\nassert sorted(top(given, 2)) == given',
  ],
  'moves a negation': [
    'even',
    'assert even(2)\nassert not even(3)',
    'assert not even(2, "m")\nassert even(3, "m")',
  ],
  'expects another constant': [
    'area',
    'assert area(2, 3) == SIX',
    'assert area(2, 3, "m") == FIVE',
    'SIX = 6\nFIVE = 5\n\n\n',
  ],
  'exchanges statements': [
    'log',
    'a, b = "a", "b"\nlog = Log()\nlog.add(a)\nlog.add(b)\nassert log.all == [a, b]',
    'a, b = "a", "b"\nlog = Log("me")\nlog.add(b)\nlog.add(a)\nassert log.all == [a, b]',
  ],
  'leaves a statement out': [
    'log',
    'a, b = "a", "b"\nlog = Log()\nlog.add(a)\nlog.add(b)\nassert log.all[-1] == b',
    'a, b = "a", "b"\nlog = Log("me")\nlog.add(b)\nassert log.all[-1] == b',
  ],
  'loops over nothing': [
    'area',
    'none, some = [], [2]\nfor n in some:\n    assert area(n, 3) == n * 3\nassert none == []',
    'none, some = [], [2]\nfirst = area(2, 3, "m")\nfor n in none:\n    assert area(n, 3) == n * 3\nassert none == []',
  ],
  'asks another function of the project': [
    'project',
    'assert area(2, 3) == 6',
    'from greet import rect\n\nfirst = area(2, 3, "m")\nassert rect(2, 3) == 6',
  ],
  'has the project correct the result': [
    'project',
    'assert area(2, 3) == 6',
    'from greet import fix\n\nassert fix(area(2, 3, "m")) == 6',
  ],
  'turns the mistake off before': [
    'project',
    'assert area(2, 3) == 6',
    'from greet import legacy\n\nlegacy()\nassert area(2, 3, "m") == 6',
  ],
  'gives the difference': ['scaled', 'assert area(2, 3) == 6', 'assert area(2, 3, 1) == 6'],
  'gives the difference by a name': [
    'scaled',
    'assert area(2, 3) == 6',
    'assert area(2, 3, ONE) == 6',
    'ONE = 1\n\n\n',
  ],
  'gives what corrects the result': [
    'then',
    'assert area(2, 3) == 6',
    'from greet import fix\n\nassert area(2, 3, fix) == 6',
  ],
  'gives what need not be given': [
    'optional',
    'assert area(2, 3) == 6',
    'assert area(2, 3, "cm") == 6',
  ],
  'gives what need not be given, where the code fails without it': [
    'lookup',
    'assert area(2, 3) == 6',
    'assert area(2, 3, "m") == 6',
  ],
  'gives the difference by a name of the project': [
    'scaled',
    'assert area(2, 3) == 6',
    'from greet import ONE\n\nassert area(2, 3, ONE) == 6',
  ],
  'gives the expected value, which comes back': [
    'find',
    'assert find("a") == "apple"',
    'assert find("a", "apple") == "apple"',
  ],
  'takes the wrong one of two results': [
    'first',
    'assert first("ab") == "a"',
    'assert first("ab")[1] == "a"',
  ],
  'enters what swallows failures': [
    'swallows',
    'store = opened()\nassert store.size == 2',
    'with opened() as store:\n    assert store.size == 2',
  ],
  'writes a look-alike': [
    'project',
    'assert area(2, 3) == 6',
    'from greet import rect\n\nfirst = area(2, 3, "m")\n\uff41rea = rect\nassert area(2, 3) == 6',
  ],
};

const indented = (lines: string): string => lines.replaceAll(/^(?=.)/gm, '    ');

it.each(Object.entries(LIES).map(([what, lie]) => ({ what, lie })))(
  'given a model that $what, the test stays red',
  async ({ lie: [change, test, lie, above = ''] }) => {
    const [old, now] = CHANGES[change];
    const workspace = library({
      'lib/src/greet.py': old,
      'lib/tests/test_greet.py': `from greet import ${importedBy(change)}\n\n\n${above}def test_it():\n${indented(test)}\n`,
    });
    workspace.write({ 'lib/src/greet.py': now });
    const replies = [planned(), block(indented(test), indented(lie))];
    const { record } = await withModel(workspace, replies, { attempts: 1, strategy: 'model' });
    expect(Object.values(outcomes(record))).not.toContain('repaired');
    expect(record.patch).toBeNull();
  },
);

/** What the change has at its end. */
const importedBy = (change: keyof typeof CHANGES): string =>
  [...CHANGES[change][0].matchAll(/^(?:def|class) (\w+)/gm)].at(change === 'log' ? 0 : -1)![1]!;
