import type { RunRecord, SentryRequest } from 'sentries-core';
import { library, REWORDED, sentry } from './library';

const STALE = 'Hello, Ann!';

/** A test's name and what became of it: `repaired`, or the outcome with its reason. */
async function told(
  files: Readonly<Record<string, string>>,
  accept: SentryRequest['accept'] = 'explained',
): Promise<{ readonly record: RunRecord; readonly said: Readonly<Record<string, string>> }> {
  const workspace = library(files);
  workspace.write({ 'lib/src/greet.py': REWORDED });
  const record = await sentry(workspace, { accept });
  const said = record.failures.map(({ id, outcome, reason }) => [
    id.replace(/^.*?::/, ''),
    outcome === 'repaired' ? outcome : `${outcome}: ${reason}`,
  ]);
  return { record, said: Object.fromEntries(said) as Record<string, string> };
}

describe('tests of unusual shapes, made stale by a reworded greeting', () => {
  it('are repaired where their expectation stands in the file', async () => {
    const { said, record } = await told({
      'lib/tests/test_greet.py': `import asyncio
import functools
import unittest
from unittest import mock

import pytest
from greet import *


def twice(test):
    @functools.wraps(test)
    def run(*args, **kwargs):
        test(*args, **kwargs)
        return test(*args, **kwargs)
    return run


def check(name, expected, sign="!"):
    said = greet(name, sign)
    assert said == expected


@twice
@mock.patch.dict("os.environ", {"A": "1"})
def test_decorated():
    assert greet("Ann") == "${STALE}"


class TestPlain:
    word = "${STALE}"

    class TestInner:
        @staticmethod
        def test_static():
            assert greet("Ann") == "${STALE}"

    def test_of_class(self):
        assert greet("Ann") == self.word


class TestAsync(unittest.IsolatedAsyncioTestCase):
    async def test_awaits(self):
        await asyncio.sleep(0)
        self.assertEqual(greet("Ann"), "${STALE}")


def test_runs_a_loop():
    async def inner():
        assert greet("Ann") == "${STALE}"

    asyncio.run(inner())


def test_one_line(): assert greet("Ann") == "${STALE}"; x = "Hello"


def test_tabs():
\tif True:
\t\tassert greet("Ann") == "${STALE}"


def test_walrus():
    assert (said := greet("Ann")) == "${STALE}" and said


def test_shadowed():
    STALE = "${STALE}"

    def inner(STALE):
        return STALE

    assert greet("Ann") == STALE


STALE = "not this one"


def test_f_string():
    name = "Ann"
    assert greet(name) == f"Hello, {name}{'!'}"


def test_helper_one():
    check("Ann", "${STALE}")


def test_helper_two():
    check("Bo", expected="Hello, Bo?", sign="?")


class TestTable(unittest.TestCase):
    def test_loop(self):
        for name, expected in [("Ann", "Hello, Ann!"), ("Bo", "Hello, Bo!"), ("Ann", "Hello, Ann!")][:2]:
            with self.subTest(name=name):
                self.assertEqual(greet(name), expected)

    def test_table(self):
        cases = [
            ("Ann", "Hello, Ann!"),
            ("Bo", "Hello, Bo!"),  # our second
        ]
        for name, expected in cases:
            with self.subTest(name=name):
                self.assertEqual(greet(name), expected)


@pytest.mark.parametrize(
    "name, expected",
    [("Ann", "Hello, Ann!"), pytest.param("Bo", "Hello, Bo!")],
    ids=lambda value: value.upper(),
)
def test_ids(name, expected):
    assert greet(name) == expected


def test_set():
    assert {greet("Ann"), "b", "a"} == {"a", "b", "${STALE}"}


def test_rebound():
    expected = "AXE"
    assert "axe".upper() == expected
    expected = "${STALE}"
    assert greet("Ann") == expected
`,
    });
    const { 'TestTable::test_loop': sliced, ...rest } = said;
    expect(Object.entries(rest).filter(([, what]) => what !== 'repaired')).toEqual([]);
    expect(Object.keys(rest)).toHaveLength(17);
    // What is cut out of a table is computed.
    expect(sliced).toMatch(/^unrepaired: /);
    expect(record.result).toBe('partial');
  });

  it('are refused with a reason where it does not', async () => {
    const { said } = await told(
      {
        'lib/tests/test_greet.py': `import pytest
from greet import greet

exec('def test_exec():\\n    assert greet("Ann") == "Hello, Ann!"\\n')


def make(word):
    def test(self):
        assert greet("Ann") == word

    return test


TestMade = type("TestMade", (), {"test_made": make("Hello, " + "Ann" + chr(33))})


class Text(str):
    pass


def test_own_type():
    assert Text(greet("Ann")) == "Hello, Ann!"


def test_order():
    words = {greet("Ann"), "b", "c", "d", "e", "f", "g"}
    assert list(words) == ["Hello, Ann!", "b", "c", "d", "e", "f", "g"]


async def test_coroutine():
    assert greet("Ann") == "Hello, Ann!"


@pytest.fixture(params=["Hello, Ann!"])
def expected(request):
    return request.param


def test_fixture(expected):
    assert greet("Ann") == expected


def test_shared_input():
    text = "Hello, Ann!"
    assert greet("Ann") + text == text + text

`,
      },
      'all',
    );
    const reasons = Object.entries(said).map(([name, what]) => [name, what.replace(/\n.*/s, '')]);
    // What is in no file, or computed, has no expectation that could be edited.
    const unknown = 'unrepaired: no rule knows this failure (AssertionError)';
    expect(Object.fromEntries(reasons)).toEqual({
      'TestMade::test_made': unknown,
      test_coroutine: 'unrepaired: no rule knows this failure (Failed)',
      test_exec: unknown,
      'test_fixture[Hello, Ann!]':
        'unrepaired: parametrize-row: no list of rows for expected stands at the test',
      test_order:
        'unrepaired: it shows other values when it is run alone with the other failing tests, in the reverse order and with another hash seed: they are not deterministic',
      test_own_type:
        'unrepaired: expected-literal: the observed value (a test_greet.Text) has no faithful source form',
      test_shared_input: unknown,
    });
  });

  it('are repaired where they write files, which are no part of the patch', async () => {
    const { said, record } = await told({
      'lib/tests/test_greet.py': `import pathlib

from greet import greet


def test_greet():
    path = pathlib.Path(__file__).with_name("seen.txt")
    path.write_text(path.read_text() + "again\\n" if path.exists() else "once\\n")
    assert greet("Ann") == "${STALE}"
`,
    });
    expect(said).toEqual({ test_greet: 'repaired' });
    expect(record.patch?.files).toEqual(['lib/tests/test_greet.py']);
  });

  it('are not repaired where they write the very file that is to be edited', async () => {
    const { said, record } = await told({
      'lib/tests/test_greet.py': `import pathlib

from greet import greet


def test_greet():
    path = pathlib.Path(__file__)
    path.write_text("# again\\n" + path.read_text())
    assert greet("Ann") == "${STALE}"
`,
    });
    // The lines of the facts are not those of the file any more.
    expect(said['test_greet']).toMatch(/^unrepaired: /);
    expect(record.patch).toBeNull();
  });
});
