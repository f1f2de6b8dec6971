import { readFile, realpath } from 'node:fs/promises';
import { dirname, join, posix, sep } from 'node:path';
import { importedNames } from '../../change/offers';
import type { Scene } from '../../model/prompt/context';
import { PythonSource } from '../../python/syntax';
import { decodeSource, isPython } from '../../python/text';
import type { Case } from '../case';
import type { Workshop } from '../plan-round';
import type { ProvingGround } from '../repair-loop';

/** What lies about a failing test: reads the files that it may use, as far as its frames and imports lead to them. */
export async function sceneOf(
  one: Case,
  { change, files, policy }: Workshop,
  ground: ProvingGround,
): Promise<Scene> {
  const { failure, first, suspects = [] } = one;
  const framed = failure.frames.map(({ file }) => file);
  const own = [...framed, ...(first.file === null ? [] : [first.file])];
  const conftests =
    first.file === null
      ? []
      : foldersAbove(first.file).map((folder) => posix.join(folder, 'conftest.py'));
  await files.load([...own, ...conftests]);
  const tests = new Map(
    [...new Set([...own, ...conftests])]
      .filter((path) => isPython(path))
      .flatMap((path) => {
        const source = files.get(path);
        return source ? [[path, source] as const] : [];
      }),
  );
  const sources = new Map(
    change.files.flatMap(({ path, new: now }) => (now ? [[path, now] as const] : [])),
  );
  const imported = [...tests.values()].flatMap((source) => modulesOf(source, ground.sensed.roots));
  for (const path of new Set([...framed, ...imported])) {
    const isOwn = ground.folders.some((folder) => folder === '.' || path.startsWith(`${folder}/`));
    if (!isOwn || sources.has(path) || !isPython(path) || policy.tests.isTest(path)) continue;
    const text = await textOf(ground.workspace, path);
    if (text !== undefined) sources.set(path, new PythonSource(text));
  }
  return { failure, change, tests, sources, suspects };
}

function foldersAbove(file: string): string[] {
  const folders: string[] = [];
  for (let at = dirname(file); at !== '.'; at = dirname(at)) folders.push(at);
  return [...folders, '.'];
}

/** The files that the absolute imports of a test may mean. */
function modulesOf(source: PythonSource, roots: readonly string[]): string[] {
  const modules = new Set(
    importedNames(source)
      .map(({ binding: { module } }) => module)
      .filter((module) => !module.startsWith('.')),
  );
  return roots
    .filter((root) => !root.startsWith('/'))
    .flatMap((root) =>
      [...modules].flatMap((module) => {
        const path = posix.join(root, module.replaceAll('.', '/'));
        return [`${path}.py`, `${path}/__init__.py`];
      }),
    );
}

/** Larger ones are tables, not code. */
const MOST_BYTES = 400_000;

/** Of a file that truly lies in the workspace. */
async function textOf(workspace: string, path: string): Promise<string | undefined> {
  const real = await realpath(join(workspace, ...path.split('/'))).catch(() => undefined);
  if (!real?.startsWith(workspace + sep)) return undefined;
  const bytes = await readFile(real).catch(() => undefined);
  return bytes && bytes.length <= MOST_BYTES ? decodeSource(bytes).text : undefined;
}
