import { changeOf } from '../change/change.fixture';
import { loadSyntax, PythonSource } from '../python/syntax';
import { correspondence } from './correspondence';
import { EvidenceOfChange } from './evidence-of-change';

beforeAll(loadSyntax);

const OLD = `def area(a, b):
    n = a * b
    return n


def total(xs: str):
    return [x for x in xs]


class Box:
    def __init__(self, n):
        self.n = n
`;
const NOW = `from dataclasses import dataclass
from pathlib import Path


class Unit:
    pass


@dataclass
class Size:
    value: int
    text: str


def area(unit, a, b):
    n = a * b
    return Size(n, unit)


def total(*xs):
    yield from xs


class Box:
    def __init__(self, n, owner=None):
        self.n = n
`;
const TEST = `from acme.money import Box, area, total

GIVEN = 7


def test_it(one):
    six = 6
    assert area(2, 3) == six
    assert total((1, 2)) == [1, 2]
    assert Box(1).n == one
`;

/** What becomes of the test where one text in it becomes another. */
function tell(old: string, now: string): string {
  if (!TEST.includes(old)) throw new Error(`not there: ${old}`);
  const change = changeOf(OLD, NOW);
  const sources = new Map(change.files.map((file) => [file.path, file.new!]));
  const before = new PythonSource(TEST);
  const after = new PythonSource(TEST.replace(old, () => now));
  const found = correspondence(before, after, new EvidenceOfChange(change, sources));
  if ('refused' in found) return found.refused;
  const pairs = found.pairs.map((pair) => `${pair.before.text} → ${pair.now.text}`);
  return ['the same', ...pairs, ...found.supplied.map(({ node }) => `gives ${node.text}`)].join(
    '; ',
  );
}

const AREA = 'assert area(2, 3) == six';
const NEW = 'area("m", 2, 3)';

describe('an edit says what the test said, where it', () => {
  it.each([
    { what: 'gives what is new', now: `assert ${NEW}.value == six`, says: 'the same; gives "m"' },
    {
      what: 'gives it by its name',
      now: 'assert area(a=2, b=3, unit="m").value == six',
      says: 'the same; gives "m"',
    },
    {
      what: 'names the result first',
      now: `size = ${NEW}\n    assert size.value == six`,
      says: 'the same; gives "m"',
    },
    {
      what: 'names what it gives first',
      now: 'unit = "m"\n    assert area(unit, 2, 3).value == six',
      says: 'the same; gives "m"',
    },
    {
      what: 'has the project make it',
      now: 'from acme.money import Unit\n\n    assert area(Unit(), 2, 3).value == six',
      says: 'the same',
    },
    {
      what: 'writes a value for another',
      now: 'assert area("m", 2, 4).value == six',
      says: 'the same; 3 → 4; gives "m"',
    },
    {
      what: 'exchanges two values, which are told',
      now: 'assert area("m", 3, 2).value == six',
      says: 'the same; 2 → 3; 3 → 2; gives "m"',
    },
  ])('$what', ({ now, says }) => {
    expect(tell(AREA, now)).toBe(says);
  });

  it('takes all of what comes one after the other, and gives it so', () => {
    expect(tell('total((1, 2))', 'list(total(1, 2))')).toBe('the same');
  });

  it('says so in other words: comments, brackets, line ends', () => {
    expect(tell(AREA, `# Of two.\n    assert (\n        ${NEW}.value\n    ) == six`)).toBe(
      'the same; gives "m"',
    );
  });
});

describe('an edit is refused, or told, where it', () => {
  it.each([
    { what: 'takes the wrong part of a result', now: `assert ${NEW}.text == six` },
    { what: 'computes', now: `assert ${NEW}.value + 1 == six` },
    { what: 'compares otherwise', now: `assert ${NEW}.value >= six` },
    { what: 'compares something else', now: `size = ${NEW}\n    assert six == six` },
    { what: 'names something and does not use it', now: `size = ${NEW}\n    ${AREA}` },
    {
      what: 'looks before something happens',
      now: `size = ${NEW}\n    Box(2)\n    assert size.value == six`,
    },
    { what: 'does something first', now: `area.unit = "m"\n    assert ${NEW}.value == six` },
    { what: 'calls something else', now: 'assert total(2, 3) == six' },
    { what: 'has a function do the work', now: 'assert area(total, 2, 3).value == six' },
    { what: 'gives a lambda', now: 'assert area(lambda: 6, 2, 3).value == six' },
    { what: 'gives what no import brings', now: 'assert area(len, 2, 3).value == six' },
    { what: 'leaves a statement out', now: 'pass' },
    { what: 'adds a condition', now: `if six:\n        assert ${NEW}.value == six` },
    { what: 'adds a decorated function', now: `${AREA}\n\n    def test_b():\n        pass` },
  ])('$what', ({ now }) => {
    expect(tell(AREA, now)).toMatch(/^the edit (makes|adds) /);
  });

  it.each([
    { what: 'gives what may be left out', old: 'Box(1)', now: 'Box(1, six)', says: 'makes' },
    {
      what: 'gives to what did not change',
      old: '[1, 2]\n',
      now: '[1, 2, 3]\n',
      says: '[1, 2] → [1, 2, 3]',
    },
    { what: 'orders what it gives anew', old: '(1, 2))', now: '2, 1)', says: '1 → 2; 2 → 1' },
    { what: 'takes away a parameter', old: 'test_it(one)', now: 'test_it()', says: 'makes' },
    { what: 'imports something else', old: 'from', now: 'import os\nfrom', says: 'imports os' },
    {
      what: 'gives a name another meaning',
      old: 'import Box',
      now: 'import Unit as total, Box',
      says: 'binds total again',
    },
    { what: 'writes look-alikes', old: 'GIVEN = 7', now: 'GIVEN = 7\n\uff41 = 1', says: 'for a' },
    { what: 'declares an encoding', old: 'from', now: '# coding: latin-1\nfrom', says: 'encoding' },
  ])('$what', ({ old, now, says }) => {
    expect(tell(old, now)).toContain(says);
  });
});
