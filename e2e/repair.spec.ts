import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PYTHON, PYTHON_ENVIRONMENT } from '../tools/paths';
import { greeting, library, LIBRARY, outcomes, REWORDED, sentry } from './library';

const PATCH = '.sentries/greet/sentry-test/changes.patch';
const RENAMED = greeting('salute', 'Hello');

describe('given a change, the failing tests', () => {
  it('are repaired to the end, where one test has several stale lines', async () => {
    const workspace = library({
      'lib/tests/test_greet.py':
        'import greet\n\n\ndef test_all():\n    assert greet.greet("Ann") == "Hello, Ann!"\n    assert greet.greet("Bo") == "Hello, Bo!"\n    assert greet.greet("Cy", "?") == "Hello, Cy?"\n',
    });
    workspace.write({ 'lib/src/greet.py': greeting('salute', 'Good day') });
    const record = await sentry(workspace);
    expect(record).toMatchObject({ result: 'repaired', patch: { added: 3, removed: 3 } });
    expect(record.failures[0]).toMatchObject({ tier: 'explained' });
    workspace.git('apply', PATCH);
    expect(workspace.read('lib/tests/test_greet.py')).toContain(
      'greet.salute("Cy", "?") == "Good day, Cy?"',
    );
  });

  it('come to light and are repaired, where their file could not be collected', async () => {
    const workspace = library();
    workspace.write({ 'lib/src/greet.py': greeting('salute', 'Good day') });
    expect(outcomes(await sentry(workspace))).toEqual({
      'tests/test_greet.py': 'repaired',
      'tests/test_greet.py::test_greet': 'repaired',
    });
  });

  it('are repaired at their cause, where a conftest keeps pytest from starting', async () => {
    const workspace = library({
      'lib/tests/conftest.py':
        'import pytest\nfrom greet import greet\n\n\n@pytest.fixture\ndef hello():\n    return greet("Ann")\n',
      'lib/tests/test_greet.py': 'def test_greet(hello):\n    assert hello == "Hello, Ann!"\n',
    });
    workspace.write({ 'lib/src/greet.py': RENAMED });
    const record = await sentry(workspace);
    expect(outcomes(record)).toEqual({ 'lib/tests/conftest.py': 'repaired' });
    expect(record.verification).toEqual({ tests: 1, repaired: 1, failOnOldSource: 1 });
  });

  it('ask for a fixture by its new name, though the old source knows the test as well', async () => {
    const conftest = (fixture: string): string =>
      `import pytest\nfrom greet import greet\n\n\n@pytest.fixture\ndef ${fixture}():\n    return greet("Ann").split(",")[1]\n`;
    const workspace = library({
      'lib/tests/conftest.py': conftest('hello'),
      'lib/tests/test_greet.py': 'def test_ann(hello):\n    assert hello.strip() == "Ann!"\n',
      'lib/tests/test_word.py':
        'from greet import greet\n\n\ndef test_word():\n    assert greet("Bo").startswith("Hello")\n',
    });
    workspace.write({
      'lib/src/greet.py': greeting('greet', 'Good day'),
      'lib/tests/conftest.py': conftest('greeted'),
    });
    const record = await sentry(workspace);
    expect(outcomes(record)).toEqual({
      'tests/test_greet.py::test_ann': 'repaired',
      'tests/test_word.py::test_word': 'unrepaired',
    });
    expect(record.patch?.files).toEqual(['lib/tests/test_greet.py']);
  });

  it('are repaired where the change brought the configuration of pytest, which the old source has not', async () => {
    const workspace = library({
      'lib/pyproject.toml': '[project]\nname = "greet"\nversion = "1"\n',
      'lib/setup.cfg': '[tool:pytest]\npythonpath = src\n',
    });
    workspace.write({
      'lib/pytest.ini': '[pytest]\npythonpath = src\n',
      'lib/src/greet.py': RENAMED,
    });
    expect(await sentry(workspace)).toMatchObject({ result: 'repaired' });
  });

  it('are repaired inside of the package that they test, which they import relatively', async () => {
    const test =
      'from ..words import greet\n\n\ndef test_it():\n    assert greet("Ann") == "Hello, Ann!"\n';
    const workspace = library({
      'lib/src/hello/__init__.py': '',
      'lib/src/hello/words.py': greeting('greet', 'Hello'),
      'lib/src/hello/tests/__init__.py': '',
      'lib/src/hello/tests/test_words.py': test,
    });
    workspace.git('mv', 'lib/src/hello/words.py', 'lib/src/hello/phrases.py');
    const record = await sentry(workspace, { testPaths: ['src/hello/tests', 'tests'] });
    expect(outcomes(record)).toEqual({ 'src/hello/tests/test_words.py': 'repaired' });
    workspace.git('apply', PATCH);
    expect(workspace.read('lib/src/hello/tests/test_words.py')).toBe(
      test.replace('..words', '..phrases'),
    );
  });

  it('give by its new name what a deprecated parameter hands on', async () => {
    const test = (name: string): string =>
      `from greet import cut\n\n\ndef test_cut():\n    assert cut(1.25, ${name}=1) == 1.2\n`;
    const workspace = library({
      'lib/pytest.ini': '[pytest]\npythonpath = src\nfilterwarnings = error\n',
      'lib/src/greet.py': 'def cut(x, digits=2):\n    return round(x, digits)\n',
      'lib/tests/test_greet.py': test('digits'),
    });
    workspace.write({
      'lib/src/greet.py':
        'import warnings\n\n\ndef cut(x, places=2, digits=None):\n    if digits is not None:\n' +
        '        warnings.warn("digits is deprecated: give places", DeprecationWarning)\n' +
        '        places = digits\n    return round(x, places)\n',
    });
    const record = await sentry(workspace);
    expect(record.failures).toMatchObject([
      { outcome: 'repaired', tier: 'mechanical', strategy: 'deprecated-argument' },
    ]);
    workspace.git('apply', PATCH);
    expect(workspace.read('lib/tests/test_greet.py')).toBe(test('places'));
  });

  it('expect the category by which the change warns now', async () => {
    const old = (category: string): string =>
      `import warnings\n\n\ndef old():\n    warnings.warn("old", ${category}, stacklevel=2)\n`;
    const test = (category: string): string =>
      `import pytest\nfrom greet import old\n\n\ndef test_old():\n    with pytest.warns(${category}):\n        old()\n`;
    const workspace = library({
      'lib/src/greet.py': old('DeprecationWarning'),
      'lib/tests/test_greet.py': test('DeprecationWarning'),
    });
    workspace.write({ 'lib/src/greet.py': old('FutureWarning') });
    const record = await sentry(workspace);
    expect(record.failures).toMatchObject([{ outcome: 'repaired', strategy: 'warns-type' }]);
    workspace.git('apply', PATCH);
    expect(workspace.read('lib/tests/test_greet.py')).toBe(test('FutureWarning'));
  });

  it('expect what the documentation says now, of a value that no literal gives', async () => {
    const source = (length: number, example: string): string =>
      `def cut(text):\n    \"\"\"Cut a text.\n\n    >>> cut("abcdef")\n    '${example}'\n    \"\"\"\n    return text[:${length}] + "-"\n`;
    const test = (value: string): string =>
      `from greet import cut\n\n\ndef test_cut():\n    assert cut("abcdef") == "${value}"\n`;
    const workspace = library({
      'lib/src/greet.py': source(3, 'abc-'),
      'lib/tests/test_greet.py': test('abc-'),
    });
    workspace.write({ 'lib/src/greet.py': source(4, 'abcd-') });
    const record = await sentry(workspace);
    expect(record.failures).toMatchObject([
      { outcome: 'repaired', tier: 'explained', evidence: [{ line: 5 }, { line: 5 }] },
    ]);
    workspace.git('apply', PATCH);
    expect(workspace.read('lib/tests/test_greet.py')).toBe(test('abcd-'));
    workspace.git('checkout', '--', 'lib');
    workspace.write({ 'lib/src/greet.py': source(4, 'abc-') });
    expect(outcomes(await sentry(workspace))).toEqual({
      'tests/test_greet.py::test_cut': 'suspected-regression',
    });
  });

  it('share one edit, where one helper made them fail', async () => {
    const workspace = library({
      'lib/tests/helpers.py': 'import greet\n\n\ndef hello(name):\n    return greet.greet(name)\n',
      'lib/tests/test_greet.py':
        'from helpers import hello\n\n\ndef test_ann():\n    assert hello("Ann") == "Hello, Ann!"\n\n\ndef test_bo():\n    assert hello("Bo") == "Hello, Bo!"\n',
    });
    workspace.write({ 'lib/src/greet.py': RENAMED });
    const record = await sentry(workspace);
    expect(outcomes(record)).toEqual({
      'tests/test_greet.py::test_ann': 'repaired',
      'tests/test_greet.py::test_bo': 'repaired',
    });
    expect(record.patch).toEqual({ files: ['lib/tests/helpers.py'], added: 1, removed: 1 });
  });

  it('are all told, where one mended import after the other brings more to light', async () => {
    const source = (name: string, sign: string): string =>
      `def ${name}(n):\n    return [n, n % 7, n % 11]\n\n\ndef step(x):\n    return x ${sign} 1\n`;
    const workspace = library({
      'lib/src/greet.py': source('buckets', '+'),
      'lib/tests/conftest.py': 'from greet import buckets\n\nBUCKETS = buckets(5)\n',
      'lib/tests/test_greet.py':
        'from greet import buckets, step\n\n\ndef test_buckets():\n    assert buckets(1)[0] == 1\n\n\ndef test_step():\n    assert step(1) == 2\n',
    });
    workspace.write({ 'lib/src/greet.py': source('slots', '-') });
    const record = await sentry(workspace);
    expect(outcomes(record)).toEqual({
      'lib/tests/conftest.py': 'repaired',
      'tests/test_greet.py': 'repaired',
      'tests/test_greet.py::test_step': 'suspected-regression',
    });
    expect(record.result).toBe('partial');
  });

  it('are all proven, where pytest is told to end with the first failure', async () => {
    const test = (name: string): string =>
      `def test_${name}():\n    assert greet("${name}") == "Hello, ${name}!"\n`;
    const workspace = library({
      'lib/tests/test_greet.py': `from greet import greet\n\n\n${test('ann')}\n\n${test('bob')}`,
    });
    workspace.write({ 'lib/src/greet.py': REWORDED });
    const record = await sentry(workspace, { pytestArgs: ['-x'] });
    expect(outcomes(record)).toEqual({
      'tests/test_greet.py::test_ann': 'repaired',
      'tests/test_greet.py::test_bob': 'repaired',
    });
  });

  it('are called flaky, where they pass when run again', async () => {
    const workspace = library({
      'lib/tests/test_flaky.py':
        'import os, pathlib\n\n\ndef test_flaky():\n    seen = pathlib.Path(os.environ["SEEN"])\n    first = not seen.exists()\n    seen.touch()\n    assert not first\n',
    });
    workspace.write({ 'lib/src/greet.py': REWORDED });
    process.env['SEEN'] = join(workspace.root, '.seen');
    const record = await sentry(workspace);
    delete process.env['SEEN'];
    expect(outcomes(record)).toEqual({
      'tests/test_flaky.py::test_flaky': 'flaky',
      'tests/test_greet.py::test_greet': 'repaired',
    });
    expect(record.result).toBe('partial');
  });

  it('are edited only where they failed, if a name means two objects', async () => {
    const source = (name: string): string =>
      `class A:\n    def ${name}(self, n):\n        return [n, n, n] and n + 6\n\n\nclass B:\n    def total(self, n):\n        return 100\n`;
    const workspace = library({
      'lib/src/greet.py': source('total'),
      'lib/tests/test_greet.py':
        'from greet import A, B\n\n\ndef test_both():\n    x = A()\n    assert x.total(1) == 7\n    x = B()\n    assert x.total(1) == 100\n',
    });
    workspace.write({ 'lib/src/greet.py': source('summed') });
    const record = await sentry(workspace);
    expect(record.result).toBe('repaired');
    expect(record.failures[0]?.edits).toMatchObject([{ line: 6, after: 'summed' }]);
  });
});

describe('the old source is told from the new one', () => {
  it('through an editable install that leads into the workspace', async () => {
    const workspace = library({
      'lib/pyproject.toml': '[project]\nname = "greet"\nversion = "1"\n',
    });
    await workspace.run(PYTHON, ['-m', 'venv', '--without-pip', '.nx/editable']);
    const site = (environment: string): string => {
      const lib = join(environment, 'lib');
      return join(
        lib,
        readdirSync(lib).find((name) => name.startsWith('python'))!,
        'site-packages',
      );
    };
    const own = site(join(workspace.root, '.nx/editable'));
    writeFileSync(join(own, 'greet.pth'), `${join(workspace.root, 'lib/src')}\n`);
    writeFileSync(join(own, 'pytest.pth'), `${site(PYTHON_ENVIRONMENT)}\n`);
    workspace.write({ 'lib/src/greet.py': REWORDED });
    const record = await sentry(workspace, { python: '.nx/editable/bin/python' });
    expect(record).toMatchObject({ result: 'repaired', verification: { failOnOldSource: 1 } });
  });

  it('for a package at the top of the project, and for workers of xdist where it is there', async () => {
    const hasXdist = spawnSync(PYTHON, ['-c', 'import xdist']).status === 0;
    const workspace = library({
      'lib/pyproject.toml': '[project]\nname = "greet"\nversion = "1"\n',
      'lib/greet/__init__.py': LIBRARY['lib/src/greet.py']!,
    });
    workspace.git('rm', '--quiet', '-r', 'lib/src');
    workspace.commit('flat');
    mkdirSync(join(workspace.root, 'lib/greet'), { recursive: true });
    workspace.write({ 'lib/greet/__init__.py': REWORDED });
    const record = await sentry(workspace, { pytestArgs: hasXdist ? ['-n', '2'] : [] });
    expect(record).toMatchObject({
      result: 'repaired',
      verification: { tests: 2, failOnOldSource: 1 },
    });
  });
});
