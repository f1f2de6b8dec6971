import { documented, docSentry } from './docs-library';

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
