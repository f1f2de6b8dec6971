import { greeting, library, outcomes, REWORDED, sentry } from './library';

const PATCH = '.sentries/greet/sentry-test/changes.patch';
const project = (options: string): string =>
  `[project]\nname = "greet"\nversion = "1"\n[tool.pytest.ini_options]\npythonpath = ["src"]\naddopts = "${options}"\n`;
const USAGE =
  'Usage\n=====\n\n    >>> from greet import greet\n    >>> greet("Ann")\n    \'Hello, Ann!\'\n\nA list:\n\n    >>> for name in "ab":\n    ...     print(greet(name))\n    Hello, a!\n    Hello, b!\n';

describe('given a change, the doctests that fail', () => {
  it.each(['', ' --doctest-continue-on-failure'])(
    'are repaired to the end in a text of the tests%s',
    async (options) => {
      const workspace = library({
        'lib/pyproject.toml': project(`--doctest-glob=*.rst${options}`),
        'lib/tests/usage.rst': USAGE,
      });
      workspace.write({ 'lib/src/greet.py': REWORDED });
      const record = await sentry(workspace);
      expect(outcomes(record)).toEqual({
        'tests/test_greet.py::test_greet': 'repaired',
        'tests/usage.rst::usage.rst': 'repaired',
      });
      expect(record.failures[1]).toMatchObject({ tier: 'explained', strategy: 'doctest-output' });
      workspace.git('apply', PATCH);
      expect(workspace.read('lib/tests/usage.rst')).toBe(USAGE.replaceAll('Hello', 'Good day'));
    },
  );

  it('get the new name of a function, and then its new output', async () => {
    const workspace = library({
      'lib/pyproject.toml': project('--doctest-glob=*.rst'),
      'lib/tests/usage.rst': USAGE,
    });
    workspace.write({ 'lib/src/greet.py': greeting('salute', 'Good day') });
    const record = await sentry(workspace);
    expect(outcomes(record)['tests/usage.rst::usage.rst']).toBe('repaired');
    workspace.git('apply', PATCH);
    expect(workspace.read('lib/tests/usage.rst')).toBe(
      USAGE.replace('import greet', 'import salute')
        .replaceAll('greet(', 'salute(')
        .replaceAll('Hello', 'Good day'),
    );
  });

  it('stay red, where nothing in the change explains what they print', async () => {
    const workspace = library({
      'lib/pyproject.toml': project('--doctest-glob=*.rst'),
      'lib/tests/usage.rst': USAGE,
    });
    const broken = greeting('greet', 'Hello').replace('return f"', 'return 2 * f"');
    workspace.write({ 'lib/src/greet.py': broken });
    const record = await sentry(workspace);
    expect(outcomes(record)['tests/usage.rst::usage.rst']).toBe('suspected-regression');
    expect(record.patch).toBeNull();
  });

  it('are left alone where they are documentation, and it says whose they are', async () => {
    const documented = (word: string): string =>
      greeting('greet', word).replace(
        ':\n',
        ':\n    """\n    >>> greet("Ann")\n    \'Hello, Ann!\'\n    """\n',
      );
    const workspace = library({
      'lib/pyproject.toml': project('--doctest-modules --doctest-glob=*.rst'),
      'lib/src/greet.py': documented('Hello'),
      'lib/docs/usage.rst': USAGE,
    });
    workspace.write({ 'lib/src/greet.py': documented('Good day') });
    const record = await sentry(workspace);
    expect(outcomes(record)).toEqual({
      'docs/usage.rst::usage.rst': 'unrepaired',
      'src/greet.py::greet.greet': 'unrepaired',
      'tests/test_greet.py::test_greet': 'repaired',
    });
    const reasons = record.failures.map(({ reason }) => reason).join('\n');
    expect(reasons).toContain('a docstring of lib/src/greet.py, which is no test file');
    expect(reasons).toContain('lib/docs/usage.rst, which is none of the test files');
    expect(record.patch?.files).toEqual(['lib/tests/test_greet.py']);
  });
});
