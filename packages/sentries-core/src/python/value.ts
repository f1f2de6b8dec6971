import { parts, type Node } from './syntax';

/**
 * A Python value that has a literal. Numbers keep the text that names their value, so that nothing is lost
 * to JavaScript's own numbers.
 */
export type PyValue =
  | { readonly kind: 'constant'; readonly text: 'None' | 'True' | 'False' }
  | { readonly kind: 'int'; readonly value: bigint }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'str' | 'bytes'; readonly value: string }
  | { readonly kind: 'list' | 'tuple' | 'set'; readonly items: readonly PyValue[] }
  | { readonly kind: 'dict'; readonly entries: readonly (readonly [PyValue, PyValue])[] };

/** The value of a literal's node, or undefined where it is not a literal through and through. */
export function literalValue(node: Node): PyValue | undefined {
  switch (node.type) {
    case 'none':
      return { kind: 'constant', text: 'None' };
    case 'true':
      return { kind: 'constant', text: 'True' };
    case 'false':
      return { kind: 'constant', text: 'False' };
    case 'integer':
      return integer(node.text);
    case 'float':
      return float(node.text);
    case 'unary_operator':
      return signed(node);
    case 'parenthesized_expression':
      return parts(node).length === 1 ? literalValue(parts(node)[0]!) : undefined;
    case 'string':
    case 'concatenated_string':
      return string(node);
    case 'list':
    case 'tuple':
    case 'set': {
      const items = all(parts(node).map(literalValue));
      return items && { kind: node.type, items };
    }
    case 'dictionary': {
      const entries = all(
        parts(node).map((pair) => {
          const key = pair.childForFieldName('key');
          const value = pair.childForFieldName('value');
          return pair.type === 'pair' && key && value
            ? all([literalValue(key), literalValue(value)])
            : undefined;
        }),
      );
      return entries && { kind: 'dict', entries: entries.map(([key, value]) => [key!, value!]) };
    }
    default:
      return undefined;
  }
}

/** A text that is the same for equal values of the same type and differs for all others. */
export function canonical(value: PyValue): string {
  switch (value.kind) {
    case 'constant':
      return value.text;
    case 'int':
      return `i${value.value}`;
    case 'float':
      return `f${Object.is(value.value, -0) ? '-0' : value.value}`;
    case 'str':
    case 'bytes':
      return `${value.kind}${JSON.stringify(value.value)}`;
    case 'list':
    case 'tuple':
      return `${value.kind}(${value.items.map(canonical).join()})`;
    case 'set':
      return `set(${value.items.map(canonical).sort().join()})`;
    case 'dict':
      return `dict(${value.entries
        .map(([key, item]) => `${canonical(key)}:${canonical(item)}`)
        .sort()
        .join()})`;
  }
}

export function sameValue(one: PyValue, other: PyValue): boolean {
  return canonical(one) === canonical(other);
}

/** What a `string_content` node stands for, its escapes resolved unless the string is raw. */
export function stringContent(node: Node): string {
  return resolve(node.text, stringPrefix(node.parent));
}

/** The letters before a string's quotes, in lower case. */
export function stringPrefix(node: Node | null): string {
  const start = node?.child(0);
  return start?.type === 'string_start' ? start.text.replace(/['"]+$/, '').toLowerCase() : '';
}

function all<T>(values: readonly (T | undefined)[]): T[] | undefined {
  return values.includes(undefined) ? undefined : (values as T[]);
}

function integer(text: string): PyValue | undefined {
  const digits = text.replaceAll('_', '');
  return /^(0[xob][0-9a-f]+|\d+)$/i.test(digits)
    ? { kind: 'int', value: BigInt(digits) }
    : undefined;
}

function float(text: string): PyValue | undefined {
  const value = Number(text.replaceAll('_', ''));
  return Number.isFinite(value) ? { kind: 'float', value } : undefined;
}

function signed(node: Node): PyValue | undefined {
  const operand = node.childForFieldName('argument');
  const value = operand ? literalValue(operand) : undefined;
  if (node.child(0)?.text !== '-') return undefined;
  if (value?.kind === 'int') return { kind: 'int', value: -value.value };
  if (value?.kind === 'float') return { kind: 'float', value: -value.value };
  return undefined;
}

function string(node: Node): PyValue | undefined {
  const pieces = node.type === 'string' ? [node] : parts(node);
  let bytes = false;
  let value = '';
  for (const piece of pieces) {
    const prefix = stringPrefix(piece);
    // An f-string without braces would be a constant too, but is written to become something else.
    if (piece.type !== 'string' || prefix.includes('f') || prefix.includes('t')) return undefined;
    // The table of character names is Python's own.
    const escapes = piece.descendantsOfType('escape_sequence');
    if (escapes.some((escape) => escape?.text.startsWith('\\N'))) return undefined;
    bytes = prefix.includes('b');
    // Not by its content nodes: a raw string that begins with a backslash may have none.
    const opening = piece.child(0)!.text.length;
    value += resolve(piece.text.slice(opening, prefix.length - opening), prefix);
  }
  return { kind: bytes ? 'bytes' : 'str', value };
}

/** The characters that the text between a string's quotes stands for. */
function resolve(text: string, prefix: string): string {
  // Python reads every line end as \n.
  let content = text.replace(/\r\n?/g, '\n');
  if (/[ft]/.test(prefix)) content = content.replaceAll('{{', '{').replaceAll('}}', '}');
  return prefix.includes('r') ? content : unescape(content, prefix.includes('b'));
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\n': '',
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** Resolves the escapes of a Python string; one that Python does not know stays as it is. */
function unescape(text: string, bytes: boolean): string {
  const escape = bytes
    ? /\\(x([\da-fA-F]{2})|([0-7]{1,3})|[^])/g
    : /\\(x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([0-7]{1,3})|[^])/g;
  return text.replace(escape, (whole: string, char: string, ...groups: (string | undefined)[]) => {
    const hex = groups.slice(0, bytes ? 1 : 3).find((group) => group !== undefined);
    if (hex !== undefined) {
      const point = parseInt(hex, 16);
      return point > 0x10ffff ? whole : String.fromCodePoint(point);
    }
    const octal = groups[bytes ? 1 : 3];
    if (octal !== undefined) return String.fromCodePoint(parseInt(octal, 8));
    return ESCAPES[char] ?? whole;
  });
}
