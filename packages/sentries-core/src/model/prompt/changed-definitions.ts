import type { ChangedFile } from '../../change/changed-file';
import type { ChangeSet } from '../../change/change-set';
import { hunksOf, type LineHunk } from '../../change/line-hunks';
import { moduleSymbols, type ModuleSymbol } from '../../change/symbols';
import type { PythonSource } from '../../python/syntax';
import type { Evidence, Suspect } from '../../report/run-record';
import { isConstructor, lastOf } from './reach';

/** A definition that the change touched: its hunks, and how near it is to a failing test. */
export interface ChangedDefinition {
  readonly file: ChangedFile;
  /** Empty for code outside of any definition. */
  readonly path: string;
  readonly hunks: readonly LineHunk[];
  /** 0: the test names it, or ran one of its changed lines. 1: what the test names, names it. 2: neither. */
  readonly distance: 0 | 1 | 2;
}

/** The definitions that a change touched, nearest first. */
export function changedDefinitions(
  change: ChangeSet,
  own: ReadonlySet<string>,
  reached: ReadonlySet<string>,
  suspects: readonly Suspect[],
): ChangedDefinition[] {
  return change.files
    .flatMap((file) => {
      const byOwner = hunksByOwner(file);
      return [...byOwner].map(([path, hunks]): ChangedDefinition => {
        const ran = suspects.some((suspect) => hunks.some((hunk) => holds(file, hunk, suspect)));
        // A test may still use the old name of what was renamed.
        const names = [path, ...hunks.flatMap((hunk) => definedIn(hunk))].map(calledName);
        const distance =
          ran || names.some((name) => own.has(name))
            ? 0
            : names.some((name) => reached.has(name))
              ? 1
              : 2;
        return { file, path, hunks, distance };
      });
    })
    .toSorted((a, b) => a.distance - b.distance);
}

const cache = new WeakMap<ChangedFile, ReadonlyMap<string, readonly LineHunk[]>>();

/** The same for all failures. */
function hunksByOwner(file: ChangedFile): ReadonlyMap<string, readonly LineHunk[]> {
  const known = cache.get(file);
  if (known) return known;
  const byOwner = new Map<string, LineHunk[]>();
  for (const hunk of hunksOf(file)) {
    const owner = ownerOf(file, hunk);
    byOwner.set(owner, [...(byOwner.get(owner) ?? []), hunk]);
  }
  cache.set(file, byOwner);
  return byOwner;
}

function ownerOf({ old, new: now }: ChangedFile, hunk: LineHunk): string {
  const place = (
    source: PythonSource | null,
    { start, end }: LineHunk['new'],
  ): string | undefined =>
    source && end > start ? innermost(source, start, end - 1)?.path : undefined;
  const between = (source: PythonSource | null): string | undefined =>
    source ? innermost(source, hunk.new.start, hunk.new.start)?.path : undefined;
  return place(now, hunk.new) ?? place(old, hunk.old) ?? between(now) ?? '';
}

function innermost(source: PythonSource, first: number, last: number): ModuleSymbol | undefined {
  const around = [...moduleSymbols(source).values()].filter(
    (symbol) => symbol.first <= last && first <= symbol.last && symbol.kind !== 'variable',
  );
  const covering = around.filter((symbol) => symbol.first <= first && last <= symbol.last);
  const size = (symbol: ModuleSymbol): number => symbol.last - symbol.first;
  return (covering.length > 0 ? covering : around).toSorted((a, b) => size(a) - size(b))[0];
}

const calledName = (path: string): string => {
  const name = lastOf(path);
  return isConstructor(name) ? lastOf(path.slice(0, -name.length - 1)) : name;
};

/** Names that lines of a hunk define. */
const definedIn = ({ removed, added }: LineHunk): string[] =>
  [...removed, ...added].flatMap((line) => {
    const name = /^\s*(?:(?:async\s+)?def|class)\s+(\w+)|^\s*(\w+)\s*(?::[^=]+)?=[^=]/.exec(line);
    return name ? [name[1] ?? name[2]!] : [];
  });

const holds = (
  { path, oldPath }: ChangedFile,
  hunk: LineHunk,
  { file, line, side }: Suspect,
): boolean => {
  const { start, end } = side === 'head' ? hunk.new : hunk.old;
  return file === (side === 'head' ? path : oldPath) && start <= line && line < end;
};

/** Longer definitions are shown around their hunks alone. */
const MOST_LINES = 30;
const AROUND = 3;

/** A definition as it was and as it is, with `-` and `+` before the lines that differ. */
export function shownChange({ file, path, hunks }: ChangedDefinition): string {
  const { new: now } = file;
  const symbol = now && moduleSymbols(now).get(path);
  const title = [file.path === file.oldPath ? file.path : `${file.oldPath} → ${file.path}`, path];
  const lines: string[] = [title.filter((part) => part !== '').join(' ')];
  const within = (line: number): boolean => {
    if (!now || line < 1 || line > now.lines.lineCount) return false;
    if (!symbol) return near(hunks, line, 1);
    if (line < symbol.first || line > symbol.last) return false;
    const isShort = symbol.last - symbol.first < MOST_LINES;
    return isShort || line <= symbol.line || near(hunks, line, AROUND);
  };
  const from = Math.min(symbol?.first ?? Infinity, ...hunks.map(({ new: { start } }) => start - 1));
  const to = Math.max(symbol?.last ?? 0, ...hunks.map(({ new: { end } }) => end));
  let isCut = false;
  for (let line = from; line <= to; line += 1) {
    const hunk = hunks.find(({ new: { start } }) => start === line);
    if (hunk) {
      lines.push(
        ...hunk.removed.map((text) => `-${text}`),
        ...hunk.added.map((text) => `+${text}`),
      );
      isCut = false;
    }
    if (hunks.some(({ new: { start, end } }) => start <= line && line < end)) continue;
    if (within(line)) lines.push(` ${now!.lines.line(line)}`);
    else if (symbol && line > symbol.first && line < symbol.last && !isCut)
      lines.push(' [lines left out]');
    isCut = !within(line);
  }
  return lines.join('\n');
}

const near = (hunks: readonly LineHunk[], line: number, around: number): boolean =>
  hunks.some(({ new: { start, end } }) => start - around <= line && line < end + around);

/** As many hunks are given as evidence. */
const MAX_EVIDENCE = 4;

/** The places of the change that an edit of the test rests on: of each definition, the first line that differs. */
export function evidenceFrom(definitions: readonly ChangedDefinition[]): Evidence[] {
  return definitions
    .filter(({ distance }) => distance < 2)
    .flatMap(({ file, path, hunks }) => hunks.map((hunk) => ({ file, path, hunk })))
    .flatMap(({ file, path, hunk }): Evidence[] => {
      const isCode = (text: string): boolean => /\S/.test(text);
      const [side, range, lines, place] = hunk.added.some(isCode)
        ? (['head', hunk.new, hunk.added, file.path] as const)
        : (['base', hunk.old, hunk.removed, file.oldPath] as const);
      const at = lines.findIndex(isCode);
      if (at < 0) return [];
      const what = path === '' ? 'the module' : path;
      return [
        {
          file: place,
          line: range.start + at,
          side,
          text: lines[at]!,
          says: `the change touches ${what} here`,
        },
      ];
    })
    .slice(0, MAX_EVIDENCE);
}
