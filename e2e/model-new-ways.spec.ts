import { library, outcomes } from './library';
import { block, planned, withModel } from './model';

/** What changed, in which a test is stale that no rule mends; and the edit that a model makes of it. */
interface Story {
  readonly old: string;
  readonly now: string;
  readonly imports: string;
  readonly test: string;
  readonly edit: string;
}

const AREA = 'def area(a, b):\n    return a * b\n';
const area = (now: string, edit: string, test = 'assert area(2, 3) == 6'): Story => ({
  ...{ old: AREA, now, imports: 'area', test, edit },
});
const PARSE = 'def parse(s):\n    n = int(s)\n    return n\n';
const parse = (now: string, edit: string, test = 'assert parse("3") == 3'): Story => ({
  ...{ old: PARSE, now, imports: 'parse', test, edit },
});
const PARSED =
  'from dataclasses import dataclass\n\n\n@dataclass\nclass Parsed:\n    value: int\n    text: str\n\n\n';

const STORIES: Readonly<Record<string, Story>> = {
  'a new argument is an object of the project': area(
    'class Unit:\n    pass\n\n\ndef area(a, b, unit):\n    return a * b\n',
    'from greet import Unit\n\nunit = Unit()\nassert area(2, 3, unit) == 6',
  ),
  'a new argument stands first': area(
    'def area(unit, a, b):\n    return a * b\n',
    'assert area("m", 2, 3) == 6',
  ),
  'a new argument is the number that the code had': {
    old: 'def gross(net):\n    return net * 1.2\n',
    now: 'def gross(net, rate):\n    return net * rate\n',
    imports: 'gross',
    test: 'assert gross(100) == 120',
    edit: 'assert gross(100, 1.2) == 120',
  },
  'what was given is one object now': area(
    'from dataclasses import dataclass\n\n\n@dataclass\nclass Size:\n    a: int\n    b: int\n\n\ndef area(size):\n    return size.a * size.b\n',
    'from greet import Size\n\nassert area(Size(2, 3)) == 6',
  ),
  'a tuple became *args, and the error happens in changed code': {
    old: 'def total(xs):\n    return sum(xs)\n',
    now: 'def total(*xs):\n    return sum(xs)\n',
    imports: 'total',
    test: 'given = [1, 2]\nassert total(given) == 3',
    edit: 'given = [1, 2]\nassert total(*given) == 3',
  },
  'an argument is of another class, and the error happens in changed code': {
    old: 'def ext(path: str):\n    return path.split(".")[-1]\n',
    now: 'from pathlib import Path\n\n\ndef ext(path: Path):\n    return path.suffix[1:]\n',
    imports: 'ext',
    test: 'assert ext("a.txt") == "txt"',
    edit: 'from pathlib import Path\n\nassert ext(Path("a.txt")) == "txt"',
  },
  'a list became a generator': {
    old: 'def squares(n):\n    return [i * i for i in range(n)]\n',
    now: 'def squares(n):\n    for i in range(n):\n        yield i * i\n',
    imports: 'squares',
    test: 'got = squares(3)\nassert got == [0, 1, 4]',
    edit: 'got = list(squares(3))\nassert got == [0, 1, 4]',
  },
  'a result is a path now': {
    old: 'import os\n\n\ndef home(name) -> str:\n    return os.path.join("home", name)\n',
    now: 'from pathlib import Path\n\n\ndef home(name) -> Path:\n    return Path("home") / name\n',
    imports: 'home',
    test: 'assert home("ann") == "home/ann"',
    edit: 'assert str(home("ann")) == "home/ann"',
  },
  'a result is one of two now': parse(
    'def parse(s):\n    n = int(s)\n    return n, len(s)\n',
    'assert parse("3")[0] == 3',
  ),
  'a result has a companion now': parse(
    'def parse(s):\n    n = int(s)\n    return n, len(s)\n',
    'n, _ = parse("3")\nassert n == 3',
    'n = parse("3")\nassert n == 3',
  ),
  'a result is in an object now': parse(
    `${PARSED}def parse(s):\n    n = int(s)\n    return Parsed(n, text=s)\n`,
    'got = parse("3")\nassert got.value == 3',
    'got = parse("3")\nassert got == 3',
  ),
  'a function is to be awaited now': {
    old: 'def fetch(n):\n    return n * 2\n',
    now: 'async def fetch(n):\n    return n * 2\n',
    imports: 'fetch',
    test: 'assert fetch(3) == 6',
    edit: 'import asyncio\n\nassert asyncio.run(fetch(3)) == 6',
  },
  'a function gives a context manager now': {
    old: 'class Store:\n    size = 2\n\n\ndef opened():\n    return Store()\n',
    now: 'from contextlib import contextmanager\n\n\nclass Store:\n    size = 2\n\n\n@contextmanager\ndef opened():\n    yield Store()\n',
    imports: 'opened',
    test: 'store = opened()\nassert store.size == 2',
    edit: 'with opened() as store:\n    assert store.size == 2',
  },
  'something has to be done first now': {
    old: 'class Box:\n    def size(self):\n        return 2\n',
    now: 'class Box:\n    ready = False\n\n    def open(self):\n        self.ready = True\n\n    def size(self):\n        if not self.ready:\n            raise ValueError("open it first")\n        return 2\n',
    imports: 'Box',
    test: 'box = Box()\nassert box.size() == 2',
    edit: 'box = Box()\nbox.open()\nassert box.size() == 2',
  },
};

const indented = (lines: string): string => lines.replaceAll(/^(?=.)/gm, '    ');

it.each(Object.entries(STORIES).map(([what, story]) => ({ what, story })))(
  'given a change by which $what, an honest edit of a model holds',
  async ({ story: { old, now, imports, test, edit } }) => {
    const workspace = library({
      'lib/src/greet.py': old,
      'lib/tests/test_greet.py': `from greet import ${imports}\n\n\ndef test_it():\n${indented(test)}\n`,
    });
    workspace.write({ 'lib/src/greet.py': now });
    const replies = [planned(), block(indented(test), indented(edit))];
    const { record } = await withModel(workspace, replies, { attempts: 1, strategy: 'model' });
    expect(outcomes(record)).toEqual({ 'tests/test_greet.py::test_it': 'repaired' });
  },
);
