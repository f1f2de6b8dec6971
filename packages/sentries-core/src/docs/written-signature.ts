import type { Signature } from '../change/signatures';
import { parts, PythonSource, spanOf, type Span } from '../python/syntax';
import { sameValue } from './resolve/parameters';

/** What stands between two commas of a signature: a parameter, or `*` and `/` alone. */
export interface SignatureItem {
  /** Empty for `*` and `/` alone. */
  readonly name: string;
  readonly mark: '' | '*' | '**' | '/';
  /** Source text; null where none is told. */
  readonly default: string | null;
}

/** An item as a text writes it. */
interface WrittenItem extends SignatureItem {
  readonly span: Span;
  readonly hasType: boolean;
}

/** A signature as a text writes it; spans are offsets in that text. */
export interface WrittenSignature {
  readonly items: readonly WrittenItem[];
  /** Between the parentheses. */
  readonly inside: Span;
}

/** Longer ones are no signatures that anybody reads. */
const MOST = 3000;

/** The signature whose parenthesis opens at an offset; undefined where it is not written as Python would have it. */
export function signatureAt(text: string, open: number): WrittenSignature | undefined {
  const close = closing(text, open);
  if (text[open] !== '(' || close === undefined) return undefined;
  const before = 'def f';
  const source = new PythonSource(`${before}${text.slice(open, close + 1)}: pass`);
  const [list] = source.find('parameters');
  if (source.root.hasError || !list) return undefined;
  const shift = open - before.length;
  const items = parts(list).map((node): WrittenItem => {
    const { start, end } = spanOf(node);
    const span = { start: start + shift, end: end + shift };
    const typed = node.type === 'typed_parameter' ? parts(node)[0]! : node;
    const shared = { span, hasType: node.childForFieldName('type') !== null, default: null };
    if (node.type === 'positional_separator') return { ...shared, name: '', mark: '/' };
    if (node.type === 'keyword_separator') return { ...shared, name: '', mark: '*' };
    const [, mark, name] = /^(\**)(.*)$/s.exec(typed.text)! as unknown as [string, '*', string];
    if (mark.length > 0) return { ...shared, name, mark };
    const value = node.childForFieldName('value')?.text ?? null;
    return {
      ...shared,
      name: node.childForFieldName('name')?.text ?? name,
      mark: '',
      default: value,
    };
  });
  return { items, inside: { start: open + 1, end: close } };
}

/** The parenthesis that is open at an offset. */
export function openBefore(text: string, offset: number): number | undefined {
  let depth = 0;
  for (let at = offset - 1; at >= Math.max(0, offset - MOST); at -= 1) {
    if (/[)\]}]/.test(text[at]!)) depth += 1;
    else if (/[([{]/.test(text[at]!)) {
      if (depth === 0) return text[at] === '(' ? at : undefined;
      depth -= 1;
    }
  }
  return undefined;
}

function closing(text: string, open: number): number | undefined {
  const rest = text.slice(open, open + MOST);
  let depth = 0;
  for (const { 0: token, index } of rest.matchAll(/"[^"\n]*"|'[^'\n]*'|[([{]|[)\]}]/g)) {
    if (/^[([{]/.test(token)) depth += 1;
    else if (/^[)\]}]/.test(token)) depth -= 1;
    if (depth === 0) return rest[index] === ')' ? open + index : undefined;
  }
  return undefined;
}

/** The items by which code would write a signature. */
export function itemsOf({ parameters }: Pick<Signature, 'parameters'>): SignatureItem[] {
  const items: SignatureItem[] = [];
  const separator = (mark: '*' | '/'): SignatureItem => ({ name: '', mark, default: null });
  for (const [at, { name, kind, default: value }] of parameters.entries()) {
    const before = parameters[at - 1]?.kind;
    if (before === 'positional-only' && kind !== 'positional-only') items.push(separator('/'));
    const isFirst = before !== 'keyword-only' && before !== 'rest';
    if (kind === 'keyword-only' && isFirst) items.push(separator('*'));
    if (kind === 'rest') items.push({ name, mark: '*', default: null });
    else if (kind === 'keywords') items.push({ name, mark: '**', default: null });
    else items.push({ name, mark: '', default: value });
  }
  if (parameters.at(-1)?.kind === 'positional-only') items.push(separator('/'));
  return items;
}

/** True where two items say the same. */
export const isSameItem = (one: SignatureItem, other: SignatureItem): boolean =>
  one.name === other.name &&
  one.mark === other.mark &&
  (one.default === null || other.default === null
    ? one.default === other.default
    : sameValue(one.default, other.default));

/** True where a text writes a signature in full. */
export function isComplete({ items }: WrittenSignature, signature: Signature): boolean {
  const all = itemsOf(signature);
  return items.length === all.length && items.every((item, at) => isSameItem(item, all[at]!));
}
