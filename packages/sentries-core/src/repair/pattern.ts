/*
 * The words of a regular expression. A pattern is cut into characters that stand for themselves and the rest,
 * so that words can be exchanged in it while the rest stays.
 */

/** Stands for the parts of a pattern that are no words; of the private use area, so in no message. */
const FIRST = 0xe000;
const LAST = 0xf8ff;

/** `\d`, `[a-z]`, `.*`, `{2}`, `(?:`, `$`, …; an escaped sign stands for itself. */
const PART = /\\[\dA-Za-z]|\[(?:\\.|[^\]\\])+\]|\{\d*,?\d*\}|\(\?[:=!]|[.^$*+?()|]|\\(.)|([^])/gu;

interface Part {
  readonly text: string;
  /** The character that it stands for; undefined where it is none. */
  readonly literal: string | undefined;
}

function partsOf(pattern: string): Part[] | undefined {
  // Groups with names, look-behind and flags are Python's own.
  if (/\(\?[^:=!]/.test(pattern)) return undefined;
  return [...pattern.matchAll(PART)].map(([text, escaped, plain]) => ({
    text,
    literal: escaped ?? plain,
  }));
}

/** The pattern's words; each part that is none is one private character. Undefined where it is too much. */
export function patternText(pattern: string): string | undefined {
  const found = partsOf(pattern);
  let next = FIRST;
  const words = found?.map(({ literal }) => literal ?? String.fromCodePoint(next++)).join('');
  return next > LAST ? undefined : words;
}

/** The pattern in which other words stand around the same parts. */
export function patternWith(pattern: string, words: string): string {
  const rest = (partsOf(pattern) ?? []).filter(({ literal }) => literal === undefined);
  return [...words]
    .map((char) => {
      const point = char.codePointAt(0)!;
      if (point >= FIRST && point <= LAST) return rest[point - FIRST]?.text ?? char;
      return /[.^$*+?{}[\]\\|()]/.test(char) ? `\\${char}` : char;
    })
    .join('');
}
