import type { Stats } from 'node:fs';
import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { join, posix } from 'node:path';
import picomatch from 'picomatch';
import type { FileTree } from './code/tree';
import { isText } from './doc-files';
import { within } from '../guard/allowlist';
import { decodeSource } from '../python/text';

/** Folders in which nobody writes documentation. */
const SKIPPED = /^(\.git|\.nx|\.sentries|\.venv|venv|node_modules|__pycache__|site-packages)$/;

/**
 * The texts that some globs of the workspace mean. Links are none of them: what they lead to has a path of its own, or
 * is out of the workspace.
 *
 * @param workspace Its root, which is free of links.
 * @param log Gets what is left out, for people.
 */
export async function workspaceTexts(
  workspace: string,
  globs: readonly string[],
  log: (text: string) => void,
): Promise<FileTree> {
  const isNamed = within('.', globs);
  const isMeant = (path: string): boolean => isText(path) && isNamed(path);
  const paths = new Set<string>();
  const leaveOut = (path: string): void =>
    log(`[nx-sentries] ${path} is a link, and left alone as documentation of the workspace\n`);
  const take = async (path: string, kind: Pick<Stats, 'isFile' | 'isDirectory'>): Promise<void> => {
    if (kind.isFile() && isMeant(path)) paths.add(path);
    if (!kind.isDirectory() || SKIPPED.test(posix.basename(path))) return;
    for (const entry of await readdir(join(workspace, path), { withFileTypes: true })) {
      const inside = posix.join(path, entry.name);
      if (!entry.isSymbolicLink()) await take(inside, entry);
      else if (isMeant(inside)) leaveOut(inside);
    }
  };
  for (const base of new Set(
    globs.map((glob) => posix.normalize(picomatch.scan(glob).base || '.')),
  )) {
    const place = join(workspace, ...base.split('/'));
    const real = await realpath(place).catch(() => undefined);
    if (real === undefined) continue;
    if (real === place) await take(base, await stat(place));
    else leaveOut(base);
  }
  const read = (path: string): Promise<string | undefined> =>
    readFile(join(workspace, ...path.split('/'))).then(
      (bytes) => decodeSource(bytes).text,
      () => undefined,
    );
  return { paths, read };
}
