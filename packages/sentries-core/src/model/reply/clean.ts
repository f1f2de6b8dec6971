import { Refused } from './refusal';

/** Tokens of chat templates that leak into replies. */
const TEMPLATE_TOKEN =
  /<\|(?:im_start|im_end|endoftext|end_of_text|eot_id|eom_id|begin_of_text|end|return|assistant)\|>|<｜[^｜\n]{1,40}｜>|<\/s>(?=\s*$)|<(?:start|end)_of_turn>/g;

const OPENING = /^[ \t]*<(think|thinking|thought|reasoning)>/im;
const CLOSING =
  /<\/(?:think|thinking|thought|reasoning)>[ \t]*$|^[ \t]*<\/(?:think|thinking|thought|reasoning)>/gim;

/** Models with channels: only what comes on the last one is the answer. */
const CHANNEL = /<\|channel\|>\s*(\w+)[^<\n]{0,80}<\|message\|>/g;

/**
 * What a model says to us: without its thoughts and its template's tokens, with `\n` for line ends.
 *
 * A thought is left out only where its tags stand at the edge of a line: within a line they may be code.
 */
export function answerOf(reply: string): string {
  let text = reply.replace(/^\uFEFF/, '').replaceAll(/\r\n?/g, '\n');
  const channel = [...text.matchAll(CHANNEL)].at(-1);
  if (channel) {
    if (channel[1] !== 'final') {
      throw new Refused('unfinished', 'Your reply holds thoughts, and no answer. Answer briefly.');
    }
    text = text.slice(channel.index + channel[0].length);
  }
  return withoutThoughts(text).replaceAll(TEMPLATE_TOKEN, '');
}

function withoutThoughts(text: string): string {
  // Many templates put the opening tag into the prompt, so only the closing one is seen.
  const closing = [...text.matchAll(CLOSING)].at(-1);
  const answer = closing ? text.slice(closing.index + closing[0].length) : text;
  const opening = OPENING.exec(answer);
  if (!opening) return answer;
  throw new Refused(
    'unfinished',
    `Your reply ends inside of <${opening[1]!}>. Think less, and give the answer.`,
  );
}

const SMART: Readonly<Record<string, string>> = {
  '\u2018': "'",
  '\u2019': "'",
  '\u201A': "'",
  '\u201B': "'",
  '\u201C': '"',
  '\u201D': '"',
  '\u201E': '"',
  '\u201F': '"',
  '\u00A0': ' ',
};

const SMART_CHARACTERS = new RegExp(`[${Object.keys(SMART).join('')}]`, 'g');

/** Typographic quotes and no-break spaces as a programmer types them. */
export function plainQuotes(text: string): string {
  return text.replaceAll(SMART_CHARACTERS, (character) => SMART[character]!);
}

/** One level of escapes taken off: for text that was escaped twice. */
export function unescaped(text: string): string {
  const meaning: Record<string, string> = { n: '\n', t: '\t', r: '' };
  return text.replaceAll(
    /\\([ntr"'\\])/g,
    (_, character: string) => meaning[character] ?? character,
  );
}

/**
 * Line ends and tabs inside of one-line string literals as their escapes: for code that was not escaped where
 * JSON wants it, so that its `\n` came out as a line end.
 */
export function withEscapesInStrings(code: string): string {
  return code.replaceAll(
    /"""[^]*?"""|'''[^]*?'''|#[^\n]*|"(?:\\[^]|[^"\\])*"|'(?:\\[^]|[^'\\])*'/g,
    (token) =>
      /^(?:#|"""|''')/.test(token)
        ? token
        : token.replaceAll('\n', String.raw`\n`).replaceAll('\t', String.raw`\t`),
  );
}

const NUMBER = /^[ \t]{0,8}(\d{1,6})[ \t]?(?:[|│:→]|\t)[ \t]?/;

/** Whether the lines begin with line numbers, as the prompt shows them. */
export function isNumbered(text: string): boolean {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  let last = -1;
  return (
    lines.length > 0 &&
    lines.every((line) => {
      const number = Number(NUMBER.exec(line)?.[1] ?? -1);
      const follows = number > last;
      last = number;
      return follows;
    })
  );
}

/** Takes off line numbers where a line has one. */
export function withoutNumbers(text: string): string {
  return text
    .split('\n')
    .map((line) => line.replace(NUMBER, ''))
    .join('\n');
}
