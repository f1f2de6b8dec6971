import { defaultTestPaths, testPaths } from './allowlist';

describe('what is test by default', () => {
  const tests = testPaths('libs/money', defaultTestPaths());

  it.each([
    'libs/money/tests/test_a.py',
    'libs/money/tests/helpers.py',
    'libs/money/tests/deep/er/conftest.py',
    'libs/money/test/a.py',
    'libs/money/src/acme/tests/test_a.py',
    'libs/money/acme/tests/a.py',
    'libs/money/acme/test_a.py',
    'libs/money/acme/deep/a_test.py',
    'libs/money/a_test.py',
    'libs/money/src/acme/conftest.py',
    'libs/money/conftest.py',
    'libs/money/tests/with space/é.py',
  ])('%s may be edited', (path) => {
    expect([tests.isTest(path), tests.isEditable(path)]).toEqual([true, true]);
  });

  it.each([
    'libs/money/tests/data.json',
    'libs/money/tests/test_a.pyc',
    'libs/money/tests/x',
    'libs/money/tests/.hidden/a.py',
    'libs/money/tests/requirements.txt',
    'libs/money/tests/Requirements-dev.TXT',
    'libs/money/tests/setup.py',
    'libs/money/tests/sitecustomize.py',
  ])('%s belongs to the tests, but is not edited', (path) => {
    expect([tests.isTest(path), tests.isEditable(path)]).toEqual([true, false]);
  });

  it.each([
    'libs/money/src/acme/money.py',
    'libs/money/src/acme/test_a.py',
    'libs/money/src/ab_test.py',
    'libs/money/src/lab/tests/registry.py',
    'libs/money/src/testing/a.py',
    'libs/money/src/acme/contest_a.py',
    'libs/money/attests/a.py',
    'libs/other/tests/test_a.py',
    'libs/money2/tests/test_a.py',
    'tests/test_a.py',
    'libs/money/tests/../src/acme/money.py',
    '../libs/money/tests/test_a.py',
    'libs/money',
  ])('%s is none', (path) => {
    expect([tests.isTest(path), tests.isEditable(path)]).toEqual([false, false]);
  });
});

describe('what is test where pytest has testpaths', () => {
  const tests = testPaths('lib', defaultTestPaths(['app', 'checks/tests']));

  it.each([
    ['lib/checks/tests/helpers.py', true],
    ['lib/tests/helpers.py', true],
    ['lib/app/test_a.py', true],
    ['lib/app/deep/conftest.py', true],
    ['lib/app/model.py', false],
    ['lib/shop/ab_test.py', false],
  ])('%s: %s', (path, expected) => {
    expect(tests.isEditable(path)).toBe(expected);
  });
});

describe('globs of a project’s own', () => {
  it.each([
    ['checks', 'lib/checks/a.py', true],
    ['checks/', 'lib/checks/deep/a.py', true],
    ['./checks', 'lib/checks/a.py', true],
    ['checks/*.py', 'lib/checks/a.py', true],
    ['checks/*.py', 'lib/checks/deep/a.py', false],
    ['checks', 'lib/tests/test_a.py', false],
    ['test_one.py', 'lib/test_one.py', true],
    ['test_one.py', 'lib/test_two.py', false],
    ['{a,b}/**', 'lib/b/x.py', true],
  ])('%s of lib, %s: %s', (glob, path, expected) => {
    expect(testPaths('lib', [glob]).isEditable(path)).toBe(expected);
  });

  it('of a project that is the workspace go from there', () => {
    expect(testPaths('.', ['tests']).isEditable('tests/a.py')).toBe(true);
    expect(testPaths('.', ['tests']).isEditable('lib/tests/a.py')).toBe(false);
  });

  it('that are none allow nothing', () => {
    expect(testPaths('.', []).isTest('tests/test_a.py')).toBe(false);
  });
});
