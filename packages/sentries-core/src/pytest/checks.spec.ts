import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { PYTHON } from '../../../../tools/paths';
import { temporaryFolders } from '../folder.fixture';
import { readFacts, type FailureFact } from './facts';

const newFolder = temporaryFolders();
const HEAD = `
import datetime, decimal, enum, pathlib, unittest, warnings
from unittest import mock
import pytest

class Color(enum.Enum):
    RED = 1
    BLUE = 2

class Own:
    def __getattr__(self, name):
        raise RuntimeError("the facts must not ask")

class Old(Exception): pass
class Bad(Exception): pass
class Worse(Bad): pass
`;

/** Runs the tests through pytest and gives what failed, by name. */
function failures(tests: string): Record<string, FailureFact> {
  const folder = newFolder();
  const facts = join(folder, 'facts');
  mkdirSync(facts);
  writeFileSync(join(folder, 'test_a.py'), HEAD + tests);
  const PYTHONPATH = join(__dirname, '../../python');
  const args = ['-m', 'pytest', '-q', '-p', 'sentries_facts.plugin', 'test_a.py'];
  const env = { ...process.env, SENTRIES_FACTS: facts, PYTHONPATH };
  const { stdout } = spawnSync(PYTHON, args, { cwd: folder, env, encoding: 'utf8' });
  const file = join(facts, 'main.jsonl');
  if (!existsSync(file)) throw new Error(stdout);
  const { failures: found } = readFacts([readFileSync(file, 'utf8')], folder);
  return Object.fromEntries(found.map((one) => [one.id.split('::').at(-1)!, one]));
}

/** The check of a failure, its values by their source or outline. */
function told(failure: FailureFact | undefined): unknown[] {
  if (!failure?.check) return [];
  const { name, values } = failure.check;
  const sources = Object.entries(values).map(([value, { source, outline }]) => [
    value,
    source ?? outline ?? null,
  ]);
  return [name, Object.fromEntries(sources)];
}

const MATCH = ['match', { pattern: "'old'", flags: '0', text: "'new'" }];

describe('the facts of a failed assertion', () => {
  it('of unittest tell its arguments', () => {
    const found = failures(`
class TestIt(unittest.TestCase):
    def test_equal(self): self.assertEqual("a", "b", "why")
    def test_list(self): self.assertListEqual([1], [2])
    def test_count(self): self.assertCountEqual([1], [2])
    def test_own(self): self.assertIs(Own(), None)
    def test_regex(self):
        with self.assertRaisesRegex(ValueError, "old"):
            raise ValueError("new")
    def test_not_raised(self):
        with self.assertRaises(ValueError):
            pass
`);
    expect(told(found['test_equal'])).toEqual(['assertEqual', { first: "'a'", second: "'b'" }]);
    expect(told(found['test_list'])).toEqual(['assertListEqual', { list1: '[1]', list2: '[2]' }]);
    expect(told(found['test_count'])).toEqual([
      'assertCountEqual',
      { first: '[1]', second: '[2]' },
    ]);
    expect(told(found['test_own'])).toEqual(['assertIs', { expr1: null, expr2: 'None' }]);
    expect(told(found['test_regex'])).toEqual(MATCH);
    expect(told(found['test_not_raised'])).toEqual(['did not raise', {}]);
    const place = { file: 'test_a.py', function: 'test_equal' };
    expect(found['test_equal']?.check?.frame).toMatchObject(place);
  });

  it('of a mock tell the calls', () => {
    const found = failures(`
def test_with():
    m = mock.Mock()
    m.f("new", x=Own())
    m.f.assert_called_once_with("old", x=1)

def test_spec():
    m = mock.create_autospec(lambda a: 0)
    m("new")
    m.assert_called_with("old")

def test_never():
    mock.Mock().assert_called_with("old")

def test_twice():
    m = mock.Mock()
    m(); m()
    m.assert_called_once_with()
`);
    expect(told(found['test_with'])).toEqual([
      'assert_called_with',
      { expected: "call('old', x=1)", actual: "call('new', x=__opaque__('test_a.Own'))" },
    ]);
    expect(told(found['test_spec'])).toEqual([
      'assert_called_with',
      { expected: "call('old')", actual: "call('new')" },
    ]);
    expect(told(found['test_never'])).toEqual(['assert_called_with', { expected: "call('old')" }]);
    expect(told(found['test_twice'])).toEqual([]);
  });

  it('of pytest tell the pattern and the text', () => {
    const found = failures(`
def test_match():
    with pytest.raises(ValueError, match="old"):
        raise ValueError("new")

def test_excinfo():
    with pytest.raises(ValueError) as e:
        raise ValueError("new")
    e.match("old")

def test_warns():
    with pytest.warns(UserWarning, match="old"):
        warnings.warn("new")

def test_silent():
    with pytest.raises(ValueError):
        pass

def test_warned():
    with pytest.warns(DeprecationWarning):
        warnings.warn("new", FutureWarning)

def test_wider():
    with pytest.warns(DeprecationWarning, match="old"):
        warnings.warn("new", Warning)

def test_calm():
    with pytest.warns(UserWarning):
        pass
`);
    const matches = ['test_match', 'test_excinfo', 'test_warns'].map((name) => told(found[name]));
    expect(matches).toEqual([MATCH, MATCH, MATCH]);
    expect(told(found['test_silent'])).toEqual(['did not raise', {}]);
    expect(told(found['test_calm'])).toEqual(['did not warn', {}]);
    const warned = (category: string, wider: string) => ['warned', { category, wider }];
    expect(told(found['test_warned'])).toEqual(warned("'builtins.FutureWarning'", 'False'));
    expect(told(found['test_wider'])).toEqual(warned("'builtins.Warning'", 'True'));
  });

  it('tell what is below an exception, and nothing of an assertion', () => {
    const found = failures(`
def test_raised():
    with pytest.raises(Old):
        raise Bad("x")

def test_assert():
    assert 1 == 2
`);
    const { exception } = found['test_raised']!;
    expect(exception).toMatchObject({ type: 'test_a.Bad', derived: ['test_a.Worse'] });
    expect(found['test_assert']?.exception.derived).toBeUndefined();
  });
});

it('what small names were is told of the frames of the test’s file', () => {
  const found = failures(`
def check(word, own):
    assert word == "b"

def test_row():
    for row in [1, 2]:
        check("a" * 1000 if row == 1 else "c", Own())
`);
  const own = found['test_row']?.frames.filter(({ locals }) => locals).map(({ locals }) => locals);
  expect(own).toEqual([{ row: '1' }, {}]);
});

it('the source of a value is told where it is faithful', () => {
  const values: [string, string | null][] = [
    ['Color.BLUE', 'test_a.Color.BLUE'],
    ['decimal.Decimal("1.0")', "Decimal('1.0')"],
    ['[datetime.date(2020, 1, 2)]', '[datetime.date(2020, 1, 2)]'],
    ['pathlib.PurePosixPath("x")', "PurePosixPath('x')"],
    ['frozenset()', 'frozenset()'],
    ['mock.call(1, x=2)', 'call(1, x=2)'],
    ['pytest.approx(1.5)', 'approx(1.5)'],
    ['[1, {"a": Own()}]', "[1, {'a': __opaque__('test_a.Own')}]"],
    ['Own', null],
    ['datetime.datetime(2020, 1, 1, tzinfo=type("T", (datetime.tzinfo,), {})())', null],
  ];
  const tests = values.map(([text], at) => `def test_${at}():\n    assert ${text} == "no"\n`);
  const found = failures(tests.join('\n'));
  const sources = values.map(([text], at) => {
    const left = found[`test_${at}`]?.compare?.left;
    return [text, left?.source ?? left?.outline ?? null];
  });
  expect(sources).toEqual(values);
});
