import { chmod, lstat, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { PatchError } from '../errors';
import { composed, sharedGroups, withoutGroups } from './compose';
import { groupsOf, type LineGroup } from './groups';
import { blobId, byPath, readPatch, type PatchSection } from './unified-diff';

/** A file's new bytes, checked and ready to be written. */
interface Write {
  readonly path: string;
  readonly file: string;
  readonly mode: number;
  readonly before: Buffer;
  readonly after: Buffer;
}

/**
 * Applies patches of ours to the files below `root`: all of them, or none.
 *
 * Every file must still have the very content that the patch was made from, and must end up with the very
 * content that was verified; one that has that content already is left as it is, so what a killed process began is
 * finished. Patches that were made from one content of a file are applied together where they change other lines
 * of it; what they share counts once.
 *
 * @returns the paths written, from the root.
 * @throws PatchError where a text is not a patch of ours, a file has changed since, is not a regular file
 *   inside the root, or where two patches change the same lines in different ways. Nothing is written then.
 */
export async function applyPatches(root: string, patches: readonly Buffer[]): Promise<string[]> {
  const { pending } = await plan(root, patches);
  await writeAll(pending);
  return pending.map(({ path }) => path);
}

/**
 * What {@link applyPatches} would do: the files that it would write, and those that have the content already.
 *
 * @throws PatchError where it would.
 */
export async function planPatches(
  root: string,
  patches: readonly Buffer[],
): Promise<{ pending: string[]; done: string[] }> {
  const { pending, done } = await plan(root, patches);
  return { pending: pending.map(({ path }) => path), done };
}

async function plan(
  root: string,
  patches: readonly Buffer[],
): Promise<{ pending: Write[]; done: string[] }> {
  const pending: Write[] = [];
  const done: string[] = [];
  for (const [path, sections] of byPath(patches.flatMap(sectionsOf))) {
    const write = await planWrite(root, path, sections);
    if (write) pending.push(write);
    else done.push(path);
  }
  return { pending, done };
}

function sectionsOf(patch: Buffer): PatchSection[] {
  const sections = readPatch(patch);
  if (sections) return sections;
  throw new PatchError('the patch is damaged', 'Run the task again to make it anew.');
}

/** What is to be written; undefined where it stands there already. */
async function planWrite(
  root: string,
  path: string,
  sections: readonly PatchSection[],
): Promise<Write | undefined> {
  if (path.split('/').some((part) => ['', '.', '..', '.git'].includes(part))) {
    throw new PatchError(`${path} is no file of the workspace`, 'Run the task again.');
  }
  const groups = sharedGroups(sections);
  if (!groups || sections.some(({ before }) => before !== sections[0]!.before))
    throw new PatchError(
      `${path}: two patches change it in different ways`,
      'Apply one of them, run the task again, then apply the other.',
    );
  const file = join(root, ...path.split('/'));
  const again =
    'Nothing was applied. Run the task again to make a patch for the files as they are now.';
  const status = await lstat(file).catch(() => undefined);
  if (!status) throw new PatchError(`${path} is no longer there`, again);
  const inside = (await realpath(root)) + sep;
  if (!status.isFile() || !((await realpath(dirname(file))) + sep).startsWith(inside)) {
    throw new PatchError(`${path} is not a regular file inside the workspace`, again);
  }
  const before = await readFile(file);
  const original = unpatched(before, sections, groups);
  if (!original) throw new PatchError(`${path} has changed since the patch was made`, again);
  const after = composed(original, sections, groups);
  if (!after) throw new PatchError(`the patch for ${path} is damaged`, again);
  return after.equals(before) ? undefined : { path, file, mode: status.mode, before, after };
}

/** The content that patches were made from: as it stands, or with all or one of them applied already. */
function unpatched(
  content: Buffer,
  sections: readonly PatchSection[],
  groups: readonly LineGroup[],
): Buffer | undefined {
  const { before } = sections[0]!;
  return [
    content,
    withoutGroups(content, groups),
    ...sections.map((section) => withoutGroups(content, groupsOf(section))),
  ].find((one) => one && blobId(one) === before);
}

/** Writes each file beside its place first, so that a full disk or a missing right shows before any change. */
async function writeAll(writes: readonly Write[]): Promise<void> {
  const staged = (write: Write): string => `${write.file}.sentries-${process.pid}.tmp`;
  const done: Write[] = [];
  try {
    for (const write of writes) {
      await writeFile(staged(write), write.after);
      await chmod(staged(write), write.mode);
    }
    for (const write of writes) {
      await rename(staged(write), write.file);
      done.push(write);
    }
  } catch (error) {
    for (const write of done) await writeFile(write.file, write.before);
    throw new PatchError(
      `the files could not be written: ${(error as Error).message}`,
      'Nothing was applied. Check the rights and the free space of the workspace.',
      error,
    );
  } finally {
    // What can't be removed is what could not be written.
    for (const write of writes) await rm(staged(write), { force: true }).catch(() => undefined);
  }
}
