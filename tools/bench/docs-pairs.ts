import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { FailureRecord } from 'sentries-core';
import { nameOfPair, type DocPair } from './doc-releases';
import { isDocPage } from './doc-seeds';
import type { DocWorkspace } from './doc-workspace';
import { copy } from './pair-workspace';
import { git } from './repair-git';

/** What the newer release's page says at the place of an edit. */
export type Agreement =
  /** The line that the edit made. */
  | 'same'
  /** Another line, with the words of the edit. */
  | 'reworded'
  /** The line as it was. */
  | 'kept'
  /** Nothing of the kind. */
  | 'gone';

/** What a sentry made of documentation after a real change. */
export interface PairOutcome {
  readonly pair: string;
  readonly found: readonly FailureRecord[];
  /** The edited lines, with what the newer release has there. */
  readonly edits: readonly {
    readonly where: string;
    readonly after: string;
    readonly agreement: Agreement;
  }[];
  readonly error: string | null;
}

/**
 * Runs the sentry on a newer release over the older one as the base.
 *
 * @param withOldDocs The pages of the older release are left where they are; docstrings are a part of the source.
 */
export async function runPair(
  workspace: DocWorkspace,
  pair: DocPair,
  withOldDocs: boolean,
): Promise<PairOutcome> {
  const { root } = workspace;
  const newer = workspace.release(pair.newer);
  const pages = workspace.paths().filter(isDocPage);
  workspace.replaceWith(newer);
  git(root, 'add', '--all', '--force');
  if (withOldDocs) {
    const theirs = git(root, 'ls-files', '-z').split('\0').filter(Boolean);
    for (const page of theirs.filter(isDocPage)) rmSync(join(root, page), { force: true });
    for (const page of pages) copy(join(workspace.release(pair.older), page), join(root, page));
    git(root, 'add', '--all', '--force');
  }
  const record = await workspace.run();
  workspace.applyPatch();
  const changed = git(root, 'diff', '--name-only', '-z').split('\0').filter(Boolean);
  const edits = changed.flatMap((file) => {
    const [before, after] = [git(root, 'show', `:${file}`), workspace.read(file)].map((text) =>
      text.split('\n'),
    );
    const theirs = existsSync(join(newer, file))
      ? readFileSync(join(newer, file), 'utf8').split('\n')
      : null;
    return after!.flatMap((line, at) => {
      const old = before![at]!;
      if (line === old) return [];
      return [
        {
          where: `${file}:${at + 1}  ${old.trim()}`,
          after: line.trim(),
          agreement: agreementOf(old, line, theirs),
        },
      ];
    });
  });
  workspace.reset();
  return {
    pair: nameOfPair(pair),
    found: record.failures,
    edits,
    error: record.error?.message ?? null,
  };
}

/** What a page of the newer release, null where it is gone, says where an edit made one line of another. */
export function agreementOf(
  before: string,
  after: string,
  theirs: readonly string[] | null,
): Agreement {
  const plain = (line: string): string => line.replace(/\s+/g, ' ').trim();
  const lines = (theirs ?? []).map(plain);
  if (lines.includes(plain(after))) return 'same';
  if (lines.includes(plain(before))) return 'kept';
  const words = (line: string): Set<string> => new Set(line.match(/[\w-]+/g));
  const [old, now] = [words(before), words(after)];
  const brought = [...now].filter((word) => !old.has(word));
  const rest = [...now].filter((word) => old.has(word));
  const isNear = lines.some((line) => {
    const own = words(line);
    const shared = rest.filter((word) => own.has(word)).length;
    return (
      brought.length > 0 && brought.every((word) => own.has(word)) && shared * 2 >= rest.length
    );
  });
  return isNear ? 'reworded' : 'gone';
}
