import type { Workspace } from '../tools/workspace';
import { CHANGED, docSentry, documented, DOCUMENTED } from './docs-library';

/** A module with one function. */
const units = (head: string, docstring: string): string =>
  `"""Units."""\n\n\ndef ${head}:\n    """${docstring}"""\n    return size\n`;

/** What becomes of a docstring when the head line of its function changes. */
async function mended(old: string, now: string, docstring: string, left = docstring) {
  const workspace = documented({ 'lib/src/acme/units.py': units(old, docstring) });
  workspace.write({ 'lib/src/acme/units.py': units(now, docstring) });
  const record = await docSentry(workspace);
  if (record.patch) workspace.git('apply', '.sentries/acme/sentry-doc/changes.patch');
  expect(workspace.read('lib/src/acme/units.py')).toBe(units(now, left));
  return record;
}

const GOOGLE =
  'Scales.\n\n    Args:\n        size (int): How large.\n        by (int): How much,\n            as a factor.\n\n            Defaults to 2.\n        unit (str): Of what.\n\n    Returns:\n        int: The size.\n    ';
const NUMPY =
  'Scales.\n\n    Parameters\n    ----------\n    size : int\n        How large.\n\n    by : int\n        How much.\n\n    Returns\n    -------\n    int\n    ';
const SPHINX =
  'Scales.\n\n    :param size: How large.\n    :param by: How much,\n        as a factor.\n    :type by: int\n    :returns: The size.\n    ';

describe('given a parameter removed, its entry goes from the docstring', () => {
  it.each<{ style: string; docstring: string; left: string }>([
    {
      style: 'Google',
      docstring: GOOGLE,
      left: GOOGLE.replace(/ {8}by [^]*Defaults to 2\.\n/, ''),
    },
    {
      style: 'NumPy',
      docstring: NUMPY,
      left: NUMPY.replace('    by : int\n        How much.\n\n', ''),
    },
    {
      style: 'Sphinx',
      docstring: SPHINX,
      left: SPHINX.replace(/ {4}:param by:[^]*int\n/, ''),
    },
  ])('of $style', async ({ docstring, left }) => {
    const unit = docstring === GOOGLE ? ', unit="m"' : '';
    const record = await mended(`scale(size, by=2${unit})`, `scale(size${unit})`, docstring, left);
    expect(record).toMatchObject({ result: 'repaired', patch: { added: 0 } });
    expect(record.failures[0]).toMatchObject({
      tier: 'mechanical',
      strategy: 'doc-removed-parameter',
    });
  });

  it('but not where it is all that the section tells', async () => {
    const docstring = 'Scales.\n\n    Args:\n        by (int): How much.\n    ';
    const record = await mended('scale(size, by=2)', 'scale(size)', docstring);
    expect(record).toMatchObject({ result: 'unrepaired', patch: null });
    expect(record.failures[0]!.reason).toContain('it is the only one that is told there');
  });
});

it('given another return type, signature and docstring say so', async () => {
  const page = 'Units\n=====\n\n.. function:: acme.units.scale(size) -> int\n';
  const workspace = documented({
    'lib/src/acme/units.py': units('scale(size) -> int', GOOGLE),
    'lib/docs/units.rst': page,
  });
  workspace.write({ 'lib/src/acme/units.py': units('scale(size) -> float', GOOGLE) });
  const record = await docSentry(workspace);
  expect(record).toMatchObject({ result: 'repaired', patch: { added: 2, removed: 2 } });
  expect(record.failures.map(({ id, strategy, tier }) => [id, strategy, tier])).toEqual([
    ['lib/docs/units.rst:4', 'doc-changed-return', 'explained'],
    ['lib/src/acme/units.py:16', 'doc-changed-return', 'explained'],
  ]);
  expect(after(workspace, 'lib/docs/units.rst')).toBe(page.replace('int', 'float'));
  expect(workspace.read('lib/src/acme/units.py')).toBe(
    units('scale(size) -> float', GOOGLE.replace('int: The', 'float: The')),
  );
});

/** The text of a file after the patch of a run. */
function after(workspace: Workspace, path: string): string {
  workspace.git('apply', '.sentries/acme/sentry-doc/changes.patch');
  return workspace.read(path);
}

it('given a parameter added and an exception exchanged, signature and docstring say so, and a note where more is to be said', async () => {
  const code = (parameters: string, error: string): string =>
    `"""Units."""\n\n\ndef scale(${parameters}):\n    """Scales.\n\n    Args:\n        size: How large.\n\n    Raises:\n        ${'ValueError'}: If it is negative.\n    """\n    if size < 0:\n        raise ${error}(size)\n    return size\n`;
  const page = '# Units\n\n## `acme.units.scale(size)`\n\nScales.\n';
  const workspace = documented({
    'lib/src/acme/units.py': code('size', 'ValueError'),
    'lib/docs/units.md': page,
    'lib/docs/units.rst': 'Units\n=====\n\n.. function:: acme.units.scale(size)\n',
  });
  workspace.write({ 'lib/src/acme/units.py': code('size, by=2', 'OverflowError') });
  const record = await docSentry(workspace);
  expect(record).toMatchObject({
    result: 'repaired',
    notes: [
      {
        file: 'lib/src/acme/units.py',
        line: 8,
        says: 'acme.units.scale takes by now; here its other parameters are told',
      },
    ],
  });
  expect(record.failures.map(({ id, strategy, tier }) => [id, strategy, tier])).toEqual([
    ['lib/docs/units.md:3', 'doc-added-parameter', 'mechanical'],
    ['lib/docs/units.rst:4', 'doc-added-parameter', 'mechanical'],
    ['lib/src/acme/units.py:11', 'doc-changed-exception', 'explained'],
  ]);
  expect(after(workspace, 'lib/docs/units.md')).toContain('## `acme.units.scale(size, by=2)`');
  expect(workspace.read('lib/docs/units.rst')).toContain('acme.units.scale(size, by=2)');
  expect(workspace.read('lib/src/acme/units.py')).toContain('        OverflowError: If it');
  const report = workspace.read('.sentries/acme/sentry-doc/report.md');
  expect(report).toContain('Worth a look: no failures');
});

describe('links to headings', () => {
  const GUIDE = '# Guide\n\n## Setting up\n\nInstall it.\n\nRun it.\n';

  it('follow a heading that the change exchanged', async () => {
    const workspace = documented({
      'lib/docs/guide.md': GUIDE,
      'lib/README.md': '# acme\n\nSee [here](docs/guide.md#setting-up).\n',
    });
    workspace.write({ 'lib/docs/guide.md': GUIDE.replace('Setting up', 'Getting started') });
    expect(await docSentry(workspace)).toMatchObject({
      result: 'repaired',
      failures: [{ id: 'lib/README.md:3', strategy: 'doc-moved-anchor', tier: 'mechanical' }],
    });
    expect(after(workspace, 'lib/README.md')).toContain('(docs/guide.md#getting-started)');
  });

  const LINKED = `[There](#acmemoneyconvert).\n\n${String(DOCUMENTED['lib/docs/guide.md'])}`;
  const only = { docPaths: ['docs/guide.md'], docstrings: false };

  it('follow a heading that the patch itself edits, on its page', async () => {
    const workspace = documented({ 'lib/docs/guide.md': LINKED });
    workspace.write(CHANGED);
    expect(await docSentry(workspace, only)).toMatchObject({ result: 'repaired' });
    expect(after(workspace, 'lib/docs/guide.md')).toContain('[There](#acmemoneyexchange).');
    expect((await docSentry(workspace, only)).result).toBe('green');
  });

  it('keep a heading from an edit that they could not follow', async () => {
    const workspace = documented({
      'lib/README.md': '# acme\n\nSee [here](docs/guide.md#acmemoneyconvert).\n',
    });
    workspace.write(CHANGED);
    const record = await docSentry(workspace, only);
    const heading = record.failures.find(({ place }) => place!.line === 3);
    expect(heading!.outcome).toBe('unrepaired');
    expect(heading!.reason).toContain('README.md:3 would not lead to its heading any more');
  });
});
