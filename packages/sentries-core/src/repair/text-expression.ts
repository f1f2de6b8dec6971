import { parts, PythonSource, type Node } from '../python/syntax';
import { literalValue } from '../python/value';
import type { Leaf, Resolve } from './alignment';
import { bare, calleeName } from '../python/call';
import { argumentsOf } from './call';
import { isRefusal, type Refusal } from './strategy';

/** A text that an expression makes of literals, and the way back from another text to these literals. */
interface Built {
  readonly value: string;
  back(now: string): Leaf[] | Refusal;
}

const NO_WAY: Refusal = { refused: 'no edit of the literals makes the expression the new text' };

/** An expression of literals that is a text: `dedent(…)`, `….strip()`, `"…".join([…])`, `… + …`. */
export function built(expression: Node, resolve: Resolve): Built | undefined {
  const node = bare(expression);
  const literal = literalValue(node);
  if (literal) return literal.kind === 'str' ? literalText(node, literal.value) : undefined;
  if (node.type === 'binary_operator') return sum(node, resolve);
  if (node.type === 'call') {
    const name = calleeName(node);
    const callee = node.childForFieldName('function')!;
    const argument = argumentsOf(node);
    if (name === 'dedent' && argument?.size === 1) {
      const inner = built(argument.get('0') ?? node, resolve);
      return inner && mapped(inner, dedent, redent);
    }
    const object = callee.type === 'attribute' ? callee.childForFieldName('object') : null;
    if (!object) return undefined;
    if (name in STRIPS && argument?.size === 0) {
      const inner = built(object, resolve);
      return inner && mapped(inner, STRIPS[name]!, restrip);
    }
    const list = name === 'join' && argument?.size === 1 ? argument.get('0') : undefined;
    return list && joined(object, list, resolve);
  }
  const bound = resolve(node);
  if (!bound || isRefusal(bound)) return undefined;
  const value = literalValue(bound);
  return value?.kind === 'str' ? literalText(bound, value.value) : undefined;
}

function literalText(node: Node, value: string): Built {
  return {
    value,
    back: (now) => (now === value ? [] : [textLeaf(node, value, now)]),
  };
}

/** A leaf whose new text is made, not observed. */
export function textLeaf(node: Node, before: string, now: string): Leaf {
  // Every JSON string is a Python string of the same text.
  const model = parts(parts(new PythonSource(JSON.stringify(now)).root)[0]!)[0]!;
  const text = (value: string) => ({ kind: 'str', value }) as const;
  return { node, before: text(before), now: text(now), model };
}

/** A function of a text, undone by a guess that is tried out. */
function mapped(
  inner: Built,
  forth: (text: string) => string,
  guess: (raw: string, made: string, now: string) => string | undefined,
): Built {
  const value = forth(inner.value);
  return {
    value,
    back(now) {
      const raw = now === value ? inner.value : guess(inner.value, value, now);
      return raw !== undefined && forth(raw) === now ? inner.back(raw) : NO_WAY;
    },
  };
}

const STRIPS: Readonly<Record<string, (text: string) => string>> = {
  strip: (text) => text.trim(),
  lstrip: (text) => text.trimStart(),
  rstrip: (text) => text.trimEnd(),
};

function restrip(raw: string, made: string, now: string): string {
  const start = raw.indexOf(made);
  return raw.slice(0, start) + now + raw.slice(start + made.length);
}

/** As `textwrap.dedent`. */
function dedent(text: string): string {
  const lines = text.replace(/^[ \t]+$/gm, '').split('\n');
  const margins = lines.filter((line) => line !== '').map((line) => /^[ \t]*/.exec(line)![0]);
  const margin = margins.reduce((one, other) => {
    let length = 0;
    while (length < one.length && one[length] === other[length]) length += 1;
    return one.slice(0, length);
  }, margins[0] ?? '');
  return lines
    .map((line) => (line.startsWith(margin) ? line.slice(margin.length) : line))
    .join('\n');
}

/** Lines that stayed keep what stood before them; new ones get the margin of all. */
function redent(raw: string, made: string, now: string): string | undefined {
  const [raws, mades, nows] = [raw, made, now].map((text) => text.split('\n'));
  const first = mades!.findIndex((line) => line !== '');
  if (first < 0) return undefined;
  const margin = raws![first]!.slice(0, raws![first]!.length - mades![first]!.length);
  const isSameCount = raws!.length === nows!.length;
  return nows!
    .map((line, at) => {
      if (isSameCount && line === mades![at]) return raws![at]!;
      return line === '' ? '' : margin + line;
    })
    .join('\n');
}

function joined(separator: Node, list: Node, resolve: Resolve): Built | undefined {
  const by = literalValue(separator);
  if (by?.kind !== 'str' || by.value === '' || !['list', 'tuple'].includes(list.type))
    return undefined;
  const items = parts(list).map((item) => built(item, resolve));
  if (items.includes(undefined)) return undefined;
  return {
    value: items.map((item) => item!.value).join(by.value),
    back(now) {
      const pieces = now.split(by.value);
      // A separator within an item would make it two.
      if (pieces.length !== items.length) return NO_WAY;
      const answers = items.map((item, at) => item!.back(pieces[at]!));
      return answers.find((answer) => isRefusal(answer)) ?? (answers as Leaf[][]).flat();
    },
  };
}

function sum(node: Node, resolve: Resolve): Built | undefined {
  if (node.childForFieldName('operator')?.text !== '+') return undefined;
  const left = built(node.childForFieldName('left')!, resolve);
  const right = built(node.childForFieldName('right')!, resolve);
  if (!left || !right) return undefined;
  return {
    value: left.value + right.value,
    back(now) {
      if (now.startsWith(left.value)) return right.back(now.slice(left.value.length));
      if (!now.endsWith(right.value)) return NO_WAY;
      return left.back(now.slice(0, now.length - right.value.length));
    },
  };
}
