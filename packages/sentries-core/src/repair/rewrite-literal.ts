import { spanOf, type Node, type Span, parts } from '../python/syntax';
import { canonical, literalValue, sameValue, stringPrefix, stringContent } from '../python/value';
import type { Refusal } from './strategy';

interface TextEdit {
  readonly span: Span;
  readonly after: string;
}

/**
 * The smallest edits that turn one literal into another: containers of one shape are edited leaf by leaf, so
 * that layout, comments and quotes stay as they are; a string keeps its quotes and prefix.
 *
 * @param literal The literal to edit.
 * @param model A literal of the new value, from another source.
 */
export function rewriteLiteral(literal: Node, model: Node): TextEdit[] | Refusal {
  const [before, now] = [literalValue(literal), literalValue(model)];
  if (before && now && sameValue(before, now)) return [];
  if (literal.type === 'parenthesized_expression') return rewriteLiteral(parts(literal)[0]!, model);
  if (literal.type === 'string_content') return rewriteContent(literal, model);
  const children = paired(literal, model);
  if (children) {
    const edits: TextEdit[] = [];
    for (const [one, other] of children) {
      const inner = rewriteLiteral(one, other);
      if ('refused' in inner) return inner;
      edits.push(...inner);
    }
    return edits;
  }
  if (literal.type === 'concatenated_string') return rewritePiece(literal, model);
  if (isContainer(literal) && literal.text.includes('\n')) {
    return {
      refused: 'the expected value changed its shape, and its layout is more than one line',
    };
  }
  return [{ span: spanOf(literal), after: continued(literal, render(model, quoteOf(literal))) }];
}

/** Keeps the line end that a text in triple quotes hides at its start. */
function continued(literal: Node, after: string): string {
  const hidden = /^[bu]?("""|''')(\\\r?\n)/i.exec(literal.text);
  const quotes = hidden && /^[bu]?("""|''')/.exec(after);
  return quotes?.[1] === hidden?.[1] && quotes && hidden
    ? quotes[0] + hidden[2]! + after.slice(quotes[0].length)
    : after;
}

const isContainer = (node: Node): boolean =>
  ['list', 'tuple', 'set', 'dictionary'].includes(node.type);

/** The elements of two containers of one shape, matched; undefined where the shapes differ. */
function paired(one: Node, other: Node): [Node, Node][] | undefined {
  const [mine, theirs] = [parts(one), parts(other)];
  if (one.type !== other.type || mine.length !== theirs.length) return undefined;
  if (one.type === 'list' || one.type === 'tuple') {
    return mine.map((item, at) => [item, theirs[at]!]);
  }
  if (one.type !== 'dictionary') return undefined;
  const values = new Map(theirs.map((pair) => [keyOf(pair), pair.childForFieldName('value')]));
  const matches = mine.map((pair) => [pair.childForFieldName('value'), values.get(keyOf(pair))]);
  return matches.every(([a, b]) => a && b) && values.size === mine.length
    ? (matches as [Node, Node][])
    : undefined;
}

function keyOf(pair: Node): string {
  const key = pair.childForFieldName('key');
  const value = key && literalValue(key);
  return value ? canonical(value) : pair.text;
}

/** Of a string in several pieces, edits the one piece in which the whole change lies. */
function rewritePiece(literal: Node, model: Node): TextEdit[] | Refusal {
  const [old, now] = [literalValue(literal), literalValue(model)];
  if (old?.kind !== 'str' || now?.kind !== 'str') {
    return { refused: 'a string in several pieces became another type' };
  }
  let start = 0;
  for (const piece of parts(literal)) {
    const value = literalValue(piece);
    if (value?.kind !== 'str') break;
    const end = start + value.value.length;
    const rest = old.value.slice(end);
    if (now.value.startsWith(old.value.slice(0, start)) && now.value.endsWith(rest)) {
      const middle = now.value.slice(start, now.value.length - rest.length);
      if (now.value.length >= start + rest.length && middle !== '') {
        return [{ span: spanOf(piece), after: quotedString(middle, quoteOf(piece)) }];
      }
    }
    start = end;
  }
  return { refused: 'the change spreads over several pieces of the string' };
}

/** Of an f-string, edits the text between two values. */
function rewriteContent(literal: Node, model: Node): TextEdit[] | Refusal {
  const [string, now] = [literal.parent, literalValue(model)];
  if (!string || now?.kind !== 'str') return { refused: 'a text became another type' };
  const quote = quoteOf(string);
  const written = quotedString(now.value, quote);
  if (quote.raw && !written.startsWith('r')) {
    return { refused: 'the new text can not be written in the raw string' };
  }
  const inner = written.slice(written.indexOf(quote.mark) + quote.mark.length, -quote.mark.length);
  return [{ span: spanOf(literal), after: inner.replace(/[{}]/g, '$&$&') }];
}

/** How a string is delimited. */
interface Quote {
  readonly mark: string;
  readonly raw: boolean;
  readonly bytes: boolean;
  /** The line end of the file: within triple quotes it stands as it is. */
  readonly lineEnd: string;
}

/** The quotes of a string, or of the first string in a container; Python's own choice where there is none. */
function quoteOf(node: Node): Quote {
  const string = node.type === 'string' ? node : node.descendantsOfType('string')[0];
  const lineEnd = node.tree.rootNode.text.includes('\r\n') ? '\r\n' : '\n';
  if (!string) return { mark: "'", raw: false, bytes: false, lineEnd };
  const prefix = stringPrefix(string);
  const mark = /['"]+$/.exec(string.child(0)?.text ?? '')?.[0] ?? "'";
  return { mark, raw: prefix.includes('r'), bytes: prefix.includes('b'), lineEnd };
}

/** The text of a literal, its strings in the given quotes. */
function render(model: Node, quote: Quote): string {
  if (model.type === 'string') {
    const content = parts(model).filter(({ type }) => type === 'string_content');
    const bytes = stringPrefix(model).includes('b');
    return quotedString(content.map(stringContent).join(''), { ...quote, bytes });
  }
  const inner = (separator = ', '): string =>
    parts(model)
      .map((part) => render(part, inContainer(quote)))
      .join(separator);
  switch (model.type) {
    case 'list':
      return `[${inner()}]`;
    case 'tuple':
      return parts(model).length === 1 ? `(${inner()},)` : `(${inner()})`;
    case 'set':
    case 'dictionary':
      return `{${inner()}}`;
    case 'pair':
      return inner(': ');
    default:
      return model.text;
  }
}

const inContainer = (quote: Quote): Quote => ({ ...quote, mark: quote.mark[0]!, raw: false });

const NAMED: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** Writes a string with the given quotes: raw where that can be, else with the escapes it needs. */
function quotedString(value: string, { mark, raw, bytes, lineEnd }: Quote): string {
  const prefix = bytes ? 'b' : '';
  const plain = !value.includes(mark[0]!) && !value.endsWith('\\') && /^[\x20-\x7e]*$/.test(value);
  if (raw && plain) return `r${prefix}${mark}${value}${mark}`;
  const triple = mark.length === 3;
  const escaped = value.replace(/[^\x20-\x7e]|[\\'"]/gu, (char) => {
    if (char === '\\') return '\\\\';
    if (char === "'" || char === '"') return char === mark[0] ? `\\${char}` : char;
    if (char === '\n' && triple) return lineEnd;
    if (char in NAMED) return NAMED[char]!;
    const point = char.codePointAt(0)!;
    if (bytes || point < 0xa0) return `\\x${point.toString(16).padStart(2, '0')}`;
    if (!/[\p{L}\p{M}\p{N}\p{P}\p{S}]/u.test(char)) {
      return point < 0x10000
        ? `\\u${point.toString(16).padStart(4, '0')}`
        : `\\U${point.toString(16).padStart(8, '0')}`;
    }
    return char;
  });
  return `${prefix}${mark}${escaped}${mark}`;
}
