import { changeOf } from '../change/change.fixture';
import { loadSyntax, PythonSource } from '../python/syntax';
import { abandonedCalls } from './abandoned';
import { alteredValues } from './altered';

beforeAll(loadSyntax);

const TEST = `import pytest
from acme import Rates, convert

TABLE = {"EUR": 2}


@pytest.mark.parametrize("amount, expected", [(1, 2), (2, 4)])
def test_rows(amount, expected):
    assert convert(amount) == expected


def test_one():
    """Of 1 to 2."""
    rates = Rates(3)
    total = 7
    assert rates.of("EUR")[0] == "two euros"
    assert convert(total) == Price(14)
    assert rates.kind == Kind.OLD


def test_error():
    with pytest.raises(ValueError, match="no rate"):
        convert(None)
`;

const CHANGE = changeOf(
  'def f(kind):\n    if kind:\n        raise ValueError("no rate")\n    return "two euros", Kind.OLD\n',
  'def f(kind):\n    if kind:\n        raise KeyError("no rate today")\n    return "2 euros", Kind.NEW\n',
);

/** What the edit of one text into another makes of the values. */
function tell(old: string, now: string): string {
  if (!TEST.includes(old)) throw new Error(`not there: ${old}`);
  const after = new PythonSource(TEST.replace(old, () => now));
  const altered = alteredValues('tests/test_a.py', new PythonSource(TEST), after, CHANGE);
  if (!altered) return 'nothing';
  return `${altered.causes ? 'explained' : 'unexplained'}: ${altered.shown.join(', ')}`;
}

describe('an edit alters', () => {
  it.each([
    {
      what: 'nothing by a new argument',
      old: 'convert(total)',
      now: 'convert(total, "EUR", 5)',
      says: 'nothing',
    },
    {
      what: 'nothing by a new argument of a class',
      old: 'Rates(3)',
      now: 'Rates(3, base="EUR")',
      says: 'nothing',
    },
    {
      what: 'nothing by a new name that is given',
      old: 'total = 7\n',
      now: 'total = 7\n    day = "today"\n    rates.set(day)\n',
      says: 'nothing',
    },
    {
      what: 'nothing by a flow in another order',
      old: '    rates = Rates(3)\n    total = 7\n',
      now: '    total = 7\n    rates = Rates(3)\n',
      says: 'nothing',
    },
    { what: 'nothing by a docstring', old: 'Of 1 to 2.', now: 'Of 2 to 1.', says: 'nothing' },
    {
      what: 'nothing by a name in the place of an index',
      old: '[0] ==',
      now: '.text ==',
      says: 'nothing',
    },
    {
      what: 'an expected text as the change does',
      old: '"two euros"',
      now: '"2 euros"',
      says: 'explained: "two euros" → "2 euros"',
    },
    {
      what: 'an expected text at will',
      old: '"two euros"',
      now: '"three euros"',
      says: 'unexplained: "two euros" → "three euros"',
    },
    {
      what: 'an expected number',
      old: 'Price(14)',
      now: 'Price(15)',
      says: 'unexplained: 14 → 15',
    },
    {
      what: 'an expected value away',
      old: 'Price(14)',
      now: 'convert(7)',
      says: 'unexplained: 14 → nothing',
    },
    {
      what: 'an expected value in',
      old: 'rates.kind == Kind.OLD',
      now: 'rates.kind == "x"',
      says: 'unexplained: Kind.OLD → "x"',
    },
    {
      what: 'a member as the change does',
      old: 'Kind.OLD',
      now: 'Kind.NEW',
      says: 'explained: Kind.OLD → Kind.NEW',
    },
    { what: 'a row', old: '(2, 4)', now: '(2, 5)', says: 'unexplained: 4 → 5' },
    { what: 'the input of a row', old: '(2, 4)', now: '(3, 4)', says: 'unexplained: 2 → 3' },
    {
      what: 'an exception as the change does',
      old: 'ValueError',
      now: 'KeyError',
      says: 'explained: ValueError → KeyError',
    },
    {
      what: 'an exception at will',
      old: 'ValueError',
      now: 'TypeError',
      says: 'unexplained: ValueError → TypeError',
    },
    {
      what: 'the text of an exception as the change does',
      old: '"no rate"',
      now: '"no rate today"',
      says: 'explained: "no rate" → "no rate today"',
    },
    {
      what: 'the text of an exception at will',
      old: '"no rate"',
      now: '""',
      says: 'unexplained: "no rate" → ""',
    },
    { what: 'what the test gives', old: 'Rates(3)', now: 'Rates(4)', says: 'unexplained: 3 → 4' },
    {
      what: 'what the test gives by a name',
      old: 'total = 7',
      now: 'total = 8',
      says: 'unexplained: 7 → 8',
    },
    {
      what: 'what the test gives away',
      old: 'Rates(3)',
      now: 'Rates()',
      says: 'unexplained: 3 → nothing',
    },
    {
      what: 'which element is looked at',
      old: '[0] ==',
      now: '[1] ==',
      says: 'unexplained: 0 → 1',
    },
    { what: 'a table', old: '"EUR": 2', now: '"EUR": 3', says: 'unexplained: 2 → 3' },
  ])('$what', ({ old, now, says }) => {
    expect(tell(old, now)).toBe(says);
  });
});

describe('a test', () => {
  const after = (old: string, now: string): PythonSource =>
    new PythonSource(TEST.replace(old, now));
  const names = new Set(['convert', 'of']);

  it('has to go on calling what it called', () => {
    const edited = after('convert(total) ==', 'len(total) ==');
    expect(abandonedCalls(new PythonSource(TEST), edited, names, CHANGE)).toBe('convert');
  });

  it('may call it otherwise', () => {
    const edited = after('convert(total) ==', 'convert(total, 2) ==');
    expect(abandonedCalls(new PythonSource(TEST), edited, names, CHANGE)).toBeUndefined();
  });
});
