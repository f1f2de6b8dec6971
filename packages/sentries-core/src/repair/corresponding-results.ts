import { calleeName } from '../python/call';
import { parts, type Node } from '../python/syntax';
import type { Walk } from './correspondence';
import { gaveBack, isAsyncNow, isLazyNow, keepsResult } from './results';

/**
 * True where an edit takes the result as the change gives it now: all of what comes one after the other, what is
 * awaited, as a text what was one, and of several things the one that was given back before, by the very expression.
 */
export function adapted(walk: Walk, one: Node, other: Node): boolean {
  if (one.type === 'assignment') return unpacked(walk, one, other);
  return converted(walk, one, other) || projected(walk, one, other);
}

function converted(walk: Walk, one: Node, other: Node): boolean {
  const call = walk.callOf(one);
  const inner = other.type === 'await' ? parts(other)[0] : argument(other);
  if (!call || !inner) return false;
  const definitions = walk.evidence.altered(calleeName(call));
  if (!definitions) return false;
  const by = other.type === 'await' ? 'await' : other.childForFieldName('function')!.text;
  const isFit =
    by === 'await' || by === 'asyncio.run'
      ? isAsyncNow(definitions)
      : ((by === 'list' || by === 'tuple') && isLazyNow(definitions)) ||
        (by === 'str' && gaveBack(definitions, by));
  return isFit && walk.isSame(one, inner);
}

/** The one argument of a call. */
function argument(call: Node): Node | undefined {
  const list = call.type === 'call' ? call.childForFieldName('arguments') : undefined;
  const all = list ? parts(list) : [];
  return all.length === 1 ? all[0] : undefined;
}

function projected(walk: Walk, one: Node, other: Node): boolean {
  const whole = other.childForFieldName(other.type === 'attribute' ? 'object' : 'value');
  if ((other.type !== 'attribute' && other.type !== 'subscript') || !whole) return false;
  const part =
    other.type === 'attribute'
      ? other.childForFieldName('attribute')!.text
      : indexOf(other.childForFieldName('subscript'));
  return part !== undefined && isKept(walk, one, part) && walk.isSame(one, whole);
}

const indexOf = (node: Node | null): number | undefined =>
  node?.type === 'integer' && /^\d+$/.test(node.text) ? Number(node.text) : undefined;

/** `n, _ = f()` in the place of `n = f()`. */
function unpacked(walk: Walk, one: Node, other: Node): boolean {
  const [name, call] = [one.childForFieldName('left'), one.childForFieldName('right')];
  const [left, right] = [other.childForFieldName('left'), other.childForFieldName('right')];
  if (name?.type !== 'identifier' || !call || !right || left?.type !== 'pattern_list') return false;
  const targets = parts(left);
  const at = targets.findIndex(({ text }) => text === name.text);
  const isPlain = targets.every(
    ({ type, text }, index) => index === at || (type === 'identifier' && walk.isNew(text)),
  );
  return at >= 0 && isPlain && isKept(walk, call, at) && walk.isSame(call, right);
}

function isKept(walk: Walk, result: Node, part: number | string): boolean {
  const call = walk.callOf(result);
  const definitions = call && walk.evidence.altered(calleeName(call));
  return (
    definitions !== undefined &&
    keepsResult(definitions, part, (name) => walk.evidence.fieldsOf(name))
  );
}

/** `with f() as x:` in the place of `x = f()`, where what is given back is to be entered now: the statements in it. */
export function entered(walk: Walk, one: Node, other: Node): Node[] | undefined {
  const assignment = one.type === 'expression_statement' ? parts(one)[0] : undefined;
  const call = assignment?.childForFieldName('right');
  const [item, ...more] =
    other.type === 'with_statement' ? other.descendantsOfType('with_item') : [];
  const pattern = item && parts(item)[0];
  const [now, target] = pattern?.type === 'as_pattern' ? parts(pattern) : [];
  if (call?.type !== 'call' || more.length > 0 || now?.type !== 'call') return undefined;
  if (
    target?.text !== assignment?.childForFieldName('left')?.text ||
    other.children[0]?.type === 'async'
  )
    return undefined;
  const isEntered = walk.evidence.isEntered(calleeName(call), calleeName(now));
  return isEntered && walk.isSame(call, now) ? parts(other.childForFieldName('body')!) : undefined;
}
