import type { EntryPoint, ManifestFacts, Requirement } from './facts';
import { entryModule, localPath, normalise, readRequirement } from './requirement';
import { folders, sourceRoots, words } from './source-roots';
import { toml } from './toml';
import { TomlLines } from './toml-lines';
import { keys, list, places, table, text, type Table } from './values';

/** Lists of requirements: PEP 621, 735 and 518, uv, pdm, hatch. */
const LISTS = [
  'project.dependencies',
  'project.optional-dependencies.*',
  'dependency-groups.*',
  'build-system.requires',
  'tool.uv.dev-dependencies',
  'tool.pdm.dev-dependencies.*',
  'tool.hatch.envs.*.dependencies',
  'tool.hatch.envs.*.extra-dependencies',
].map(keys);

/** Requirements whose keys are names: https://python-poetry.org/docs/dependency-specification/ */
const KEYED = [
  'tool.poetry.dependencies.*',
  'tool.poetry.dev-dependencies.*',
  'tool.poetry.group.*.dependencies.*',
].map(keys);

const ENTRY_POINTS = [
  'project.scripts.*',
  'project.gui-scripts.*',
  'project.entry-points.*.*',
  'tool.poetry.scripts.*',
  'tool.poetry.plugins.*.*',
].map(keys);

const TESTPATHS = ['tool.pytest.ini_options.testpaths', 'tool.pytest.testpaths'].map(keys);
const NAMES = ['project.name', 'tool.poetry.name'].map(keys);
const SOURCES = keys('tool.uv.sources.*');

/** Reads a `pyproject.toml`: https://packaging.python.org/en/latest/specifications/pyproject-toml/ */
export function readPyproject(source: string): ManifestFacts {
  const lines = new TomlLines(source);
  let document: Table;
  try {
    document = toml().parse(source);
  } catch (error) {
    return { name: nameAtAGlance(lines), requires: [], entryPoints: [], fault: faultOf(error) };
  }
  const all = (patterns: readonly (readonly string[])[]) =>
    patterns.flatMap((pattern) => places(document, pattern));
  const name = all(NAMES).map(({ value }) => text(value));
  return {
    name: named(name.find(Boolean)),
    requires: [...listed(document, lines), ...keyed(document, lines)],
    entryPoints: all(ENTRY_POINTS).flatMap(({ path, value }): EntryPoint[] => {
      const module = entryModule(text(value) ?? text(table(value)['reference']) ?? '');
      return module === undefined ? [] : [{ module, line: lines.line(path) }];
    }),
    sourceRoots: sourceRoots(document),
    testpaths: folders(all(TESTPATHS).flatMap(({ value }) => words(value))),
  };
}

function listed(document: Table, lines: TomlLines): Requirement[] {
  const sources = new Map(
    places(document, SOURCES).map(({ path, value }) => [normalise(path.at(-1)!), paths(value)]),
  );
  return LISTS.flatMap((pattern) => places(document, pattern)).flatMap(({ path, value }) => {
    const lineOf = lines.within(path);
    return list(value).flatMap((written) => {
      const wanted = typeof written === 'string' ? readRequirement(written) : undefined;
      if (wanted === undefined) return [];
      const requirement = { ...wanted, line: lineOf(written as string) };
      return from(sources.get(wanted.distribution ?? ''), requirement);
    });
  });
}

function keyed(document: Table, lines: TomlLines): Requirement[] {
  return KEYED.flatMap((pattern) => places(document, pattern))
    .filter(({ value }) => typeof value === 'string' || typeof value === 'object')
    .map(({ path, value }) => ({ path, value, distribution: normalise(path.at(-1)!) }))
    .filter(({ distribution }) => distribution !== 'python')
    .flatMap(({ path, value, distribution }) =>
      from(paths(value), { distribution, line: lines.line(path) }),
    );
}

/** The paths in a source, or in a list of sources of which a marker chooses. */
function paths(source: unknown): string[] {
  return [source, ...list(source)]
    .map((one) => localPath(text(table(one)['path']) ?? ''))
    .filter((path) => path !== undefined);
}

function from(sources: readonly string[] = [], requirement: Requirement): Requirement[] {
  return sources.length > 0 ? sources.map((path) => ({ ...requirement, path })) : [requirement];
}

function named(name: string | undefined): string | undefined {
  return name === undefined ? undefined : normalise(name);
}

/** The text is broken while somebody types; the project shall not change its name meanwhile. */
function nameAtAGlance(lines: TomlLines): string | undefined {
  const sections = [lines.section('project'), lines.section('tool', 'poetry')];
  return named(
    sections.map((section) => /^\s*name\s*=\s*(["'])(.+?)\1/m.exec(section)?.[2]).find(Boolean),
  );
}

function faultOf(error: unknown): ManifestFacts['fault'] {
  if (!(error instanceof toml().TomlError)) return { what: String(error) };
  // Below the first line, the message shows the text around the place.
  const what = error.message.split('\n')[0]!.replace(/^Invalid TOML document: /, '');
  return { line: error.line, what };
}
