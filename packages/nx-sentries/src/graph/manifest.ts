import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parse } from 'smol-toml';

/** The files that make a folder a Python project, the one that counts first. */
export const MANIFESTS: readonly string[] = ['pyproject.toml', 'setup.cfg', 'setup.py'];

/** What a manifest says. */
export interface Manifest {
  /** Normalised as in PEP 503; undefined where the manifest has no name. */
  readonly name: string | undefined;
  /** Normalised names of the distributions it requires, optional ones and groups included. */
  readonly requires: readonly string[];
}

/**
 * Reads a manifest. `setup.py` is a program: it is not run, so it has no name.
 *
 * @throws TomlError where a `pyproject.toml` is broken.
 */
export function readManifest(path: string): Manifest {
  const text = readFileSync(path, 'utf8');
  switch (basename(path)) {
    case 'pyproject.toml':
      return readPyproject(text);
    case 'setup.cfg':
      return readSetupCfg(text);
    default:
      return { name: undefined, requires: [] };
  }
}

/** PEP 503: lower case, and one dash for each run of `-`, `_` and `.`. */
function normalise(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}

type Table = Readonly<Record<string, unknown>>;

function readPyproject(text: string): Manifest {
  const document: Table = parse(text);
  const project = table(document['project']);
  const poetry = table(table(document['tool'])['poetry']);
  const name = project['name'] ?? poetry['name'];
  const lists = [
    project['dependencies'],
    ...Object.values(table(project['optional-dependencies'])),
    ...Object.values(table(document['dependency-groups'])),
  ];
  const poetryTables = [
    poetry['dependencies'],
    poetry['dev-dependencies'],
    ...Object.values(table(poetry['group'])).map((group) => table(group)['dependencies']),
  ];
  const requires = [
    ...lists.flatMap((list) => (Array.isArray(list) ? (list as unknown[]) : [])).map(distribution),
    ...poetryTables.flatMap((dependencies) => Object.keys(table(dependencies))).map(normalise),
  ].filter((required) => required !== undefined);
  return {
    name: typeof name === 'string' ? normalise(name) : undefined,
    requires: [...new Set(requires)],
  };
}

function readSetupCfg(text: string): Manifest {
  const metadata = /^\[metadata\]\s*$([\s\S]*?)(?=^\[|$(?![\s\S]))/m.exec(text)?.[1] ?? '';
  const name = /^name\s*[=:]\s*(.+?)\s*$/m.exec(metadata)?.[1];
  const options = /^\[options\]\s*$([\s\S]*?)(?=^\[|$(?![\s\S]))/m.exec(text)?.[1] ?? '';
  const required = /^install_requires\s*[=:](.*(?:\n[ \t]+.*)*)/m.exec(options)?.[1] ?? '';
  return {
    name: name === undefined || name.startsWith('attr:') ? undefined : normalise(name),
    requires: required
      .split(/[\n;]/)
      .map(distribution)
      .filter((distributionName) => distributionName !== undefined),
  };
}

/** The distribution's name at the start of a PEP 508 requirement. */
function distribution(requirement: unknown): string | undefined {
  const found =
    typeof requirement === 'string' ? /^\s*([A-Za-z0-9][\w.-]*)/.exec(requirement) : null;
  return found ? normalise(found[1]!) : undefined;
}

function table(value: unknown): Table {
  return typeof value === 'object' && value !== null ? (value as Table) : {};
}
