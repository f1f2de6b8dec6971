import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { configSchema } from 'sentries-core';
import { INSTALLATION, ROOT } from '../tools/paths';

const PACKED = join(ROOT, '.cache/packed');
const PACKAGES = ['nx-sentries', 'sentries-core'] as const;

interface Manifest {
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly [field: string]: unknown;
}

const tarball = (name: string): string =>
  join(
    PACKED,
    readdirSync(PACKED).find((file) => file.startsWith(`${name}-`))!,
  );
const installed = (name: string): string => join(INSTALLATION, 'node_modules', name);
const manifestIn = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;

/** All files below a folder, but those of packages within. */
function filesIn(folder: string, below = ''): string[] {
  return readdirSync(join(folder, below), { withFileTypes: true }).flatMap((entry) => {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    if (entry.name === 'node_modules') return [];
    return entry.isDirectory() ? filesIn(folder, path) : [path];
  });
}

describe('the packed packages', () => {
  it('are sound for publint and for are-the-types-wrong', () => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [join(ROOT, 'tools/lint-packed.mjs'), ...PACKAGES.map(tarball)],
      { encoding: 'utf8' },
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(Object.values(JSON.parse(stdout) as object)).toEqual([[], []]);
  });

  it('have what is no code: grammars, the plugins of pytest, schemas, licence and readme', () => {
    const kept = (name: string): string[] =>
      filesIn(installed(name)).filter((file) => !/^dist\/.+\.(?:js|d\.ts|json)$/.test(file));
    expect(kept('sentries-core').sort()).toEqual(
      [
        'LICENSE',
        'README.md',
        'assets/run.schema.json',
        'assets/tree-sitter-python.wasm',
        'assets/tree-sitter-rst.wasm',
        'package.json',
        'python/sentries_docs.py',
        'python/sentries_look.py',
        ...[
          ...['__init__', 'checks', 'comparisons', 'doctests', 'exceptions', 'items'],
          ...['plugin', 'recorder', 'roots', 'snapshots', 'values'],
        ].map((module) => `python/sentries_facts/${module}.py`),
      ].sort(),
    );
    expect(kept('nx-sentries').sort()).toEqual(
      [
        'LICENSE',
        'README.md',
        'config.schema.json',
        'executors.json',
        'generators.json',
        'migrations.json',
        'package.json',
        ...['sentry-doc', 'sentry-lock', 'sentry-test'].map(
          (name) => `src/executors/${name}/schema.json`,
        ),
        ...['init', 'setup'].map((name) => `src/generators/${name}/schema.json`),
      ].sort(),
    );
  });

  it('have the schema of the settings that are taken', () => {
    const packed = readFileSync(join(installed('nx-sentries'), 'config.schema.json'), 'utf8');
    expect(JSON.parse(packed)).toEqual(configSchema());
  });

  it('have no specs, and nothing of how they were built', () => {
    for (const name of PACKAGES)
      expect(
        filesIn(installed(name)).filter((f) => /\.spec\.|\.fixture\.|tsbuildinfo/.test(f)),
      ).toEqual([]);
  });

  it('lead to files that are there', () => {
    const folder = installed('nx-sentries');
    const {
      bin,
      generators,
      executors,
      'nx-migrations': migrations,
    } = manifestIn(folder) as {
      bin: Record<string, string>;
      generators: string;
      executors: string;
      'nx-migrations': { migrations: string };
    } & Manifest;
    const list = (file: string): Record<string, Record<string, string>>[] =>
      Object.values(JSON.parse(readFileSync(join(folder, file), 'utf8')) as object).filter(
        (value) => typeof value === 'object',
      ) as Record<string, Record<string, string>>[];
    const paths = [generators, executors, migrations.migrations].flatMap((file) =>
      list(file).flatMap((entries) =>
        Object.values(entries).flatMap(({ factory, implementation, schema }) =>
          [factory ?? implementation, schema].filter((path) => path !== undefined),
        ),
      ),
    );
    expect(paths.length).toBeGreaterThan(8);
    for (const path of [...paths, ...Object.values(bin)])
      expect({
        path,
        is: ['', '.js'].some((end) => existsSync(join(folder, `${path}${end}`))),
      }).toEqual({ path, is: true });
  });

  it('are of one version, and say what they need', () => {
    const [plugin, core] = PACKAGES.map((name) => manifestIn(installed(name)));
    expect(plugin!.version).toBe(core!.version);
    for (const manifest of [plugin!, core!])
      expect(manifest).toMatchObject({
        license: 'MIT',
        engines: { node: '>=20.19.0' },
        publishConfig: { access: 'public', provenance: true },
      });
    expect(plugin!['peerDependencies']).toEqual({ nx: '>=22 <25' });
    expect(plugin!['dependencies']).toMatchObject({ '@nx/devkit': '^23.0.0' });
  });
});

/** Megabytes, with some room: they are 2.3 and 47. Most are types and sources of the clients of models and of GitHub. */
const OWN_MB = 4;
const ALL_MB = 60;

/** Bytes of a package and all that it brings along, each once: all but Nx, which is there. */
function installedSizes(): Map<string, number> {
  const sizes = new Map<string, number>();
  const visit = (folder: string): void => {
    if (sizes.has(folder)) return;
    const bytes = filesIn(folder).map((file) => statSync(join(folder, file)).size);
    sizes.set(
      folder,
      bytes.reduce((sum, size) => sum + size, 0),
    );
    for (const name of Object.keys(manifestIn(folder).dependencies ?? {}))
      visit(resolved(name, folder));
  };
  visit(installed('nx-sentries'));
  return sizes;
}

/** The folder of a package that another one depends on. */
function resolved(name: string, from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    const path = join(folder, 'node_modules', name);
    if (existsSync(path)) return path;
    if (folder === dirname(folder)) throw new Error(`${name} is not installed for ${from}`);
  }
}

it('what an installation brings is kept small', () => {
  const sizes = installedSizes();
  const megabytes = (folder: string): number => sizes.get(folder)! / 1e6;
  const all = [...sizes.values()].reduce((sum, size) => sum + size, 0) / 1e6;
  const own = PACKAGES.map((name) => megabytes(installed(name))).reduce((a, b) => a + b);
  console.info(
    `installed: ${all.toFixed(1)} MB in ${String(sizes.size)} packages, of which ours are ${own.toFixed(1)} MB`,
  );
  expect(own).toBeLessThan(OWN_MB);
  expect(all).toBeLessThan(ALL_MB);
});
