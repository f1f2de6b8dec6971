import { readFileSync, rmSync, symlinkSync } from 'node:fs';
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
      verification: { repaired: record.failures.length, examples: 2 },
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

describe('odd files keep what was not edited', () => {
  const NAMED = 'Use `acme.money.convert`.';
  const edited = (text: string): string => text.replace('convert', 'exchange');

  it.each<{ what: string; path: string; bytes: Buffer }>([
    { what: 'CRLF and tabs', path: 'a.md', bytes: Buffer.from(`# A\r\n\r\n-\t${NAMED}\r\n`) },
    { what: 'no UTF-8', path: 'c.md', bytes: Buffer.from(`Z\xfcrich. ${NAMED}\n`, 'latin1') },
    { what: 'a byte order mark', path: 'd.md', bytes: Buffer.from(`\ufeff${NAMED}\n`) },
    { what: 'no end of its last line', path: 'e.md', bytes: Buffer.from(NAMED) },
    {
      what: 'a carriage return within a line',
      path: 'i.md',
      bytes: Buffer.from(`# A\n\nx\ry ${NAMED}\n\n\n\n\nz\n`),
    },
    {
      what: 'a fence in a quote in a list',
      path: 'f.md',
      bytes: Buffer.from(
        '- > ```python\n  > import acme.money\n  > acme.money.convert(1)\n  > ```\n',
      ),
    },
    { what: 'HTML that is not closed', path: 'g.md', bytes: Buffer.from(`<div>\n\n${NAMED}\n`) },
    {
      what: 'broken reStructuredText',
      path: 'h.rst',
      bytes: Buffer.from('A\n=\n\n.. note:: *x\n\n  See :func:`acme.money.convert`\n :y\n'),
    },
  ])('$what', async ({ path, bytes }) => {
    const workspace = documented({ [`lib/docs/${path}`]: bytes });
    workspace.write(CHANGED);
    const record = await docSentry(workspace, { docPaths: [`docs/${path}`], docstrings: false });
    expect(record).toMatchObject({ result: 'repaired', patch: { files: [`lib/docs/${path}`] } });
    workspace.git('apply', '.sentries/acme/sentry-doc/changes.patch');
    const after = readFileSync(join(workspace.root, 'lib/docs', path)).toString('latin1');
    expect(after).toBe(edited(bytes.toString('latin1')));
  });

  it('a link to a page is read where it leads to, and one out of the project not at all', async () => {
    const workspace = documented({ 'outside.md': `${NAMED}\n` });
    symlinkSync('../README.md', join(workspace.root, 'lib/docs/index.md'));
    symlinkSync('../../outside.md', join(workspace.root, 'lib/docs/outside.md'));
    workspace.commit('links');
    workspace.write(CHANGED);
    const record = await docSentry(workspace, { docPaths: ['**/*.md'], docstrings: false });
    const files = new Set(record.failures.map(({ place }) => place!.file));
    expect([...files].sort()).toEqual(['lib/README.md', 'lib/docs/guide.md']);
  });
});

describe('a page is left as it is', () => {
  it.each<{ what: string; page: string }>([
    {
      what: 'that is generated',
      page: '<!-- This file was generated automatically. -->\n\nUse `acme.money.convert`.\n',
    },
    {
      what: 'that tells of the past',
      page: '# Upgrading\n\nUse `acme.money.convert` in version 1.\n',
    },
    { what: 'that the change itself wrote', page: '' },
  ])('$what', async ({ page }) => {
    const workspace = documented({ 'lib/docs/page.md': page });
    workspace.write(CHANGED);
    if (page === '') workspace.write({ 'lib/docs/page.md': 'What `acme.money.convert` was.\n' });
    const record = await docSentry(workspace, { docPaths: ['docs/page.md'], docstrings: false });
    expect(record).toMatchObject({ result: 'green', patch: null });
  });
});
