import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FactsCache } from '../facts/facts-cache';
import { pythonProjects } from './projects';
import { written } from '../workspace.fixture';

/** Writes a workspace and asks for its projects, by root. */
function projects(files: Readonly<Record<string, string>>, exclude: readonly string[] = []) {
  const root = written(files);
  const cache = FactsCache.open(join(root, 'facts.bin'));
  const { projects: found, warnings } = pythonProjects(Object.keys(files), root, cache, exclude);
  return { found: Object.fromEntries(found.map((project) => [project.root, project])), warnings };
}

const named = (name: string): string => `[project]\nname = "${name}"\n`;

describe('the Python projects of a workspace', () => {
  it('are the folders with a manifest, named after their distribution, with the tests that are theirs', () => {
    const { found } = projects({
      'libs/units/pyproject.toml': named('Acme_Units'),
      'libs/units/tests/deep/test_units.py': '',
      'libs/empty/pyproject.toml': named('empty'),
      'libs/empty/inner/setup.cfg': '[metadata]\nname = inner\n',
      'libs/empty/inner/units_test.py': '',
      'libs/poetry/pyproject.toml': '[tool.poetry]\nname = "by.poetry"\n',
      'libs/old/setup.py': 'from setuptools import setup\nsetup(name="old_style")\n',
    });
    expect(found).toMatchObject({
      'libs/units': { name: 'acme-units', hasTests: true },
      'libs/empty': { name: 'empty', hasTests: false },
      'libs/empty/inner': { name: 'inner', hasTests: true },
      'libs/poetry': { name: 'by-poetry' },
      'libs/old': { name: 'old-style' },
    });
  });

  it('have tests for as long as one is there that is theirs, whatever was found before', () => {
    const root = written({
      'a/pyproject.toml': named('a'),
      'a/old/deep/test_a.py': '',
    });
    const hasTests = (manifests: readonly string[], exclude: readonly string[] = []) => {
      const cache = FactsCache.open(join(root, 'facts.bin'));
      const { projects } = pythonProjects(manifests, root, cache, exclude);
      cache.save();
      return projects.find((project) => project.root === 'a')!.hasTests;
    };
    const own = ['a/pyproject.toml'];
    expect(hasTests(own)).toBe(true);
    expect(hasTests(own)).toBe(true);
    expect(hasTests(own, ['a/old'])).toBe(false);
    writeFileSync(join(root, 'a/old/setup.cfg'), '[metadata]\nname = old\n');
    expect(hasTests([...own, 'a/old/setup.cfg'])).toBe(false);
    expect(hasTests(own)).toBe(true);
    mkdirSync(join(root, 'a/new'));
    renameSync(join(root, 'a/old/deep/test_a.py'), join(root, 'a/new/a_test.py'));
    expect(hasTests(own)).toBe(true);
    rmSync(join(root, 'a/new/a_test.py'));
    expect(hasTests(own)).toBe(false);
  });

  it('keep the name that a project.json or package.json gives them', () => {
    const { found } = projects({
      'a/pyproject.toml': named('py-a'),
      'a/project.json': '{ "name": "a" }',
      'b/pyproject.toml': named('py-b'),
      'b/package.json': '{ "private": true }',
    });
    expect(found).toMatchObject({
      a: { name: 'a', isNamedElsewhere: true },
      b: { name: 'py-b', isNamedElsewhere: false },
    });
  });

  it('are named after their folder where the manifest has no name', () => {
    const { found } = projects({ 'setup.py': '', 'tools/gen/pyproject.toml': '[tool.ruff]\n' });
    expect(found).toMatchObject({ '.': { name: 'root' }, 'tools/gen': { name: 'tools/gen' } });
  });

  it('of one name are all called by their folders, and somebody is told', () => {
    const { found, warnings } = projects({
      'a/pyproject.toml': named('same'),
      'b/pyproject.toml': named('same'),
      'libs/web/pyproject.toml': named('web'),
      'apps/web/package.json': '{ "name": "web" }',
    });
    expect(found).toMatchObject({
      a: { name: 'a' },
      b: { name: 'b' },
      'libs/web': { name: 'libs/web' },
    });
    expect(warnings).toEqual([
      expect.stringMatching(/^"same" .*: a, b\./),
      expect.stringMatching(/^"web" .*: libs\/web\./),
    ]);
  });

  it('do not mind the name of a root package.json, which makes no project', () => {
    const { found } = projects({
      'package.json': '{ "name": "acme" }',
      'a/pyproject.toml': named('acme'),
    });
    expect(found).toMatchObject({ a: { name: 'acme' } });
  });

  it('count once, however many manifests a folder has; the first with a name gives it', () => {
    const { found } = projects({
      'a/setup.py': '',
      'a/setup.cfg': '[metadata]\nname = from-cfg\n',
      'a/pyproject.toml': '[tool.black]\n',
    });
    expect(found).toMatchObject({ a: { manifest: 'a/pyproject.toml', name: 'from-cfg' } });
  });

  it('do not include a root whose manifest only sets tools up for the others', () => {
    const tools = { 'pyproject.toml': '[tool.ruff]\nline-length = 100\n' };
    expect(projects({ ...tools, 'a/setup.py': '' }).found).not.toHaveProperty(['.']);
    expect(projects(tools).found).toHaveProperty(['.']);
    const workspace = { 'pyproject.toml': '[tool.uv.workspace]\nmembers = ["a"]\n' };
    expect(projects({ ...workspace, 'a/setup.py': '' }).found).toHaveProperty(['.']);
  });

  it('do not lie in environments, installed packages, build outputs or excluded folders', () => {
    const foreign = {
      'a/.venv/lib/python3.11/site-packages/x/pyproject.toml': named('x'),
      'node_modules/y/setup.py': '',
      'a/build/lib/pyproject.toml': named('a'),
      'examples/e/pyproject.toml': named('e'),
    };
    const { found, warnings } = projects({ 'a/pyproject.toml': named('a'), ...foreign }, [
      'examples/**',
    ]);
    expect(Object.keys(found)).toEqual(['a']);
    expect(warnings).toEqual([]);
  });

  it('have the lockfile of their folder or the nearest one above', () => {
    const { found } = projects({
      'uv.lock': '',
      'pyproject.toml': named('all'),
      'a/pyproject.toml': named('a'),
      'b/pyproject.toml': named('b'),
      'b/poetry.lock': '',
    });
    expect(found).toMatchObject({
      '.': { lock: { file: 'uv.lock' } },
      a: { lock: { file: 'uv.lock' } },
      b: { lock: { file: 'b/poetry.lock' } },
    });
  });

  it('are not in a package that has a module called setup', () => {
    const { found } = projects({
      'a/pyproject.toml': named('a'),
      'a/src/acme/__init__.py': '',
      'a/src/acme/setup.py': 'def setup(): ...\n',
    });
    expect(Object.keys(found)).toEqual(['a']);
  });

  it('make way for a nameless project.json, which Nx calls by its folder', () => {
    const { found } = projects({
      'libs/two/pyproject.toml': named('web'),
      'apps/Web/project.json': '{}',
    });
    expect(found).toMatchObject({ 'libs/two': { name: 'libs/two' } });
  });

  it('know the modules beside a conftest.py above them', () => {
    const { found } = projects({ 'conftest.py': '', 'helpers.py': '', 'libs/a/setup.py': '' });
    expect(found).toMatchObject({ 'libs/a': { helpersAbove: ['*.py'] } });
  });

  it('are there, with their names, while a manifest is broken, and somebody is told', () => {
    const { found, warnings } = projects({
      'a/pyproject.toml': '[project]\nname = "acme-a"\nversion = \n',
      'a/test_a.py': '',
    });
    expect(found).toMatchObject({ a: { name: 'acme-a', hasTests: true } });
    expect(warnings).toEqual([expect.stringMatching(/^a\/pyproject\.toml:3 can't be read: /)]);
  });
});
