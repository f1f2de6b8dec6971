/** Pages that tell of other versions, or of no code. */
export const isPastPage = (file: string): boolean =>
  /change|history|(^|[/_-])news|(?<!pre)release|migrat|upgrad|whats?_?-?new|licen[sc]e|authors|todo/i.test(
    file,
  );

const LOG =
  /^(the )?(change ?log|changes|(change|release|version) history|history|release notes|releases|what['’]s new)( (in|of|for|since) .*)?:?$/i;

/** `3.1.0`, `v2.0b1 (2021-05-04)`, `Version 1.2, released March 3, 2020`: a version, and nothing but when it was. */
const VERSION =
  /^\[?(?:version |release |v)?\d+\.\d+(?:\.\d+)*(?:[.-]?(?:a|b|rc|post|dev)[.-]?\d*)?\]?(?:(?:[\W\d_]|un|released|yanked|on|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*|\d(?:st|nd|rd|th))*)$/i;

interface Title {
  readonly text: string;
  readonly start: number;
  /** 1 is the highest. */
  readonly level: number;
}

/** The passages of a text that list what was, version by version: each from its title to the next one of its level. */
export function changelogsIn(
  text: string,
  isMarkdown: boolean,
): readonly { readonly start: number; readonly end: number }[] {
  const titles = isMarkdown ? markdownTitles(text) : rstTitles(text);
  return titles.flatMap((title, at) => {
    if (!LOG.test(title.text) && !VERSION.test(title.text)) return [];
    const next = titles.find((other, later) => later > at && other.level <= title.level);
    return [{ start: title.start, end: next?.start ?? text.length }];
  });
}

function markdownTitles(text: string): Title[] {
  const plain = text.replace(/^ {0,3}(`{3,}|~{3,})[^]*?^ {0,3}\1/gm, (own) =>
    own.replace(/[^\n]/g, ' '),
  );
  const marked = /^ {0,3}(#{1,6})[ \t]+(.+?)[ \t#]*$|^ {0,3}(\S.*)\r?\n {0,3}(=+|-+)[ \t]*$/gm;
  return [...plain.matchAll(marked)].map((match) => ({
    text: (match[2] ?? match[3]!).trim(),
    start: match.index,
    level: match[1]?.length ?? (match[4]!.startsWith('=') ? 1 : 2),
  }));
}

/** In reStructuredText the order in which the lines under titles come says which is the higher one. */
function rstTitles(text: string): Title[] {
  const styles: string[] = [];
  const underlined =
    /^(?:(([^\w\s])\2{2,})[ \t]*\r?\n)?[ \t]?(\S.*)\r?\n(([^\w\s])\5{2,})[ \t]*$/gm;
  return [...text.matchAll(underlined)].flatMap((match) => {
    const [title, line] = [match[3]!.trim(), match[4]!];
    if (line.length < title.length || /^([^\w\s])\1+$/.test(title)) return [];
    const style = `${match[2] ?? ''}/${match[5]!}`;
    if (!styles.includes(style)) styles.push(style);
    return [{ text: title, start: match.index, level: styles.indexOf(style) + 1 }];
  });
}
