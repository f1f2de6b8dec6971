/*
 * Most import statements stand on one line, in plain letters. As with dull lines, a regular expression knows
 * them from the first file on, in a fraction of the time that the lexer takes.
 */

/** Python takes any word here, but those that would be told from names only with care. */
const NAME = '(?!(?:import|from|as)\\b)[A-Za-z_]\\w*';
const DOTTED = `${NAME}(?:\\.${NAME})*`;
const SPACE = '[ \\t]+';

/** With `as`, one or more. */
const listed = (one: string): string => {
  const item = `${one}(?:${SPACE}as${SPACE}${NAME})?`;
  return `${item}(?:[ \\t]*,[ \\t]*${item})*`;
};

const PLAIN = new RegExp(
  `(?:import${SPACE}${listed(DOTTED)}|from${SPACE}(?:\\.+(?:${DOTTED})?|${DOTTED})${SPACE}import${SPACE}(?:\\*|${listed(NAME)}))` +
    '(?=[ \\t]*[#\\n\\r])',
  'y',
);

/** Where the import statement ends that begins in a place; -1 where it is none, or not a plain one. */
export function plainImport(text: string, at: number): number {
  PLAIN.lastIndex = at;
  return PLAIN.test(text) ? PLAIN.lastIndex : -1;
}

/** The modules that a plain import statement names. */
export function modulesOf(statement: string): string[] {
  const from = /^from\s+(\S+)\s+import\s+/.exec(statement);
  const names = statement.slice(from?.[0].length ?? 'import '.length).split(',');
  const firstWord = (name: string): string => /[\w.*]+/.exec(name)![0];
  if (!from) return names.map(firstWord);
  const base = from[1]!;
  if (names[0] === '*') return [base];
  const prefix = base.endsWith('.') ? base : `${base}.`;
  return names.map((name) => prefix + firstWord(name));
}
