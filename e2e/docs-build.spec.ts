import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Files, Workspace } from '../tools/workspace';
import { CHANGED, docSentry, documented } from './docs-library';

const SPHINX: Files = {
  'lib/docs/conf.py': 'project = "acme"\nextensions = ["sphinx.ext.autodoc"]\n',
  'lib/docs/index.rst':
    'Acme\n====\n\n.. toctree::\n\n   api\n\n.. autofunction:: acme.money.convert\n',
};

const MKDOCS: Files = {
  'lib/mkdocs.yml': 'site_name: acme\nvalidation:\n  anchors: warn\n',
  'lib/docs/index.md': '# Acme\n',
};

/** The library after the change, with a tool set up for its documentation. */
function changed(files: Files): Workspace {
  const workspace = documented(files);
  workspace.write(CHANGED);
  rmSync(join(workspace.root, 'lib/src/acme/rates.py'));
  return workspace;
}

describe('where builds are asked for, a patch', () => {
  it.each([
    { tool: 'Sphinx', files: SPHINX },
    { tool: 'MkDocs', files: MKDOCS },
  ])('that is right for $tool is proposed', async ({ files }) => {
    const workspace = changed(files);
    const record = await docSentry(workspace, { buildDocs: true });
    expect(record).toMatchObject({ result: 'repaired', verification: { builds: 1 } });
    expect(workspace.git('status', '--short', '--', 'lib/docs', 'lib/mkdocs.yml')).toBe('');
  });

  it('of which a plugin of MkDocs complains is refused, with what it says', async () => {
    const workspace = changed({
      ...MKDOCS,
      'lib/mkdocs.yml': `${String(MKDOCS['lib/mkdocs.yml'])}hooks: [glossary.py]\n`,
      'lib/glossary.py':
        'import logging\n\n\ndef on_page_markdown(markdown, page, **more):\n' +
        '    if page.file.src_uri == "guide.md" and "acme.money.convert" not in markdown:\n' +
        '        logging.getLogger("mkdocs").warning("the guide has lost a term of the glossary")\n',
    });
    const record = await docSentry(workspace, { buildDocs: true });
    expect(record).toMatchObject({ result: 'unrepaired', patch: null, verification: null });
    expect(record.failures[0]!.reason).toMatch(
      /with the edits mkdocs \(mkdocs\.yml\) says: it has a new warning: WARNING .*lost a term/,
    );
    const careless = await docSentry(workspace);
    expect(careless.result).toBe('repaired');
    expect(careless.verification).not.toHaveProperty('builds');
  });

  it('with which Sphinx fails is refused', async () => {
    const workspace = changed({
      ...SPHINX,
      'lib/docs/conf.py':
        'from pathlib import Path\nassert "convert" in Path(__file__).with_name("api.rst").read_text()\n',
    });
    const record = await docSentry(workspace, { buildDocs: true });
    expect(record).toMatchObject({ result: 'unrepaired', patch: null });
    expect(record.failures[0]!.reason).toContain(
      'with the edits sphinx (docs/conf.py) says: it fails',
    );
  });

  it.each([
    { what: 'that fails without it, too', conf: 'raise SystemExit("no")\n', seconds: 60 },
    { what: 'that takes too long', conf: 'import time\ntime.sleep(60)\n', seconds: 1 },
  ])('is not held to a build $what', async ({ conf, seconds }) => {
    const workspace = changed({ ...SPHINX, 'lib/docs/conf.py': conf });
    let said = '';
    const record = await docSentry(workspace, {
      buildDocs: true,
      buildTimeout: seconds,
      log: (text) => (said += text),
    });
    expect(record).toMatchObject({ result: 'repaired', verification: { builds: 0 } });
    expect(said).toContain('sphinx (docs/conf.py) is not compared');
  });
});
