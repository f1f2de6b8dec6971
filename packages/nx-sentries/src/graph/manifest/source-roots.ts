import { posix } from 'node:path';
import { localPath } from './requirement';
import { keys, list, places, strings, table, text, type Table } from './values';

/** Where a `pyproject.toml` says in which folders importable code begins, and how to read it there. */
const SAYINGS: readonly (readonly [string, (value: unknown) => readonly string[]])[] = [
  // https://setuptools.pypa.io/en/latest/userguide/pyproject_config.html
  ['tool.setuptools.package-dir', (value) => packageDirs(value)],
  ['tool.setuptools.packages.find.where', strings],
  // https://python-poetry.org/docs/pyproject/#packages
  [
    'tool.poetry.packages',
    (value) => list(value).map((entry) => text(table(entry)['from']) ?? '.'),
  ],
  // https://hatch.pypa.io/latest/config/build/
  ['tool.hatch.build.packages', parents],
  ['tool.hatch.build.sources', stripped],
  ['tool.hatch.build.dev-mode-dirs', strings],
  ['tool.hatch.build.targets.*.packages', parents],
  ['tool.hatch.build.targets.*.sources', stripped],
  // https://backend.pdm-project.org/build_config/
  ['tool.pdm.build.package-dir', strings],
  // https://docs.astral.sh/uv/concepts/build-backend/
  ['tool.uv.build-backend.module-root', strings],
  // https://www.maturin.rs/project_layout
  ['tool.maturin.python-source', strings],
  // https://docs.pytest.org/en/stable/reference/reference.html#confval-pythonpath
  ['tool.pytest.ini_options.pythonpath', words],
  ['tool.pytest.pythonpath', words],
];

const PATTERNS = SAYINGS.map(([pattern, read]) => [keys(pattern), read] as const);

/** The source roots that a `pyproject.toml` names; undefined where it names none. */
export function sourceRoots(document: Table): readonly string[] | undefined {
  return folders(
    PATTERNS.flatMap(([pattern, read]) =>
      places(document, pattern).flatMap(({ value }) => read(value)),
    ),
  );
}

/** Folders as facts have them, each once; undefined where there are none. */
export function folders(written: readonly string[]): readonly string[] | undefined {
  const found = written
    .map((folder) => localPath(folder.trim() || '.'))
    .filter((folder) => folder !== undefined);
  return found.length > 0 ? [...new Set(found)] : undefined;
}

/** pytest’s lists of paths: a list, or one string with blanks between them. */
export function words(value: unknown): string[] {
  return typeof value === 'string' ? value.split(/\s+/).filter(Boolean) : strings(value);
}

/**
 * setuptools’ `package_dir`: the folder of the package `""` is the root; that of any other has its name
 * below the root, else the package can't be imported from its sources.
 */
export function packageDirs(value: unknown): string[] {
  return Object.entries(table(value)).flatMap(([name, folder]) =>
    typeof folder === 'string' ? above(folder, name.replaceAll('.', '/')) : [],
  );
}

/** Folders of packages: they are imported from the folders they lie in. */
function parents(value: unknown): string[] {
  return strings(value).map((folder) => posix.dirname(posix.normalize(folder)));
}

/** hatch takes these off the paths: a list of them, or a table of what comes in their place. */
function stripped(value: unknown): string[] {
  const replaced = Object.entries(table(value)).flatMap(([folder, path]) =>
    typeof path === 'string' ? above(folder, path) : [],
  );
  return [...list(value).filter((folder) => typeof folder === 'string'), ...replaced];
}

function above(folder: string, module: string): string[] {
  if (module === '') return [folder];
  const path = `/${posix.normalize(folder).replace(/\/$/, '')}`;
  return path.endsWith(`/${module}`) ? [path.slice(1, -module.length)] : [];
}
