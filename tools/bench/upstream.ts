import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FailureRecord } from 'sentries-core';

/** A test file's place in three trees. */
export interface Trees {
  readonly older: string;
  /** The workspace, with the patch applied. */
  readonly patched: string;
  /** The newer release, with its own tests. */
  readonly newer: string;
}

/** What upstream's own tests say of a failure. */
export interface Upstream {
  /** The test is no longer there under its name: upstream removed, renamed or moved it. */
  readonly gone: boolean;
  /** Of a repaired test: whether upstream made the same edit. */
  readonly sameEdit: boolean | null;
}

export function upstreamOf(failure: FailureRecord, trees: Trees): Upstream {
  return {
    gone: isGone(failure.id, trees.newer),
    sameEdit: failure.outcome === 'repaired' ? isSameEdit(failure, trees) : null,
  };
}

function isGone(id: string, newer: string): boolean {
  const [file, ...names] = id.split('[')[0]!.split('::');
  if (!existsSync(join(newer, file!))) return true;
  const text = readFileSync(join(newer, file!), 'utf8');
  const isDefined = (name: string): boolean => new RegExp(`\\b(class|def) ${name}\\b`).test(text);
  // A test may be inherited, so its function need not stand in its class.
  return !names.every(isDefined);
}

/**
 * Whether each line that a repair made stands in upstream's version of the file, white space aside, and more
 * often than before: `assert code == 2` proves nothing where other tests have always said so.
 */
function isSameEdit({ edits }: FailureRecord, { older, patched, newer }: Trees): boolean {
  return edits.every(({ file, line, after }) => {
    if (!existsSync(join(newer, file))) return false;
    const [before, ours, theirs] = [older, patched, newer].map((tree) => linesOf(join(tree, file)));
    return resultingLines(ours!, line, after).every((text) => {
      const isNew = count(ours!, text) > count(before!, text);
      return count(theirs!, text) > (isNew ? count(before!, text) : 0);
    });
  });
}

/**
 * The whole lines that an edit ends up in. Other edits may have moved them since: the nearest place where
 * the new text begins counts.
 */
function resultingLines(lines: readonly string[], line: number, after: string): string[] {
  const texts = after.split('\n').map(normalised);
  const starts = lines.flatMap((text, at) => (text.includes(texts[0]!) ? [at] : []));
  const distance = (at: number): number => Math.abs(at - (line - 1));
  const start = starts.toSorted((a, b) => distance(a) - distance(b))[0] ?? line - 1;
  return lines.slice(start, start + texts.length);
}

const count = (lines: readonly string[], wanted: string): number =>
  lines.filter((line) => line === wanted).length;

const linesOf = (file: string): string[] => readFileSync(file, 'utf8').split('\n').map(normalised);

const normalised = (text: string): string => text.replace(/\s+/g, ' ').trim();
