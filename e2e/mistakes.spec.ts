import { greeting, library, sentry } from './library';

/** A test of what `greet` offers. */
const tests = (names: string, ...lines: string[]): string =>
  `from greet import ${names}\n\n\ndef test_it():\n${lines.map((line) => `    ${line}\n`).join('')}`;

const CAP = (limit: number, best: string, more = ''): string =>
  `LIMIT = ${limit}\n\n\ndef cap(x):\n    return ${best}(x, LIMIT)\n${more}`;
const ANOTHER = '\n\ndef another():\n    return 1\n';

const TOTAL = (name: string): string =>
  `class Account:\n    def ${name}(self, amounts):\n        total = 0\n        for amount in amounts:\n` +
  '            total += amount\n        return total\n\n' +
  '    def mean(self, amounts):\n        return self.total(amounts) / len(amounts)\n';

/** What was, what is, the test before the change, and, where the change touched it, after it. */
type Mistake = readonly [story: string, old: string, now: string, before: string, after?: string];

const MISTAKES: readonly Mistake[] = [
  [
    'a bug beside a meant change of a constant, where the tests also import something new',
    CAP(10, 'min'),
    CAP(20, 'max', ANOTHER),
    tests('cap', 'assert cap(15) == 10'),
    tests('cap, another', 'assert cap(15) == 10'),
  ],
  [
    'a bug beside a meant change of a constant, with which the old source can not run',
    'LIMIT = 10\nNAMES = {10: "ten"}\n\n\ndef cap(x):\n    NAMES[LIMIT]\n    return min(x, LIMIT)\n',
    'LIMIT = 20\nNAMES = {10: "ten"}\n\n\ndef cap(x):\n    NAMES.get(LIMIT)\n    return max(x, LIMIT)\n',
    tests('cap', 'assert cap(15) == 10'),
  ],
  [
    'a bug that another test would not see any more, once the value that both expect is another',
    'RETRIES = 3\n\n\ndef tries():\n    return RETRIES\n\n\ndef count(items):\n    return len(items)\n',
    'RETRIES = 2\n\n\ndef tries():\n    return RETRIES\n\n\ndef count(items):\n    return len(items[1:])\n',
    'from greet import count, tries\n\nEXPECTED = 3\n\n\ndef test_it():\n    assert tries() == EXPECTED\n\n\n' +
      'def test_count():\n    assert count([1, 2, 3]) == EXPECTED\n',
  ],
  [
    'a function that was renamed in one place only',
    'def hello(name, sign="!"):\n    return f"Hello, {name}{sign}"\n\n\ndef shout(name):\n    return hello(name).upper()\n',
    'def welcome(name, sign="!"):\n    return f"Hello, {name}{sign}"\n\n\ndef shout(name):\n    return hello(name).upper()\n',
    tests('hello', 'assert hello("Ann") == "Hello, Ann!"'),
  ],
  [
    'another function in its place, which does the opposite by an opposite name',
    'def lowest(items):\n    return min(items)\n\n\ndef first(items):\n    return lowest(items)\n',
    'def highest(items):\n    return max(items)\n\n\ndef first(items):\n    return highest(items)\n',
    tests('lowest', 'assert lowest([4]) == 4'),
  ],
  [
    'a method that its own class still calls by the old name',
    TOTAL('total'),
    TOTAL('totel'),
    tests('Account', 'assert Account().total([1, 2]) == 3'),
  ],
  [
    'a property that lost its decorator, and that its class still reads',
    'class Job:\n    @property\n    def ready(self):\n        return False\n\n    def run(self):\n        return "go" if self.ready else "wait"\n',
    'class Job:\n    def ready(self):\n        return False\n\n    def run(self):\n        return "go" if self.ready else "wait"\n',
    tests('Job', 'assert Job().ready == False'),
  ],
  [
    'a parameter that can only be given by its name now, where the source still gives it by its place',
    'def box(w, h):\n    return w * 10 + h\n\n\ndef square(a):\n    return box(a, a)\n',
    'def box(*, w, h):\n    return w * 10 + h\n\n\ndef square(a):\n    return box(a, a)\n',
    tests('box', 'assert box(1, 2) == 12'),
  ],
  [
    'parameters that changed places beside one that was dropped',
    'def move(x, y, z=0):\n    return x - y\n\n\ndef home():\n    return move(5, 3)\n',
    'def move(y, x):\n    return x - y\n\n\ndef home():\n    return move(5, 3)\n',
    tests('move', 'assert move(5, 3, 0) == 2'),
  ],
  [
    'a message that lost the words which a test looks for',
    'def message(error):\n    return "Error: %s" % error\n',
    'def message(error):\n    return "%s" % error\n',
    tests('message', 'assert "Error: " in message("boom")'),
  ],
  [
    'constants that changed places',
    'LOW = 1\nHIGH = 9\n\n\ndef low():\n    return LOW\n',
    'LOW = 9\nHIGH = 1\n\n\ndef low():\n    return LOW\n',
    tests('low', 'assert low() == 1'),
  ],
  [
    'steps in another order, beside a meant change of a number',
    'def run(log):\n    log("start", n=3)\n    log("stop", n=3)\n',
    'def run(log):\n    log("stop", n=2)\n    log("start", n=2)\n',
    `from unittest.mock import Mock\n${tests('run', 'log = Mock()', 'run(log)', 'log.assert_called_with("stop", n=3)')}`,
  ],
  [
    'one constant taken for another, which then was all that was left',
    'ERROR = "error"\n\n\ndef level():\n    return ERROR\n',
    'WARN = "warn"\n\n\ndef level():\n    return WARN\n',
    'import greet\n\n\ndef test_it():\n    assert greet.level() == greet.ERROR\n',
  ],
  [
    'a renamed function that the module still offers by its old name',
    `__all__ = ["hello"]\n\n\n${greeting('hello', 'Hello').split('\n\n\n')[0]}\n`,
    `__all__ = ["hello"]\n\n\n${greeting('welcome', 'Hello').split('\n\n\n')[0]}\n`,
    tests('hello', 'assert hello("Ann") == "Hello, Ann!"'),
  ],
  [
    'a parameter that is gone, which the tests of the same change begin to ask for',
    'def send(text, strict=False):\n    return text * 2\n',
    'def send(text):\n    return text * 2\n',
    tests('send', 'assert send("x") == "xx"'),
    tests('send', 'assert send("x", strict=False) == "xx"'),
  ],
  [
    'a bug that the bound of another test would not see any more',
    'RETRIES = 3\n\n\ndef tries():\n    return RETRIES\n\n\ndef count():\n    return 2\n',
    'RETRIES = 5\n\n\ndef tries():\n    return RETRIES\n\n\ndef count():\n    return 2 + 0\n',
    'from greet import count, tries\n\nEXPECTED = 3\n\n\ndef test_it():\n    assert tries() == EXPECTED\n\n\n' +
      'def test_count():\n    assert count() < EXPECTED\n',
  ],
];

describe('given a change with a mistake, its test stays red', () => {
  const stories = MISTAKES.map(([story, old, now, before, after]) => ({
    ...{ story, old, now, before },
    after: after ?? before,
  }));

  it.each(stories)('$story', async ({ old, now, before, after }) => {
    const workspace = library({ 'lib/src/greet.py': old, 'lib/tests/test_greet.py': before });
    workspace.write({ 'lib/src/greet.py': now, 'lib/tests/test_greet.py': after });
    const record = await sentry(workspace);
    expect(record.failures.length).toBeGreaterThan(0);
    expect(record.failures.map(({ outcome }) => outcome)).not.toContain('repaired');
    expect(record.patch).toBeNull();
  });

  it.each([
    {
      story: 'a function that was renamed, and that code which nobody changed still imports',
      old: greeting('hello', 'Hello'),
      now: greeting('welcome', 'Hello'),
      user: 'from greet import hello\n\n\ndef shout(name):\n    return hello(name).upper()\n',
      test: tests('hello', 'assert hello("Ann") == "Hello, Ann!"'),
    },
    {
      story: 'a parameter that is gone, and that code which nobody changed still gives',
      old: 'def send(text, retries=3):\n    return text * 2\n',
      now: 'def send(text):\n    return text * 2\n',
      user: 'from greet import send\n\n\ndef ping():\n    return send("p", retries=1)\n',
      test: tests('send', 'assert send("x", retries=3) == "xx"'),
    },
  ])('$story', async ({ old, now, user, test }) => {
    const workspace = library({
      'lib/src/greet.py': old,
      'lib/src/user.py': user,
      'lib/tests/test_greet.py': test,
    });
    workspace.write({ 'lib/src/greet.py': now });
    expect(await sentry(workspace)).toMatchObject({ patch: null, result: 'unrepaired' });
    workspace.write({
      'lib/src/user.py': user.replaceAll('hello', 'welcome').replace(', retries=1', ''),
    });
    expect(await sentry(workspace)).toMatchObject({ result: 'repaired' });
  });
});
