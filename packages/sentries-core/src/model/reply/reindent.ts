import { PythonSource } from '../../python/syntax';
import { commonIndent, indentOf } from './lines';
import { Refused } from './refusal';

/** How the indentation that a model wrote becomes that of the file. */
export type IndentMap = (indent: string) => string;

/**
 * Learned from lines that stand on both sides: `pairs` of what the model wrote and what the file has.
 *
 * The map throws {@link Refused} for an indentation that the pairs don't tell.
 */
export function indentMap(pairs: readonly (readonly [string, string])[]): IndentMap {
  const known = new Map<string, string>();
  let isClear = true;
  for (const [from, to] of pairs) {
    if ((known.get(from) ?? to) !== to) isClear = false;
    known.set(from, to);
  }
  const unclear = (): never => {
    throw new Refused(
      'indentation',
      'The indentation of the new lines is not clear. Copy the old lines with the indentation of the file.',
    );
  };
  const usesTabs = pairs.some(([, to]) => to.includes('\t'));
  const deeper = (rest: string): string =>
    usesTabs ? rest.replaceAll('    ', '\t') : rest.replaceAll('\t', '    ');
  return (indent) => {
    if (!isClear) return unclear();
    const same = known.get(indent);
    if (same !== undefined) return same;
    const base = [...known.keys()]
      .filter((key) => indent.startsWith(key))
      .sort((a, b) => b.length - a.length)[0];
    if (base !== undefined) return known.get(base)! + deeper(indent.slice(base.length));
    // Less deep than any line known: what was put before, or left out, is the same everywhere.
    for (const [from, to] of known) {
      if (to.endsWith(from)) return to.slice(0, to.length - from.length) + indent;
      const surplus = from.endsWith(to) ? from.slice(0, from.length - to.length) : undefined;
      if (surplus !== undefined && indent.startsWith(surplus)) return indent.slice(surplus.length);
    }
    return unclear();
  };
}

/**
 * Code moved to the indentation `to`. The lines of a string that goes over several lines are part of its value:
 * they stay where `original` has that string as it is, and go along where it has it moved, and in docstrings.
 *
 * @throws Refused where a new string would have to be moved.
 */
export function moved(code: string, to: string, original: string): string {
  const lines = code.split('\n');
  const from = commonIndent(lines);
  if (from === to) return code;
  const level = lines.map((line) =>
    line.startsWith(from) ? line.slice(from.length) : line.trim() === '' ? '' : line,
  );
  const tabs = /^\t/m.test(original) && !/^\t/m.test(code);
  const put = (line: string): string => {
    if (line.trim() === '') return '';
    const indent = indentOf(line);
    return to + (tabs ? indent.replaceAll('    ', '\t') : indent) + line.slice(indent.length);
  };
  const stays = new Set<number>();
  const source = new PythonSource(level.join('\n'));
  for (const string of source.find('string')) {
    const { row } = string.startPosition;
    const last = string.endPosition.row;
    if (last === row) continue;
    const asIs = lines.slice(row + 1, last + 1);
    const along = level.slice(row + 1, last + 1).map(put);
    if (original.includes(asIs.join('\n')))
      for (let at = row + 1; at <= last; at += 1) stays.add(at);
    else if (
      !original.includes(along.join('\n')) &&
      string.parent?.type !== 'expression_statement'
    ) {
      refuseString();
    }
  }
  return level.map((line, at) => (stays.has(at) ? lines[at]! : put(line))).join('\n');
}

/**
 * Lines that can't be moved because they are the inside of a string, whose value they are.
 *
 * @throws Refused where one of the `moved` lines (from 0) of the code is.
 */
export function refuseMovedStrings(code: string, movedLines: readonly number[]): void {
  let isInside = false;
  const inside = new Set<number>();
  code.split('\n').forEach((line, at) => {
    if (isInside) inside.add(at);
    if ((line.match(/"""|'''/g) ?? []).length % 2 === 1) isInside = !isInside;
  });
  if (movedLines.some((at) => inside.has(at))) refuseString();
}

function refuseString(): never {
  throw new Refused(
    'indentation',
    'Your code has a string over several lines. Send the code with exactly the indentation of the file.',
  );
}
