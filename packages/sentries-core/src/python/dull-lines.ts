/*
 * Most lines of a file name no module, whatever the lines around them are. A regular expression passes over
 * them in native code, which is fast from the first file on: the lexer's own loops are only once the engine
 * has compiled them. It may take a line for interesting that is not, never the other way round.
 *
 * Each part is told from the others by its first character, so that there is one way only to match a text,
 * and a match that fails takes no more time than one that succeeds.
 */

/** `plain` characters, with the `special` parts in between. */
const mixed = (plain: string, ...special: readonly string[]): string =>
  `${plain}*(?:(?:${special.join('|')})${plain}*)*`;

const short = (quote: string): string =>
  `${quote}(?!${quote}{2})${mixed(`[^${quote}\\\\\\n\\r]`, '\\\\[^\\r]')}${quote}`;
const long = (quote: string): string =>
  `${quote}{3}${mixed(`[^${quote}\\\\]`, '\\\\[^]', `${quote}(?!${quote}{2})`)}${quote}{3}`;

/** Any string but f-strings and t-strings, in which code may stand. */
const TEXT = `(?<![fFtT])(?<![fFtT][rR])(?:${[long('"'), short('"'), long("'"), short("'")].join('|')})`;
/** No word that may be a call by which a module is imported. */
const WORDS = 'i(?!mportlib|mport_module)|_(?!_import__)';
const COMMENT = '#[^\\n\\r]*';
const LINE_END = '(?:\\n|\\r\\n?)';

/** Brackets that hold brackets that hold brackets. Which kind closes which does not matter to the lexer either. */
const BRACKETS = [1, 2, 3].reduce((inner) => {
  const parts = [WORDS, TEXT, `${COMMENT}[\\n\\r]`, ...(inner ? [inner] : [])];
  return `[([{]${mixed('[^"\'#()\\[\\]{}\\\\i_]', ...parts)}[)\\]}]`;
}, '');

const STATEMENT = '(?:import|from|pytest_plugins)\\b';
/** From behind the indentation to the line end of a logical line. */
const DULL =
  `(?![ \\t\\f]|try\\b|${STATEMENT})` +
  mixed(
    '[^"\'#()\\[\\]{}:;\\\\\\n\\ri_]',
    WORDS,
    TEXT,
    BRACKETS,
    `[:;](?![ \\t\\f]*${STATEMENT})`,
  ) +
  `(?:${COMMENT})?${LINE_END}`;

/** The engine notes each line for its way back: a limit keeps that small. */
const MORE = `(?:[ \\t\\f]*${DULL}){0,500}`;

/** As many lines as possible. */
const LINES = new RegExp(DULL + MORE, 'y');
/** One, and the blank ones below it. */
const LINE = new RegExp(`${DULL}(?:[ \\t\\f]*(?:${COMMENT})?${LINE_END})*`, 'y');

/**
 * Passes over lines that name no module: over one and the blank ones below it, or over as many as possible.
 *
 * @param at Behind the indentation of the first one.
 * @returns Where the next one begins; -1 where the first one may name a module.
 */
export function passDull(text: string, at: number, areMany: boolean): number {
  const lines = areMany ? LINES : LINE;
  lines.lastIndex = at;
  try {
    return lines.test(text) ? lines.lastIndex : -1;
  } catch {
    // A literal of millions of parts is too much for the engine.
    return -1;
  }
}
