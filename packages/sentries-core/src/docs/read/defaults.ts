import type { Span } from '../../python/syntax';

/** A value that a text says something has by default. */
export interface DocumentedDefault {
  /** As it is written, without the marks around it. */
  readonly value: string;
  readonly span: Span;
}

const VALUE = `"[^"\\n]*"|'[^'\\n]*'|-?\\d+(?:\\.\\d+)?(?:e-?\\d+)?|True|False|None`;
/** `Defaults to 5.`, `default: "x"`, `(default 3)`, `default is ``True```; what follows may not qualify it. */
const SAID = new RegExp(
  `\\bdefault(?:s|ed)?(?: value)?(?:\\s+(?:to|is)|\\s*[:=]|)\\s*:?\\s+?(\`{0,2}|\\*{1,2})(${VALUE})\\1(?![\\w.]*\\w)(?!\\s*(?:if|when|unless|for|on|in|or|and|but|which|because|[*/+-])\\b)`,
  'gi',
);
const EQUALS = new RegExp(`\\bdefault\\s*=\\s*(\`{0,2})(${VALUE})\\1(?![\\w.]*\\w)`, 'gi');

/** The default that a description of a parameter names; undefined where it names none, or several. */
export function documentedDefault(text: string): DocumentedDefault | undefined {
  const found = [...text.matchAll(SAID), ...text.matchAll(EQUALS)].map((match) => {
    const value = match[2]!;
    const start = match.index + match[0].lastIndexOf(value);
    return { value, span: { start, end: start + value.length } };
  });
  const places = new Set(found.map(({ span }) => span.start));
  const [only] = found;
  // A number with a unit may be told in another one than the code’s.
  const hasUnit =
    only && /\d$/.test(only.value) && /^[`*]*[ \t]*(?:[a-z]|%)/.test(text.slice(only.span.end));
  return places.size === 1 && !hasUnit ? only : undefined;
}
