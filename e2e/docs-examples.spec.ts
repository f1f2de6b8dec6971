import { spawnSync } from 'node:child_process';
import { delimiter, join } from 'node:path';
import type { DocRequest, RunRecord } from 'sentries-core';
import { PYTHON } from '../tools/paths';
import type { Files, Workspace } from '../tools/workspace';
import { docSentry, documented } from './docs-library';
import { HAS_PIP, pipFolder } from './pip-folder';

const PATCH = '.sentries/acme/sentry-doc/changes.patch';

const project = (options: string, more = ''): string =>
  `[project]\nname = "acme"\nversion = "1"\n[tool.pytest.ini_options]\npythonpath = ["src"]\naddopts = "${options}"\n${more}`;

/** A module with a function that has a doctest, and another function. */
const hello = (word: string, name = 'greet', told = 'Hello'): string =>
  `"""Greetings."""\n\n\ndef ${name}(name):\n    """Greets.\n\n    >>> ${name}("Ann")\n    '${told}, Ann!'\n    """\n    return f"${word}, {name}!"\n\n\ndef shout(name):\n    return ${name}(name).upper()\n`;

const USAGE =
  'Usage\n=====\n\n    >>> from acme.hello import greet\n    >>> greet("Ann")\n    \'Hello, Ann!\'\n\nTwo::\n\n    >>> for name in "ab":\n    ...     print(greet(name))\n    Hello, a!\n    Hello, b!\n';

const CHANGE = 'lib/src/acme/hello.py';

/** A library whose project has pytest run examples. */
const library = (options: string, files: Files = {}): Workspace =>
  documented({ 'lib/pyproject.toml': project(options), [CHANGE]: hello('Hello'), ...files });

const told = ({ failures }: RunRecord): Record<string, string> =>
  Object.fromEntries(
    failures.map(({ id, outcome, strategy }) => [
      id.replace('lib/', ''),
      `${outcome} by ${strategy}`,
    ]),
  );

const ALL = '--doctest-modules --doctest-glob=*.rst --doctest-glob=*.md';

describe('given a change, the examples of documentation that the project has pytest run', () => {
  it('get the output that the change explains: on a page, and in a docstring', async () => {
    const workspace = library(ALL, { 'lib/docs/usage.rst': USAGE });
    workspace.write({ [CHANGE]: hello('Good day') });
    const record = await docSentry(workspace);
    expect(told(record)).toEqual({
      'docs/usage.rst:6': 'repaired by doc-example-output',
      'src/acme/hello.py:8': 'repaired by doc-example-output',
    });
    expect(record).toMatchObject({
      result: 'repaired',
      failures: [{ tier: 'explained' }, { tier: 'explained' }],
      verification: { ran: 3, mended: 2, notRun: null },
    });
    workspace.git('apply', PATCH);
    expect(workspace.read('lib/docs/usage.rst')).toBe(USAGE.replaceAll('Hello', 'Good day'));
    expect(workspace.read(CHANGE)).toBe(hello('Good day', 'greet', 'Good day'));
    expect(await docSentry(workspace)).toMatchObject({ result: 'green', failures: [] });
  });

  it('get the new name of a function, and then its new output', async () => {
    const workspace = library(ALL, {
      'lib/docs/usage.md': `# Usage\n\n\`\`\`pycon\n${USAGE.split('\n').slice(3, 6).join('\n').replace(/^ {4}/gm, '')}\n\n\`\`\`\n`,
    });
    const page = workspace.read('lib/docs/usage.md');
    workspace.write({ [CHANGE]: hello('Good day', 'salute') });
    const record = await docSentry(workspace, { docstrings: false });
    expect(told(record)).toEqual({
      'docs/usage.md:4': 'repaired by doc-renamed-symbol',
      'docs/usage.md:5': 'repaired by doc-renamed-symbol',
      'docs/usage.md:6': 'repaired by doc-example-output',
    });
    workspace.git('apply', PATCH);
    expect(workspace.read('lib/docs/usage.md')).toBe(
      page
        .replace('import greet', 'import salute')
        .replace('greet(', 'salute(')
        .replace('Hello', 'Good day'),
    );
  });

  it('are run to prove the edits of names alone', async () => {
    const workspace = library(ALL, { 'lib/docs/usage.rst': USAGE });
    workspace.write({ [CHANGE]: hello('Hello', 'salute') });
    const record = await docSentry(workspace);
    expect(new Set(Object.values(told(record)))).toEqual(
      new Set(['repaired by doc-renamed-symbol']),
    );
    expect(record.verification).toMatchObject({ ran: 3, mended: 0, notRun: null });
  });

  it.each<{ what: string; changed: string; reason: string }>([
    {
      what: 'nothing in the change explains what they print',
      changed: hello('Hello').replace('return f"', 'return 2 * f"'),
      reason: 'which nothing in the change explains',
    },
    {
      what: 'they print another thing each time',
      changed: hello('Hello').replace('return f"', 'return f"{object.__hash__(name)}'),
      reason: 'they are not deterministic',
    },
    {
      what: 'the changed code breaks',
      changed: hello('Hello').replace('return f"', 'name.gone\n    return f"'),
      reason: 'AttributeError happened in lib/src/acme/hello.py:10',
    },
  ])('stay as they are where $what', async ({ changed, reason }) => {
    const workspace = library(ALL, { 'lib/docs/usage.rst': USAGE });
    workspace.write({ [CHANGE]: changed });
    const record = await docSentry(workspace);
    const ids = ['docs/usage.rst', 'src/acme/hello.py'];
    expect(record.failures.map(({ id }) => id.replace(/^lib\/|:\d+$/g, ''))).toEqual(ids);
    for (const failure of record.failures) expect(failure.reason).toContain(reason);
    expect(record).toMatchObject({ result: 'unrepaired', patch: null });
    if (reason.includes('explains'))
      expect(record.failures[0]).toMatchObject({
        outcome: 'suspected-regression',
        edits: [{ before: "'Hello, Ann!'", after: "'Hello, Ann!Hello, Ann!'" }],
        suspects: [{ file: CHANGE, line: 10 }],
      });
  });

  it('stay red where a literal of the change looks like the cause, and is not', async () => {
    const counting = (limit: number, less: string): string =>
      `LIMIT = ${limit}\n\n\ndef count(items):\n    """Counts.\n\n    >>> count("abc")\n    3\n    """\n    return len(items)${less}\n`;
    const workspace = library(ALL, {
      'lib/src/acme/counts.py': counting(3, ''),
      'lib/docs/counts.rst': '>>> from acme.counts import count\n>>> count("abc")\n3\n',
    });
    workspace.write({ 'lib/src/acme/counts.py': counting(2, ' - 1') });
    const record = await docSentry(workspace);
    expect(record).toMatchObject({ result: 'unrepaired', patch: null });
    expect(record.failures.map(({ id, outcome, reason }) => [id, outcome, reason])).toEqual(
      ['lib/docs/counts.rst:3', 'lib/src/acme/counts.py:8'].map((id) => [
        id,
        'suspected-regression',
        expect.stringContaining('that is not the cause') as string,
      ]),
    );
  });

  it('may be made to fit what nothing explains, where that is asked for', async () => {
    const workspace = library(ALL, { 'lib/docs/usage.rst': USAGE });
    workspace.write({ [CHANGE]: hello('Hello').replace('return f"', 'return 2 * f"') });
    const record = await docSentry(workspace, { accept: 'all' });
    expect(record.failures.map(({ tier, outcome }) => [tier, outcome])).toEqual([
      ['unexplained', 'repaired'],
      ['unexplained', 'repaired'],
    ]);
  });

  it('are only told of in mode report, with what would be done', async () => {
    const workspace = library(ALL, { 'lib/docs/usage.rst': USAGE });
    workspace.write({ [CHANGE]: hello('Good day') });
    const record = await docSentry(workspace, { mode: 'report' });
    expect(record).toMatchObject({ result: 'unrepaired', patch: null, verification: null });
    expect(record.failures.map(({ edits }) => edits.length)).toEqual([1, 1]);
  });

  it('take back the edit of a name that breaks one', async () => {
    const page = '>>> import acme.hello\n>>> acme.hello.greet("Ann")\n\'Hello, Ann!\'\n';
    const workspace = library(ALL, {
      'lib/docs/usage.rst': page,
      'lib/docs/conftest.py':
        'import acme.hello as hello\n\nif "salute" in vars(hello):\n    hello.greet = vars(hello).pop("salute")\n',
      'lib/docs/other.rst': 'Use :func:`acme.hello.greet`.\n',
    });
    workspace.write({ [CHANGE]: hello('Hello', 'salute') });
    const record = await docSentry(workspace, { docstrings: false });
    expect(told(record)).toEqual({
      'docs/other.rst:1': 'repaired by doc-renamed-symbol',
      'docs/usage.rst:2': 'unrepaired by doc-renamed-symbol',
    });
    expect(record.failures[1]!.reason).toContain(
      'with its edit the example docs/usage.rst::usage.rst does not pass any more',
    );
  });

  it('keep no edit out where they fail now and then', async () => {
    const workspace = library(ALL, { 'lib/docs/other.rst': 'Use :func:`acme.hello.greet`.\n' });
    // Beside the library: what is in it, each copy has anew.
    const log = join(workspace.root, 'runs.txt');
    workspace.write({
      'runs.txt': '',
      'lib/docs/runs.rst': `>>> from pathlib import Path\n>>> log = Path(${JSON.stringify(log)})\n>>> _ = log.write_text(log.read_text() + "x")\n>>> len(log.read_text()) == 2\nFalse\n`,
    });
    workspace.commit('an example that fails the second time');
    workspace.write({ [CHANGE]: hello('Hello', 'salute') });
    const record = await docSentry(workspace, { docstrings: false });
    expect(told(record)).toEqual({ 'docs/other.rst:1': 'repaired by doc-renamed-symbol' });
    expect(workspace.read('runs.txt')).toBe('xxx');
  });

  it('are no second finding where a name has gone', async () => {
    const workspace = library(ALL, { 'lib/docs/usage.rst': USAGE });
    workspace.write({ [CHANGE]: 'def shout(name):\n    return name.upper()\n' });
    const record = await docSentry(workspace);
    expect(told(record)).toMatchObject({ 'docs/usage.rst:4': 'unrepaired by null' });
    expect(record.failures.filter(({ exception }) => exception.type !== 'StaleReference')).toEqual(
      [],
    );
  });

  it('leave room in the limits of the patch for the names', async () => {
    const workspace = library(ALL, { 'lib/docs/usage.rst': USAGE });
    workspace.write({ [CHANGE]: hello('Good day', 'salute') });
    const record = await docSentry(workspace, { maxLines: 6, docstrings: false });
    expect(told(record)).toMatchObject({
      'docs/usage.rst:4': 'repaired by doc-renamed-symbol',
      'docs/usage.rst:6': 'unrepaired by doc-example-output',
    });
    expect(record.failures.find(({ id }) => id.endsWith('rst:6'))!.reason).toContain(
      'maxLines is 6',
    );
  });
});

describe('an example says nothing of the change', () => {
  it.each<{ what: string; files: Files; options?: string }>([
    {
      what: 'that failed before',
      files: { 'lib/docs/usage.rst': USAGE.replace("'Hello, Ann!'", "'Hi, Ann!'") },
    },
    {
      what: 'that leaves open what the change touches',
      files: {
        'lib/docs/usage.rst': USAGE.split('\n')
          .slice(0, 6)
          .join('\n')
          .replace('greet("Ann")', 'greet("Ann")  # doctest: +ELLIPSIS')
          .replace('Hello', '...'),
      },
    },
    {
      what: 'that is skipped',
      files: {
        'lib/docs/usage.rst': '>>> greet("Ann")  # doctest: +SKIP\n\'Hello, Ann!\'\n',
      },
    },
    {
      what: 'that pytest finds in no folder where it looks for tests',
      files: {
        'lib/pyproject.toml': project(ALL, 'testpaths = ["tests"]\n'),
        'lib/tests/test_it.py': 'def test_it(): ...\n',
        'lib/docs/usage.rst': USAGE,
      },
    },
    { what: 'of a changelog', files: { 'lib/docs/changelog.rst': USAGE } },
  ])('$what', async ({ files }) => {
    const workspace = library(ALL, files);
    workspace.write({ [CHANGE]: hello('Good day') });
    const record = await docSentry(workspace, { docstrings: false });
    expect(record).toMatchObject({ result: 'green', failures: [], patch: null });
  });
});

describe('pytest is not started', () => {
  const quiet = async (workspace: Workspace, request: Partial<DocRequest> = {}) => {
    let output = '';
    const log = (text: string): void => void (output += text);
    const record = await docSentry(workspace, { log, ...request });
    return { record, output };
  };

  it('where the project has it run no example', async () => {
    const workspace = library('', { 'lib/docs/usage.rst': USAGE });
    workspace.write({ [CHANGE]: hello('Good day', 'salute') });
    const { record, output } = await quiet(workspace);
    expect(output).not.toContain('test session starts');
    expect(record).toMatchObject({
      result: 'repaired',
      verification: { ran: 0, notRun: 'the project does not have pytest run examples' },
    });
  });

  it('where there is none; names are repaired all the same, and it is said', async () => {
    const workspace = library(ALL, { 'lib/docs/usage.rst': USAGE });
    workspace.write({ [CHANGE]: hello('Hello', 'salute') });
    const python = join(workspace.root, 'bare/bin/python');
    spawnSync(PYTHON, ['-m', 'venv', '--without-pip', join(workspace.root, 'bare')]);
    expect(await docSentry(workspace, { python })).toMatchObject({
      result: 'repaired',
      verification: { ran: 0, notRun: 'pytest is not installed for this interpreter' },
    });
  });
});

(HAS_PIP ? describe : describe.skip)('examples that plugins of pytest run', () => {
  const PLUGINS = ['pytest-markdown-docs==0.9.2', 'sybil==10.1.0'];
  const onPath = async <T>(folders: readonly string[], work: () => Promise<T>): Promise<T> => {
    process.env['PYTHONPATH'] = folders.join(delimiter);
    try {
      return await work();
    } finally {
      delete process.env['PYTHONPATH'];
    }
  };
  const PAGE =
    '# Usage\n\n```python\nfrom acme.hello import greet\n\nassert greet("Ann") == "Hello, Ann!"\n```\n';

  it.each<{ what: string; files: Files }>([
    { what: 'pytest-markdown-docs', files: { 'lib/pyproject.toml': project('--markdown-docs') } },
    {
      what: 'Sybil',
      files: {
        'lib/pyproject.toml': project('-p no:doctest'),
        'lib/conftest.py':
          'from sybil import Sybil\nfrom sybil.parsers.markdown import PythonCodeBlockParser\n\npytest_collect_file = Sybil(parsers=[PythonCodeBlockParser()], patterns=["*.md"]).pytest()\n',
      },
    },
  ])('$what: they prove edits of names, and a red one is told', async ({ files }) => {
    const folder = pipFolder('docs-plugins', ...PLUGINS);
    const make = (): Workspace => library('', { ...files, 'lib/docs/usage.md': PAGE });
    const renamed = make();
    renamed.write({ [CHANGE]: hello('Hello', 'salute') });
    const proven = await onPath([folder], () =>
      docSentry(renamed, { docPaths: ['docs/usage.md'] }),
    );
    expect(proven).toMatchObject({ result: 'repaired', verification: { ran: 1, notRun: null } });

    const broken = make();
    broken.write({ [CHANGE]: hello('Good day') });
    const red = await onPath([folder], () => docSentry(broken, { docPaths: ['docs/usage.md'] }));
    expect(red.failures.map(({ id, outcome }) => [id, outcome])).toEqual([
      ['lib/docs/usage.md:6', 'unrepaired'],
    ]);
  });

  it.each(['7.4.4', '9.0.1'])('and the doctests of pytest %s', async (version) => {
    const workspace = library(ALL, { 'lib/docs/usage.rst': USAGE });
    workspace.write({ [CHANGE]: hello('Good day') });
    const folder = pipFolder(`pytest-${version}`, `pytest==${version}`);
    const record = await onPath([folder], () => docSentry(workspace));
    expect(record).toMatchObject({ result: 'repaired', verification: { ran: 3, mended: 2 } });
  });
});
