import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { pythonProjects } from './projects';

const made: string[] = [];

afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true });
});

/** Writes a workspace and asks for its projects, by root. */
function projects(files: Readonly<Record<string, string>>) {
  const workspace = mkdtempSync(join(tmpdir(), 'sentries-projects-'));
  made.push(workspace);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(workspace, path)), { recursive: true });
    writeFileSync(join(workspace, path), text);
  }
  const found = pythonProjects(Object.keys(files), workspace);
  return { workspace, found: Object.fromEntries(found.map((project) => [project.root, project])) };
}

const named = (name: string): string => `[project]\nname = "${name}"\n`;

describe('the Python projects of a workspace', () => {
  it('are the folders with a manifest, named after their distribution, with the tests that are theirs', () => {
    const { found } = projects({
      'libs/units/pyproject.toml': named('Acme_Units'),
      'libs/units/tests/test_units.py': '',
      'libs/empty/pyproject.toml': named('empty'),
      'libs/empty/inner/setup.cfg': '[metadata]\nname = inner\n',
      'libs/empty/inner/units_test.py': '',
    });
    expect(found).toMatchObject({
      'libs/units': { name: 'acme-units', hasTests: true },
      'libs/empty': { name: 'empty', hasTests: false },
      'libs/empty/inner': { name: 'inner', hasTests: true },
    });
  });

  it('keep the name that a project.json or package.json gives them', () => {
    const { found } = projects({
      'a/pyproject.toml': named('py-a'),
      'a/project.json': '{ "name": "a" }',
      'b/pyproject.toml': named('py-b'),
      'b/package.json': '{ "private": true }',
    });
    expect(found).toMatchObject({ a: { name: undefined }, b: { name: 'py-b' } });
  });

  it('are named after their folder where the manifest has no name', () => {
    const { workspace, found } = projects({
      'setup.py': '',
      'tools/gen/pyproject.toml': '[tool.ruff]\n',
    });
    expect(found).toMatchObject({
      '.': { name: basename(workspace) },
      'tools/gen': { name: 'tools/gen' },
    });
  });

  it('count once, however many manifests a folder has', () => {
    const { found } = projects({
      'a/setup.py': '',
      'a/setup.cfg': '',
      'a/pyproject.toml': named('a'),
    });
    expect(found).toMatchObject({ a: { manifest: 'a/pyproject.toml', name: 'a' } });
  });

  it('do not lie in environments or installed packages', () => {
    const { found } = projects({
      'a/.venv/lib/python3.11/site-packages/x/pyproject.toml': named('x'),
      'node_modules/y/setup.py': '',
    });
    expect(found).toEqual({});
  });

  it('carry the error of a manifest that is broken', () => {
    expect(projects({ 'a/pyproject.toml': '[project' }).found['a']?.error).toBeInstanceOf(Error);
  });
});
