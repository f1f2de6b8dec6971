import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Workspace } from '../tools/workspace';
import { CHANGED, docSentry, documented, DOCUMENTED } from './docs-library';

/** The library after the change, with nothing of its documentation touched. */
function changed(): Workspace {
  const workspace = documented({
    'nx.json': '{"plugins": ["nx-sentries"]}',
    'package.json': '{"name": "demo", "private": true}',
  });
  workspace.write(CHANGED);
  rmSync(join(workspace.root, 'lib/src/acme/rates.py'));
  return workspace;
}

const DOCS = ['lib/README.md', 'lib/docs/api.rst', 'lib/docs/guide.md', 'lib/src/acme/money.py'];

describe('given a function renamed, its default changed and a module moved, sentry-doc', () => {
  it('proposes a patch that leaves no stale name in any docs, and the changelog alone', async () => {
    const workspace = changed();
    const record = await docSentry(workspace);
    expect(record).toMatchObject({
      sentry: 'sentry-doc',
      result: 'repaired',
      patch: { files: DOCS },
      verification: { repaired: record.failures.length, examples: 1 },
    });
    expect(new Set(record.failures.map(({ tier }) => tier))).toEqual(
      new Set(['mechanical', 'explained']),
    );
    expect(record.failures.map(({ id }) => id)).toContain('lib/docs/guide.md:8');

    workspace.git('apply', '.sentries/acme/sentry-doc/changes.patch');
    expect(workspace.read('lib/README.md')).toContain(
      'from acme.money import exchange\nfrom acme.tables import rate\n\nprint(exchange(3, unit="USD"), rate("EUR"))',
    );
    expect(workspace.read('lib/README.md')).toContain('We convert with care.');
    expect(workspace.read('lib/docs/guide.md')).toContain('| `unit` | `"USD"` |');
    expect(workspace.read('lib/docs/api.rst')).toBe(
      'API\n===\n\n.. automodule:: acme.tables\n\n.. function:: acme.money.exchange(amount, unit="USD")\n\n   Converts. See :func:`acme.money.exchange`.\n',
    );
    expect(workspace.read('lib/src/acme/money.py')).toContain('Defaults to "USD".');
    expect(workspace.read('lib/CHANGELOG.md')).toBe(DOCUMENTED['lib/CHANGELOG.md']);
    expect((await docSentry(workspace)).result).toBe('green');
  });

  it('acts through Nx: on affected projects, by its mode, and is green the second time', async () => {
    const workspace = changed();
    const proposed = await workspace.nx(['affected', '-t', 'sentry-doc', '--base=main']);
    expect(proposed).toMatchObject({ code: 0 });
    expect(proposed.output).toContain('.sentries/acme/sentry-doc/changes.patch');
    expect(workspace.git('status', '--short', '--', ...DOCS).trim()).toBe(
      'M lib/src/acme/money.py',
    );

    const applied = await workspace.nx(['run', 'acme:sentry-doc', '--mode=apply']);
    expect(applied).toMatchObject({ code: 0 });
    for (const path of DOCS) expect(applied.output).toContain(path);
    expect(workspace.read('lib/docs/guide.md')).toContain('## `acme.money.exchange`');

    const again = await workspace.nx(['run', 'acme:sentry-doc', '--mode=apply']);
    expect(again).toMatchObject({ code: 0 });
    expect(workspace.record('acme', 'sentry-doc')).toMatchObject({ result: 'green', patch: null });
  });

  it('says that no model mends documentation', async () => {
    const record = await docSentry(changed(), { strategy: 'model' });
    expect(record).toMatchObject({
      result: 'error',
      error: { message: 'no model mends documentation yet' },
    });
  });

  it('only says what it would do in mode report, and makes no more than the tiers it may', async () => {
    const report = await docSentry(changed(), { mode: 'report' });
    expect(report).toMatchObject({ result: 'unrepaired', patch: null });
    expect(report.failures[0]!.edits).not.toEqual([]);
    const mechanical = await docSentry(changed(), { accept: 'mechanical' });
    expect(mechanical.result).toBe('partial');
    expect(mechanical.failures.filter(({ tier }) => tier === 'explained')).not.toEqual([]);
    for (const { tier, outcome } of mechanical.failures)
      if (tier === 'explained') expect(outcome).toBe('unrepaired');
  });

  it('looks where its options say', async () => {
    const files = async (request: Parameters<typeof docSentry>[1]) =>
      (await docSentry(changed(), request)).patch?.files;
    expect(await files({ docPaths: ['docs'], docstrings: false })).toEqual([
      'lib/docs/api.rst',
      'lib/docs/guide.md',
    ]);
    expect(await files({ docPaths: [] })).toEqual(['lib/src/acme/money.py']);
    expect(await files({ maxFiles: 1 })).toEqual(['lib/README.md']);
  });
});

describe('sentry-doc has nothing to say', () => {
  it.each<{ what: string; files: Readonly<Record<string, string>> }>([
    {
      what: 'of a change that touches nothing documented',
      files: {
        'lib/src/acme/money.py': `${String(DOCUMENTED['lib/src/acme/money.py'])}\n\ndef triple(amount):\n    return convert(amount * 3)\n`,
      },
    },
    {
      what: 'of a change of the docs alone',
      files: { 'lib/docs/guide.md': '# Guide\n\nSee `acme.money.nowhere`.\n' },
    },
    {
      what: 'of what was stale before',
      files: {
        'lib/src/acme/rates.py':
          'TABLE = {"EUR": 2.0}\n\n\ndef rate(unit):\n    return TABLE[unit]\n',
      },
    },
  ])('$what', async ({ files }) => {
    const workspace = documented({ 'lib/docs/old.md': 'See `acme.money.gone()`.\n' });
    workspace.write(files);
    expect(await docSentry(workspace)).toMatchObject({
      result: 'green',
      failures: [],
      patch: null,
    });
  });
});

describe('what no rule is sure of is said, and left as it is', () => {
  it('a removed function, a removed parameter', async () => {
    const page =
      '# Use\n\n```python\nfrom acme.rates import rate\n\nrate("EUR", day=1)\n```\n\nOr `acme.money.convert(1)`.\n';
    const workspace = documented({
      'lib/docs/use.md': page,
      'lib/src/acme/rates.py': 'def rate(unit, day=0):\n    return unit, day\n',
    });
    workspace.write({
      'lib/src/acme/rates.py': 'def rate(unit):\n    return unit\n',
      'lib/src/acme/money.py': 'RATE = 1\n',
    });
    const record = await docSentry(workspace, { docPaths: ['docs/use.md'], docstrings: false });
    expect(record).toMatchObject({ result: 'unrepaired', patch: null });
    expect(record.failures.map(({ id, reason }) => [id, reason])).toEqual([
      [
        'lib/docs/use.md:6',
        expect.stringContaining('the change removed the parameter day of acme.rates.rate'),
      ],
      ['lib/docs/use.md:9', expect.stringContaining('the change removed acme.money.convert')],
    ]);
    expect(workspace.read('lib/docs/use.md')).toBe(page);
  });
});
