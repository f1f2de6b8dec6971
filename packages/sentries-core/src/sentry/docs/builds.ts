import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Patch } from '../../guard/guard';
import {
  buildDocs,
  docBuildsIn,
  worsening,
  type Built,
  type DocBuild,
} from '../../verify/doc-build';
import { IsolatedCopy } from '../../verify/isolated-copy';
import type { DocRequest } from '../request';

/** How the builds of a project's documentation took to a patch. */
export interface Compared {
  /** Why the patch may not be; undefined where no build has become worse. */
  readonly refused: string | undefined;
  /** How many builds could be compared. */
  readonly builds: number;
}

/**
 * Builds the documentation in an isolated copy, without a patch and with it. A build that fails without it says nothing
 * of the patch, and is told of.
 *
 * @param interpreter Finds the project's interpreter.
 */
export async function compareBuilds(
  request: DocRequest,
  patch: Patch,
  interpreter: () => Promise<string>,
): Promise<Compared> {
  const { workspace, folder, log } = request;
  const asked = docBuildsIn(join(workspace, folder));
  if (asked.length === 0) {
    log('[nx-sentries] buildDocs: there is neither a conf.py in docs nor a mkdocs.yml\n');
    return { refused: undefined, builds: 0 };
  }
  const copy = await IsolatedCopy.create(workspace, request);
  try {
    const python = await interpreter();
    const build = (one: DocBuild, when: string): Promise<Built> =>
      builtIn(copy.root, one, when, python, request);
    let builds = 0;
    for (const one of asked) {
      await copy.edit([]);
      const before = await build(one, 'before');
      if (before.failed !== null) {
        log(
          `[nx-sentries] ${one.tool} (${one.config}) is not compared, since it fails without the patch, too: ${before.failed}\n`,
        );
        continue;
      }
      await copy.edit(patch.edits);
      const worse = worsening(before, await build(one, 'after'));
      if (worse !== undefined)
        return { refused: `with the edits ${one.tool} (${one.config}) says: ${worse}`, builds };
      builds += 1;
    }
    return { refused: undefined, builds };
  } finally {
    await copy.remove();
  }
}

async function builtIn(
  root: string,
  one: DocBuild,
  when: string,
  python: string,
  { folder, dependencies, sourceRoots, dependencyRoots = {}, buildTimeout = 300 }: DocRequest,
): Promise<Built> {
  const output = join(root, '.sentries', 'docs', `${one.tool}-${when}`);
  await mkdir(output, { recursive: true });
  const importRoots = [
    ...rootsIn(join(root, folder), sourceRoots),
    ...dependencies.flatMap((other) => rootsIn(join(root, other), dependencyRoots[other] ?? [])),
  ];
  return buildDocs(one, {
    ...{ python, root, importRoots, output },
    folder: join(root, folder),
    timeout: buildTimeout,
  });
}

const rootsIn = (folder: string, roots: readonly string[]): string[] =>
  [...roots, 'src', '.'].map((one) => join(folder, one)).filter((path) => existsSync(path));
