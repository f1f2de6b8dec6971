import { loadSyntax, PythonSource } from '../python/syntax';
import { weakening } from './strength';

beforeAll(loadSyntax);

const between = (before: string, after: string): string | undefined =>
  weakening(new PythonSource(before), new PythonSource(after));

const BASE = `
import pytest
from acme import convert

@pytest.mark.parametrize("amount, expected", [(1, 2), (2, 4)])
def test_rows(amount, expected):
    assert convert(amount) == expected

class TestRates:
    def test_one(self):
        assert convert(1) == 2
        assert convert(0) == 0

    def test_error(self):
        with pytest.raises(ValueError):
            convert(None)

def test_mock(mock):
    convert(3)
    mock.assert_called_once_with(3)
`;

/** The base with one text replaced by another. */
const edited = (old: string, now: string): string => {
  if (!BASE.includes(old)) throw new Error(`not there: ${old}`);
  return BASE.replace(old, () => now);
};

describe('a test file is not weakened by', () => {
  it.each([
    ['nothing', BASE],
    ['another expected value', edited('convert(1) == 2', 'convert(1) == 3')],
    ['another row', edited('(2, 4)', '(2, 5)')],
    ['a renamed name', BASE.replaceAll('convert', 'exchange')],
    ['one more assertion', edited('convert(3)\n', 'assert convert(3)\n')],
    ['one more row', edited('(2, 4)', '(2, 4), (3, 6)')],
    ['one more test', `${BASE}\ndef test_new():\n    assert convert(5) == 10\n`],
    ['tests in another order', edited('class TestRates', 'def test_z(): pass\n\nclass TestRates')],
    [
      'a handler that raises again',
      `${BASE}\ntry:\n    import x\nexcept ImportError:\n    raise\n`,
    ],
  ])('%s', (_, after) => {
    expect(between(BASE, after)).toBeUndefined();
  });
});

describe('a test file is weakened by', () => {
  it.each([
    [
      'a removed test',
      edited(BASE.slice(BASE.indexOf('def test_mock')), ''),
      'removes the test test_mock',
    ],
    [
      'a renamed test',
      edited('def test_one', 'def tset_one'),
      'removes the test TestRates.test_one',
    ],
    ['a removed class', edited('class TestRates:', 'if True:'), 'removes the test TestRates'],
    ['a removed assert', edited('assert convert(0) == 0', 'pass'), 'removes an assertion'],
    [
      'an assert in a comment',
      edited('assert convert(0)', '# assert convert(0)'),
      'removes an assertion',
    ],
    [
      'an assert that moved to another test',
      edited('assert convert(0) == 0', 'pass').replace('convert(3)\n', 'assert convert(3)\n'),
      'removes an assertion from TestRates',
    ],
    [
      'a removed raises',
      edited('with pytest.raises(ValueError):', 'if True:'),
      'removes an assertion',
    ],
    [
      'a removed assertion of a mock',
      edited('mock.assert_called_once_with(3)', ''),
      'removes an assertion',
    ],
    ['a dropped row', edited('(1, 2), (2, 4)', '(2, 4)'), 'removes a parametrize row'],
    ['rows that are gone', edited('[(1, 2), (2, 4)]', 'ROWS'), 'removes a parametrize row'],
    ['a skip mark', edited('def test_mock', '@pytest.mark.skip\ndef test_mock'), 'adds a skip'],
    [
      'a skipif mark',
      edited('def test_mock', '@pytest.mark.skipif(True, reason="")\ndef test_mock'),
      'adds a skip',
    ],
    ['an xfail mark', edited('def test_mock', '@pytest.mark.xfail\ndef test_mock'), 'adds a skip'],
    [
      'an xfail of a row',
      edited('(2, 4)', 'pytest.param(2, 4, marks=pytest.mark.xfail)'),
      'adds a skip',
    ],
    ['a call of skip', edited('convert(3)\n', 'pytest.skip()\n'), 'adds a skip'],
    ['a mark of the module', `${BASE}\npytestmark = pytest.mark.skip\n`, 'adds a skip'],
    ['unittest’s own skip', edited('convert(3)\n', 'raise unittest.SkipTest()\n'), 'adds a skip'],
    [
      'importorskip',
      edited('import pytest\n', 'import pytest\npytest.importorskip("x")\n'),
      'adds a skip',
    ],
    ['assert True', `${BASE}\ndef test_n():\n    assert True\n`, 'can not fail'],
    ['an assertion of a text', `${BASE}\ndef test_n():\n    assert "x"\n`, 'can not fail'],
    [
      'a comparison with itself',
      edited('convert(0) == 0', 'convert(0) == convert(0)'),
      'can not fail',
    ],
    ['a constant in parentheses', edited('convert(0) == 0', '(True)'), 'can not fail'],
    [
      'a pair that is never false',
      edited('convert(0) == 0', '(convert(0) == 0, "why")'),
      'can not fail',
    ],
    ['a list that is never false', edited('convert(0) == 0', '[convert(0) == 0]'), 'can not fail'],
  ])('%s', (_, after, says) => {
    expect(between(BASE, after)).toContain(says);
  });

  it.each([
    'except AssertionError:\n        pass',
    'except Exception:\n        ...',
    'except ValueError:\n        continue',
    'except:\n        print("x")',
    'except Exception as error:\n        print(error)',
    'except (ValueError, AssertionError):\n        print("x")',
    'except BaseException:\n        print("x")',
    'except* Exception:\n        print("x")',
  ])('a handler that swallows failures: %j', (handler) => {
    const wrapped = `for _ in [1]:\n    try:\n        assert f()\n    ${handler}\n`;
    expect(between('assert f()\n', wrapped)).toContain('swallows failures');
  });

  it('contextlib.suppress', () => {
    const wrapped = 'with suppress(AssertionError):\n    assert f()\n';
    expect(between('assert f()\n', wrapped)).toContain('swallows failures');
  });

  it('a row that is dropped from a keyword', () => {
    const rows = (list: string): string =>
      `@pytest.mark.parametrize(argnames=["a"], argvalues=${list}, ids=str)\ndef test_a(a):\n    assert a\n`;
    expect(between(rows('[1, 2]'), rows('[1]'))).toContain('removes a parametrize row');
    expect(between(rows('[1, 2]'), rows('[1, 3]'))).toBeUndefined();
  });

  it('an assertion of a module that is removed', () => {
    expect(between('assert f()\n', 'f()\n')).toContain('removes an assertion from the module');
  });
});
