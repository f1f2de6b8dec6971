import { unfenced } from './fences';
import { fileNamedIn } from './paths';
import type { TextReplacement } from './proposed';
import { Refused } from './refusal';

const SEARCH = /^\s*(?:<{5,9}|-{5,9})\s*(?:(?:SEARCH|ORIGINAL|FIND|OLD|HEAD)\b(.*))?>?$/;
const DIVIDER = /^\s*={5,9}\s*$/;
const REPLACE = /^\s*(?:>{5,9}|\+{5,9})\s*(?:(?:REPLACE|UPDATED|NEW|END)\b.*)?$/i;
const FENCE = /^\s*(?:`{3,}|~{3,})/;

/** How many lines above a block may name its file. */
const REACH = 4;

/** Whether a line begins a search/replace block. Rules of dashes and arrows alone don't. */
function isSearch(line: string): boolean {
  const match = SEARCH.exec(line);
  return match !== null && (match[1] !== undefined || /^\s*<{7}\s*$/.test(line));
}

/** Whether a text holds a search/replace block, or the beginning of one. */
export function hasBlocks(answer: string): boolean {
  return answer.split('\n').some(isSearch);
}

/** The edits that a reply states as search/replace blocks, fenced or not. */
export function readBlocks(answer: string, files: readonly string[]): TextReplacement[] {
  const lines = answer.split('\n');
  const found: TextReplacement[] = [];
  let file: string | undefined;
  let above: string[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at]!;
    if (!isSearch(line)) {
      if (line.trim() !== '' && !FENCE.test(line)) above = [...above.slice(1 - REACH), line];
      continue;
    }
    // Some write the path behind the marker.
    const named = SEARCH.exec(line)?.[1] ?? '';
    file =
      [named, ...above.toReversed()].reduce<string | undefined>(
        (path, one) => path ?? fileNamedIn(one, files),
        undefined,
      ) ?? file;
    above = [];
    const end = endOfBlock(lines, at + 1);
    found.push({ kind: 'text', file, ...partsOf(lines.slice(at + 1, end)) });
    at = end;
  }
  return found;
}

function endOfBlock(lines: readonly string[], from: number): number {
  for (let at = from; at < lines.length; at += 1) {
    if (REPLACE.test(lines[at]!)) return at;
    if (isSearch(lines[at]!)) break;
  }
  throw new Refused(
    'unfinished',
    'A search/replace block has no >>>>>>> REPLACE line. Send each block complete.',
  );
}

function partsOf(lines: readonly string[]): { find: string; replace: string } {
  const dividers = lines.flatMap((line, at) => (DIVIDER.test(line) ? [at] : []));
  // Text with a rule of its own: which line parts the block is not known, but for the seven signs.
  const exact = dividers.filter((at) => lines[at]!.trim() === '=======');
  const [divider] = exact.length === 1 ? exact : dividers;
  if (divider === undefined || (dividers.length > 1 && exact.length !== 1)) {
    throw new Refused(
      'unfinished',
      'A search/replace block must have exactly one line that is =======.',
    );
  }
  return {
    find: unfenced(lines.slice(0, divider).join('\n')),
    replace: unfenced(lines.slice(divider + 1).join('\n')),
  };
}
