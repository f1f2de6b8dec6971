import { changedFile } from '../../change/change.fixture';
import { ChangeSet } from '../../change/change-set';
import { failureFact } from '../../pytest/facts.fixture';
import { PythonSource } from '../../python/syntax';
import type { Scene } from './context';

export const TEST_FILE = 'libs/money/tests/test_money.py';

const OLD = `RATE = 2


def convert(amount):
    return amount * RATE


def shout(text):
    return text.upper()
`;

const NEW = `RATE = 2


def convert(amount, currency):
    if currency == "EUR":
        return amount
    return amount * RATE


def shout(text):
    return text.upper() + "!"
`;

export const TEST = `import pytest
from acme.money import convert, Purse

AMOUNT = 3


@pytest.fixture
def purse():
    return Purse()


def doubled(amount):
    return convert(amount)


def test_other():
    assert convert(1) == 2


def test_unrelated():
    assert len("ab") == 2


class TestConvert:
    def test_a(self, purse):
        assert doubled(AMOUNT) == 6
`;

const PURSE = `class Purse:
    def __init__(self):
        self.coins = []

    def unused(self):
        return None
`;

/** A function got a required argument, and a test calls it through a helper. */
export function scene(part: Partial<Scene> = {}): Scene {
  const change = new ChangeSet([changedFile(OLD, NEW)]);
  const line = TEST.slice(0, TEST.indexOf('return convert')).split('\n').length;
  return {
    failure: failureFact({
      id: 'tests/test_money.py::TestConvert::test_a',
      file: TEST_FILE,
      exception: {
        type: 'builtins.TypeError',
        message: "convert() missing 1 required positional argument: 'currency'",
        name: null,
        owner: null,
      },
      frames: [{ file: TEST_FILE, line, function: 'doubled', span: null }],
    }),
    change,
    tests: new Map([[TEST_FILE, new PythonSource(TEST, TEST_FILE)]]),
    sources: new Map([
      ...change.files.map(({ path, new: now }) => [path, now!] as const),
      ['libs/money/src/acme/purse.py', new PythonSource(PURSE)],
    ]),
    suspects: [],
    ...part,
  };
}
