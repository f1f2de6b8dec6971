import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readManifest, type Manifest } from './manifest';

const folder = mkdtempSync(join(tmpdir(), 'sentries-manifest-'));

afterAll(() => rmSync(folder, { recursive: true }));

function read(name: string, text: string): Manifest {
  writeFileSync(join(folder, name), text);
  return readManifest(join(folder, name));
}

describe('what a manifest says', () => {
  it('is read from a pyproject.toml of PEP 621, with its extras and dependency groups', () => {
    expect(
      read(
        'pyproject.toml',
        `[project]
name = "Acme.Units__Lib"
dependencies = ["acme_core>=1 ; python_version > '3.9'", "requests[socks]"]
[project.optional-dependencies]
fast = ["acme-fast @ file:../fast"]
[dependency-groups]
dev = ["acme-testing", { include-group = "lint" }]
lint = ["ruff"]
`,
      ),
    ).toEqual({
      name: 'acme-units-lib',
      requires: ['acme-core', 'requests', 'acme-fast', 'acme-testing', 'ruff'],
    });
  });

  it('is read from poetry’s own tables, groups included', () => {
    expect(
      read(
        'pyproject.toml',
        `[tool.poetry]
name = "shop"
[tool.poetry.dependencies]
python = "^3.11"
Acme_Units = { path = "../units" }
[tool.poetry.group.test.dependencies]
pytest = "*"
`,
      ),
    ).toEqual({ name: 'shop', requires: ['python', 'acme-units', 'pytest'] });
  });

  it('is read from a setup.cfg', () => {
    expect(
      read(
        'setup.cfg',
        `[metadata]
name = Acme_Old
[options]
packages = find:
install_requires =
    acme-units>=1
    requests
[options.extras_require]
test = pytest
`,
      ),
    ).toEqual({ name: 'acme-old', requires: ['acme-units', 'requests'] });
  });

  it('has no name in a setup.py, which is a program and not run', () => {
    expect(read('setup.py', 'from setuptools import setup\nsetup(name="x")\n')).toEqual({
      name: undefined,
      requires: [],
    });
  });

  it('says so where it is broken', () => {
    expect(() => read('pyproject.toml', '[project\n')).toThrow(
      /Invalid TOML document[^]*1: {2}\[project/,
    );
  });
});
