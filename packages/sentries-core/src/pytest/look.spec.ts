import { spawnSync } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { PYTHON } from '../../../../tools/paths';
import { temporaryFolders } from '../folder.fixture';
import { put } from '../git/git.fixture';
import { readLines, type FileLines } from './lines';
import { runPytest, type Look, type PytestRun } from './run';

const newFolder = temporaryFolders();

const ask = (python: string, program: string): string =>
  spawnSync(python, ['-c', program], { encoding: 'utf8' }).stdout?.trim() ?? '';

/** Where pytest is: it is the same for all interpreters. */
const SITE = ask(
  PYTHON,
  'import os, pytest; print(os.path.dirname(os.path.dirname(pytest.__file__)))',
);
/** From 3.12 on, lines are told in another way: those of this machine, too. */
const NEWER = ['3.12', '3.13', '3.14']
  .map((version) => ask(`python${version}`, 'import sys; print(sys.executable)'))
  .filter((python) => python !== '');
const PYTHONS = [PYTHON, ...NEWER].map((python) => ({
  python,
  version: ask(python, 'import sys; print("%d.%d" % sys.version_info[:2])'),
}));

const SOURCE = `import contextlib

LIMIT = 3


@contextlib.contextmanager
def opened():
    yield LIMIT


def cap(x):
    if x > LIMIT:
        return LIMIT
    return [y for y in [x]][0]


def never():
    return 0
`;
const TESTS = `import threading
import pytest
from acme import cap, opened


def test_low():
    assert cap(1) == 1

def test_low_again():
    assert cap(1) == 1

@pytest.mark.parametrize("x", [7, 8])
def test_high(x):
    assert cap(x) == 4

def test_thread():
    thread = threading.Thread(target=cap, args=(9,))
    thread.start()
    thread.join()

def test_nothing():
    pass
`;

async function run(python: string, look: Look, ...args: string[]): Promise<PytestRun> {
  const root = realpathSync(newFolder());
  put(root, { 'acme.py': SOURCE, 'other/helper.py': 'x = 1\n', 'test_a.py': TESTS });
  const asked = { python, root, project: '.', args: ['-q', ...args], timeout: 60, look };
  return runPytest({ ...asked, importRoots: [root, SITE] });
}

const told = (lines: FileLines | undefined): unknown =>
  Object.fromEntries(
    [...(lines ?? [])].map(([file, own]) => [file, [...own].sort((a, b) => a - b)]),
  );

describe.each(PYTHONS)('a closer look at tests, with Python $version', ({ python }) => {
  it('tells which lines of a file each of them executed, and which an import', async () => {
    const { lines } = await run(python, { reversed: false, traced: ['acme.py'] });
    const tests = Object.fromEntries([...lines.tests].map(([key, files]) => [key, told(files)]));
    const low = { 'acme.py': [11, 12, 14] };
    const high = { 'acme.py': [11, 12, 13] };
    expect(tests).toEqual({
      'test_a.py::test_low': low,
      'test_a.py::test_low_again': low,
      'test_a.py::test_high[#x=0]': high,
      'test_a.py::test_high[#x=1]': high,
      'test_a.py::test_thread': high,
      'test_a.py::test_nothing': {},
    });
    expect([...lines.imported.get('acme.py')!]).toEqual(expect.arrayContaining([1, 3, 11, 17]));
  });

  it('tells those of all files of a folder', async () => {
    const { lines } = await run(python, { reversed: false, traced: ['.'] });
    expect([...lines.tests.get('test_a.py::test_low')!.keys()].sort()).toEqual([
      'acme.py',
      'test_a.py',
    ]);
  });

  it('tells them with workers, too', async () => {
    const { lines } = await run(python, { reversed: false, traced: ['acme.py'] }, '-n', '2');
    expect(told(lines.tests.get('test_a.py::test_low'))).toEqual({ 'acme.py': [11, 12, 14] });
  });
});

it('takes the tests in the reverse of their order', async () => {
  const [there, back] = [
    await run(PYTHON, { reversed: false, traced: [] }),
    await run(PYTHON, { reversed: true, traced: [] }),
  ];
  expect([...back.started.keys()]).toEqual([...there.started.keys()].reverse());
  expect(back.lines).toEqual({ tests: new Map(), imported: new Map() });
});

it('puts the lines of several processes together', () => {
  const text = (line: number): string =>
    JSON.stringify({ tests: { t: { '/w/a.py': [line] } }, imported: { '/w/b/c.py': [line, 9] } });
  const { tests, imported } = readLines([text(1), text(2)], '/w');
  expect(told(tests.get('t'))).toEqual({ 'a.py': [1, 2] });
  expect(told(imported)).toEqual({ 'b/c.py': [1, 2, 9] });
});
