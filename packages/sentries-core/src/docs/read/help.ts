import type { Span } from '../../python/syntax';
import { lineSpans } from '../text/excerpt';
import { commandsIn } from './shell';

/** An option that a text shows of a program. */
export interface ShownOption {
  readonly name: string;
  readonly span: Span;
  /** Null where the text does not say. */
  readonly program: string | null;
}

const OPTION = /(?<![\w-])--?[A-Za-z][\w-]*/g;

const HEADING = /^\s*(?:usage|options|optional arguments|flags|(?:[\w -]+ )?options)\s*:/im;

/** The options in what a program says of itself: in its usage, and at the front of the lines below. */
export function optionsOfHelp(text: string): ShownOption[] {
  if (!HEADING.test(text)) return [];
  const used = /^\s*usage:\s*(?:python[\d.]* -m )?([\w.-]+)/im.exec(text)?.[1];
  const program = used ?? commandsIn(text)[0]?.program ?? null;
  let isUsage = false;
  return lineSpans(text).flatMap(({ start, end }) => {
    const line = text.slice(start, end);
    if (/^\s*$/.test(line)) isUsage = false;
    if (/^\s*usage:/i.test(line)) isUsage = true;
    // What is said of an option stands some blanks behind it.
    const told = isUsage ? line : (/^\s+-.*?(?=\s{2,}\S|$)/m.exec(line)?.[0] ?? '');
    return optionsAt(told, start, program);
  });
}

/** The options that a hook of pre-commit is given: its id is the program's name. */
export function optionsOfHooks(text: string): ShownOption[] {
  let program: string | null = null;
  let isGiven = false;
  return lineSpans(text).flatMap(({ start, end }) => {
    const line = text.slice(start, end);
    const key = /^\s*(?:- +)?([\w-]+):\s*(\S*)/.exec(line);
    if (key) isGiven = key[1] === 'args';
    if (key?.[1] === 'id') program = key[2]!;
    if (key?.[1] === 'repo') program = null;
    return isGiven && program !== null ? optionsAt(line, start, program) : [];
  });
}

const optionsAt = (line: string, from: number, program: string | null): ShownOption[] =>
  [...line.matchAll(OPTION)].map(({ 0: name, index }) => ({
    name,
    program,
    span: { start: from + index, end: from + index + name.length },
  }));
