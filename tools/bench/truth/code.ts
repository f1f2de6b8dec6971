/** A part of a text that stands as code, told by plain lines and marks: no grammar of ours has a say in it. */
export interface CodePart {
  readonly kind: 'span' | 'role' | 'python' | 'text' | 'directive' | 'field';
  /** The role, the directive, the name of the field, the language. */
  readonly name: string;
  readonly start: number;
  readonly end: number;
  /** What it says of itself is of another version. */
  readonly isPast: boolean;
  /** From where on, and to where, the block goes on that it is a line of. */
  readonly block: { readonly start: number; readonly end: number };
}

const PYTHON = /^(python[23]?|py[23]?|pycon[23]?|ipython[23]?|doctest|default|)$/;
const CODE_DIRECTIVE =
  /^(code-block|code|sourcecode|doctest|testcode|prompt|ipython|parsed-literal)$/;
const FENCE = /^\s*(?:>\s*)*(?:(?:[-*+]|\d+\.)\s+)?(`{3,}|~{3,})\s*\{?[.]?([\w:-]*)[^`]*$/;
const PAST =
  /\b(deprecated|removed in|renamed|formerly|no longer|used to be|changed in|prior to|versionchanged|versionadded)\b/i;

interface Line {
  readonly text: string;
  readonly start: number;
  readonly indent: number;
}

/** The parts of a text, or of some of its lines, that stand as code. */
export function codeParts(
  whole: string,
  isMarkdown: boolean,
  range: { readonly start: number; readonly end: number } = { start: 0, end: whole.length },
): CodePart[] {
  const lines = linesOf(whole, range);
  const parts: CodePart[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at]!;
    // Where there is no Markdown, such a line underlines a title.
    const fence = isMarkdown ? FENCE.exec(line.text) : null;
    if (fence) {
      const end = lines.findIndex(
        (one, other) => other > at && one.text.trim().startsWith(fence[1]!),
      );
      const last = end < 0 ? lines.length : end;
      parts.push(...blockParts(lines.slice(at + 1, last), fence[2]!, false));
      at = last;
      continue;
    }
    const directive = isMarkdown
      ? null
      : /^\s*\.\. (?:\|\w+\| )?(?:[a-z]+:)?([\w-]+)::\s?(.*)$/.exec(line.text);
    const body = bodyOf(lines, at);
    if (directive) {
      const [, name, argument] = directive as unknown as [string, string, string];
      if (CODE_DIRECTIVE.test(name) && body.length > 0) {
        parts.push(...blockParts(body, argument.trim(), isPastAt(lines, at)));
        at += body.at(-1)!.start === line.start ? 0 : lines.indexOf(body.at(-1)!) - at;
        continue;
      }
      const start = line.start + line.text.length - argument.length;
      parts.push(part('directive', name, start, start + argument.length, false));
      if (PAST.test(name)) {
        for (const one of body) parts.push(...inline(one, isMarkdown, true));
        at += body.length;
        continue;
      }
    } else if (!isMarkdown && /::\s*$/.test(line.text) && body.length > 0) {
      parts.push(...inline(line, isMarkdown, isPastAt(lines, at)));
      parts.push(...blockParts(body, '', isPastAt(lines, at)));
      at = lines.indexOf(body.at(-1)!);
      continue;
    } else if (/^\s*>>> /.test(line.text)) {
      const end = lines.findIndex((one, other) => other > at && one.text.trim() === '');
      const session = lines.slice(at, end < 0 ? lines.length : end);
      parts.push(...blockParts(session, 'pycon', isPastAt(lines, at)));
      at += session.length - 1;
      continue;
    }
    parts.push(...inline(line, isMarkdown, isPastAt(lines, at)));
  }
  return parts;
}

const part = (
  kind: CodePart['kind'],
  name: string,
  start: number,
  end: number,
  isPast: boolean,
  block = { start, end },
): CodePart => ({ kind, name, start, end, isPast, block });

function linesOf(text: string, { start, end }: { start: number; end: number }): Line[] {
  const lines: Line[] = [];
  for (let at = start; at <= end;) {
    const next = text.indexOf('\n', at);
    const stop = next < 0 || next > end ? end : next;
    const own = text.slice(at, stop).replace(/\r$/, '');
    lines.push({ text: own, start: at, indent: own.length - own.trimStart().length });
    at = stop + 1;
  }
  return lines;
}

/** The lines below one that are indented more. */
function bodyOf(lines: readonly Line[], at: number): Line[] {
  const { indent } = lines[at]!;
  const rest = lines.slice(at + 1);
  const end = rest.findIndex((one) => one.text.trim() !== '' && one.indent <= indent);
  const body = end < 0 ? rest : rest.slice(0, end);
  const last = body.findLastIndex(({ text }) => text.trim() !== '');
  return body.slice(0, last + 1);
}

/** The paragraph around a line speaks of another version. */
function isPastAt(lines: readonly Line[], at: number): boolean {
  let [first, last] = [at, at];
  while (first > 0 && lines[first - 1]!.text.trim() !== '') first -= 1;
  while (last + 1 < lines.length && lines[last + 1]!.text.trim() !== '') last += 1;
  return PAST.test(
    lines
      .slice(first, last + 1)
      .map(({ text }) => text)
      .join('\n'),
  );
}

function blockParts(lines: readonly Line[], language: string, isPast: boolean): CodePart[] {
  const first = lines[0];
  if (!first) return [];
  const text = lines.map((one) => one.text).join('\n');
  const isSession = /^\s*(?:>\s*)?>>> ?/m.test(text);
  const isPython =
    isSession ||
    (PYTHON.test(language) &&
      (language !== '' || /^\s*(?:from [\w.]+ import|import \w)|\w\(.*\)/m.test(text)));
  const end = lines.at(-1)!.start + lines.at(-1)!.text.length;
  const block = { start: first.start, end };
  return lines.flatMap((line): CodePart[] => {
    const prompt = /^\s*(?:>\s*)?(?:>>>|\.\.\.) ?/.exec(line.text)?.[0].length;
    if (isSession && prompt === undefined) return [];
    const [start, stop] = [line.start + (isSession ? prompt! : 0), line.start + line.text.length];
    return [part(isPython ? 'python' : 'text', language, start, stop, isPast, block)];
  });
}

const ROLE = /:(?:[a-z]+:)?([a-z]+):`([^`\n]+)`|\{(?:[a-z]+:)?([a-z]+)\}`([^`\n]+)`/g;
const FIELD = /^\s*:(param|parameter|arg|type|raises|raise|keyword|kwarg)\s+([^:]+):/;

function inline({ text, start }: Line, isMarkdown: boolean, isPast: boolean): CodePart[] {
  const found: CodePart[] = [];
  const field = isMarkdown ? null : FIELD.exec(text);
  if (field) {
    const at = start + field[0].length - 1 - field[2]!.length;
    found.push(part('field', field[1]!, at, at + field[2]!.length, isPast));
  }
  let rest = text;
  for (const match of text.matchAll(ROLE)) {
    const [own, name, content] = [match[0], match[1] ?? match[3]!, match[2] ?? match[4]!];
    const target = /<([^<>]+)>$/.exec(content)?.[1] ?? content;
    const at = start + match.index + own.length - 1 - content.length + content.lastIndexOf(target);
    found.push(part('role', name, at, at + target.length, isPast));
    rest =
      rest.slice(0, match.index) + ' '.repeat(own.length) + rest.slice(match.index + own.length);
  }
  for (const match of rest.matchAll(/(`{1,2})(?!`)((?:(?!\1).)+)\1(?![`_])/g)) {
    const at = start + match.index + match[1]!.length;
    found.push(part('span', '', at, at + match[2]!.length, isPast));
  }
  for (const match of rest.matchAll(/^\s*::: (\S+)/g)) {
    const at = start + match[0].length - match[1]!.length;
    found.push(part('directive', ':::', at, at + match[1]!.length, isPast));
  }
  return found;
}

/** A text of Python with blanks for its strings and comments. */
export const withoutTexts = (text: string): string =>
  text.replace(/"""[^]*?"""|'''[^]*?'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|#[^\n]*/g, (own) =>
    own.replace(/[^\n]/g, ' '),
  );
