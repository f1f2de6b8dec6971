import { changeOf } from '../change/change.fixture';
import { loadSyntax, PythonSource } from '../python/syntax';
import { alteredValues } from './altered';
import { correspondence } from './correspondence';
import { EvidenceOfChange } from './evidence-of-change';

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
  const before = new PythonSource(TEST);
  const after = new PythonSource(TEST.replace(old, () => now));
  const same = correspondence(before, after, new EvidenceOfChange(CHANGE, new Map()));
  if ('refused' in same) return 'refused';
  const altered = alteredValues('tests/test_a.py', before, same.pairs, CHANGE);
  if (!altered) return 'nothing';
  return `${altered.causes ? 'explained' : 'unexplained'}: ${altered.shown.join(', ')}`;
}

describe('an edit alters', () => {
  it.each([
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
