import { fencedBlocks } from './fences';
import { fileNamedIn, tryPath } from './paths';
import type { FunctionReplacement } from './proposed';
import { Refused } from './refusal';

/** `tests/test_a.py::TestA::test_b`, wherever it stands in a line. */
const KEY = /([\w@+~.\\/-]{1,300}\.pyi?)::([\w:.]{1,300})/;

/** A function, with or without a copied line number. */
const DEFINITION = /^[ \t]*(?:\d{1,6}[ \t]?[|│:→\t][ \t]*)?(?:async[ \t]+)?def[ \t]+\w/m;

/** How many lines above a block may name its function. */
const REACH = 4;

/**
 * The functions that a reply holds as fenced code.
 *
 * @throws Refused where nothing says that the code is complete: no closing fence, or none at all.
 */
export function readFunctionBlocks(
  answer: string,
  files: readonly string[],
): FunctionReplacement[] {
  const blocks = fencedBlocks(answer);
  const lines = answer.split('\n');
  const withCode = blocks.filter(
    ({ language, text }) =>
      /^(?:|py|python\d*|python3|pycon)$/.test(language) && DEFINITION.test(text),
  );
  if (withCode.some(({ isClosed }) => !isClosed)) {
    throw new Refused(
      'unfinished',
      'The code block is not closed. Send the whole function, then the closing fence.',
    );
  }
  if (blocks.length > 0) {
    return withCode.map((block) =>
      named(lines.slice(Math.max(0, block.line - REACH), block.line), block.text, files),
    );
  }
  // Without a fence nothing tells where the function ends, nor whether all of it is there.
  if (!/^(?:async[ \t]+)?def[ \t]+\w+[ \t]*\(/m.test(answer)) return [];
  throw new Refused('unfinished', 'Put the whole function between two lines of ```.');
}

/** A block of code with the file and function that the lines above it, or its first comments, name. */
function named(
  above: readonly string[],
  code: string,
  files: readonly string[],
): FunctionReplacement {
  const own = /^(?:[ \t]*(?:#[^\n]*)?\n){0,4}/.exec(code)![0].split('\n');
  // Also a path or key alone on the first line, without a comment's sign.
  const [first = ''] = code.trimStart().split('\n');
  const bare =
    KEY.exec(first)?.[0] === first.trim() || tryPath(first, files) !== undefined
      ? first
      : undefined;
  const rest = bare === undefined ? code : code.trimStart().slice(bare.length);
  const isName = (line: string): boolean =>
    KEY.test(line) || /^\s*#+\s*[\w./\\-]+\.py\s*$/.test(line);
  const names = [bare ?? '', ...own.toReversed(), ...above.toReversed()];
  const kept = rest
    .split('\n')
    .filter((line, at) => !(at < own.length && line.trimStart().startsWith('#') && isName(line)))
    .join('\n');
  for (const line of names) {
    const key = KEY.exec(line.slice(0, 700));
    if (key) {
      return {
        kind: 'function',
        file: key[1],
        name: key[2]!.replaceAll('::', '.').replaceAll(/^\.+|\.+$/g, ''),
        code: kept,
      };
    }
  }
  let file: string | undefined;
  for (const line of names) file ??= fileNamedIn(line, files);
  return { kind: 'function', file, name: undefined, code: kept };
}
