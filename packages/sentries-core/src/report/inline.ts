/*
 * Texts of others in Markdown: of tests, of code, of models. None of them becomes a title or markup.
 */

export function fenced(text: string, language = 'text'): string[] {
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
  return [`${fence}${language}`, text, fence];
}

export const quoted = (text: string): string[] =>
  text.split(LINE_END).map((line) => (line === '' ? '>' : `> ${line}`));

/** Running text, in which nothing becomes a title or markup. */
export function prose(text: string): string {
  const escaped = text.replace(/[\\`*<[]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\$&');
  return escaped.replace(LINE_END, '⏎');
}

/** Inline code, whatever the text has in it. */
export function code(text: string): string {
  if (text === '') return '(nothing)';
  const fence = '`'.repeat(longestRun(text) + 1);
  const pad = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${text.replace(LINE_END, '⏎')}${pad}${fence}`;
}

/**
 * A text in which a server finds nobody to notify, no issue to close and no check to leave out: a sign that joins
 * words, which nobody sees, stands where a mention, a reference, an address or a `[skip ci]` would begin.
 */
export function inert(text: string): string {
  return text.replace(
    /@(?=[\w-])|#(?=\d)|\bGH-(?=\d)|:(?=\/\/)|\[(?=(?:skip|no|ci|actions)[ -](?:ci|skip|actions)\])/gi,
    '$&\u2060',
  );
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}

const LINE_END = /\r\n|\n|\r/g;
