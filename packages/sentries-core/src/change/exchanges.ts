import type { PythonSource } from '../python/syntax';
import type { ChangedFile } from './changed-file';
import { hunksOf } from './line-hunks';
import { isDefined, tokensWithin, type Token } from './tokens';

/** A line of the change that differs from the one before by names alone: how it uses one for another. */
export interface NameExchange {
  /** `old→new`. */
  readonly pair: string;
  readonly file: ChangedFile;
  /** At head. */
  readonly line: number;
  /** No other name was exchanged on the line. */
  readonly isAlone: boolean;
  /** The name of an argument in a call. */
  readonly isLabel: boolean;
}

/**
 * Where the change exchanged one name for another in use: lines that differ by nothing else. Where a name is
 * made says nothing: something else may be made in its place.
 */
export function nameExchanges(files: readonly ChangedFile[]): NameExchange[] {
  return files.flatMap((file) => {
    const known = cache.get(file) ?? exchangesIn(file);
    cache.set(file, known);
    return known;
  });
}

const cache = new WeakMap<ChangedFile, readonly NameExchange[]>();

function exchangesIn(file: ChangedFile): NameExchange[] {
  const { old, new: now } = file;
  if (!old || !now) return [];
  return hunksOf(file).flatMap((hunk) =>
    hunk.added.slice(0, hunk.removed.length).flatMap((_, at) => {
      if (shape(hunk.removed[at]!) !== shape(hunk.added[at]!)) return [];
      const line = hunk.new.start + at;
      const pairs = exchanged(lineTokens(old, hunk.old.start + at), lineTokens(now, line));
      return [...pairs].map(([pair, isLabel]) => ({
        pair,
        file,
        line,
        isAlone: pairs.size === 1,
        isLabel,
      }));
    }),
  );
}

/** What stands between the names of a line: where it differs, so does more than names. Comments count for nothing. */
const shape = (line: string): string => line.replace(/#.*|[\w\s\\]|[^\0-\x7f]/g, '');

function lineTokens(source: PythonSource, line: number): Token[] {
  const { lines } = source;
  return tokensWithin(source, lines.lineStart(line), lines.lineStart(line + 1));
}

/** The pairs of names by which two lines differ, where they differ by nothing else and use them. */
function exchanged(before: readonly Token[], after: readonly Token[]): Map<string, boolean> {
  const pairs = new Map<string, boolean>();
  const none = new Map<string, boolean>();
  if (before.length !== after.length) return none;
  let isUsed = false;
  for (const [at, token] of before.entries()) {
    const other = after[at]!;
    if (token.text === other.text) continue;
    if (token.node.type !== 'identifier' || other.node.type !== 'identifier') return none;
    pairs.set(`${token.text}→${other.text}`, isLabel(token));
    isUsed ||= !isDefined(token);
  }
  return isUsed ? pairs : none;
}

const isLabel = ({ node }: Token): boolean =>
  node.parent?.type === 'keyword_argument' && node.parent.childForFieldName('name')?.id === node.id;
