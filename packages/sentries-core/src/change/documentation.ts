import { posix } from 'node:path';
import { coversLine, type PythonSource } from '../python/syntax';
import type { ChangedFile } from './changed-file';
import { hunksOf } from './line-hunks';

/** A line of documentation that the change wrote: in another one's place, or as a line of a changelog. */
export interface DocumentedLine {
  readonly file: string;
  /** What stood in its place; undefined for an added line. */
  readonly old?: { readonly line: number; readonly text: string };
  readonly line: number;
  readonly text: string;
}

/** Texts that document a project. */
export const isText = (path: string): boolean => /\.(md|rst|txt)$/i.test(path);
const isChangelog = (path: string): boolean =>
  /^(change|changes|history|news|release)/i.test(posix.basename(path));

/**
 * The lines of docstrings and of texts that stand for other lines, as far as a hunk replaced them one for one,
 * and what was added to changelogs.
 *
 * @param texts Changed texts, read as if they were Python, of which only the lines are used.
 */
export function documentedLines(
  files: readonly ChangedFile[],
  texts: readonly ChangedFile[],
): DocumentedLine[] {
  return [...files, ...texts].flatMap((file) => {
    const source = file.new;
    if (!source) return [];
    return hunksOf(file).flatMap((hunk): DocumentedLine[] => {
      const isPaired = hunk.removed.length === hunk.added.length;
      if (!isPaired && !isChangelog(file.path)) return [];
      return hunk.added.flatMap((text, at) => {
        const line = hunk.new.start + at;
        if (!isText(file.path) && !isInDocstring(source, line)) return [];
        const old = { line: hunk.old.start + at, text: hunk.removed[at] ?? '' };
        return [{ file: file.path, ...(isPaired && { old }), line, text }];
      });
    });
  });
}

const isInDocstring = (source: PythonSource, line: number): boolean =>
  source
    .find('string')
    .some((node) => node.parent?.type === 'expression_statement' && coversLine(source, node, line));

/**
 * The line that documents one value in the place of another: the old line with that value exchanged is the new one,
 * or a changelog names both, each in quotes. Only of values that are no coincidence: words, and numbers of three
 * digits.
 *
 * @param before The value as its text: of a string its content, of a number its literal.
 */
export function documents(
  lines: readonly DocumentedLine[],
  before: string,
  now: string,
): DocumentedLine | undefined {
  if (!isTelling(before) || !isTelling(now)) return undefined;
  return lines.find(({ file, old, text }) => {
    if (old && exchanges(old.text, before, now).includes(text.trim())) return true;
    return isChangelog(file) && isQuoted(text, before) && isQuoted(text, now);
  });
}

const isTelling = (value: string): boolean =>
  /\p{L}{3}/u.test(value) || (value.match(/\d/g) ?? []).length >= 3;

/** A line with the value replaced where it stands by itself: at each such place alone, and at all of them. */
function exchanges(line: string, before: string, now: string): string[] {
  const places: number[] = [];
  for (let at = line.indexOf(before); at >= 0; at = line.indexOf(before, at + 1)) {
    const isPart =
      /[\p{L}\p{N}_]$/u.test(line.slice(0, at)) ||
      /^[\p{L}\p{N}_]/u.test(line.slice(at + before.length));
    if (!isPart) places.push(at);
  }
  const one = places.map((at) => line.slice(0, at) + now + line.slice(at + before.length));
  const all = places.length > 0 ? [line.split(before).join(now)] : [];
  return [...one, ...all].map((text) => text.trim());
}

const isQuoted = (line: string, value: string): boolean =>
  ['"', "'", '`', '``'].some((quote) => line.includes(`${quote}${value}${quote}`));
