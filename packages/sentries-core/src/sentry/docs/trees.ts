import { join, posix } from 'node:path';
import { foldersOf, isInScope, type Scope } from '../../change/scope';
import {
  commitTree,
  overlaid,
  placedAt,
  together,
  workingTree,
  type FileTree,
} from '../../docs/code/tree';
import type { DiffEntry } from '../../git/raw-diff';
import type { Range } from '../relate';

/** What a project's documentation names and is, after the change and before it; paths go from the workspace root. */
export interface Trees {
  readonly head: FileTree;
  readonly base: FileTree;
}

/**
 * The files of a project and of those that it depends on, with the texts elsewhere that tell of it.
 *
 * @param texts Those elsewhere, from the workspace root.
 * @param entries What the change did to all of these.
 */
export async function treesOf(
  workspace: string,
  scope: Scope,
  texts: FileTree,
  entries: readonly DiffEntry[],
  { repository, base }: Range,
): Promise<Trees> {
  const folders = foldersOf(scope);
  const own = (folder: string): ((path: string) => boolean) => {
    const others = [...folders.filter((other) => other !== folder), ...scope.others];
    return (path) => isInScope({ folder, dependencies: [], others }, path);
  };
  const now = folders.map(async (folder) => {
    const isOwn = own(folder);
    const root = join(workspace, ...folder.split('/'));
    const tree = await workingTree(root, (path) => !isOwn(posix.join(folder, path)));
    return placedAt(tree, folder);
  });
  const head = together([...(await Promise.all(now)), texts]);
  const touched = new Set(entries.flatMap(({ path, oldPath }) => [path, oldPath]));
  // Of a commit all is read alike: what was touched is in the scope, or one of the texts.
  const before = await commitTree(repository, base, '.');
  return { head, base: overlaid(head, before, touched) };
}
