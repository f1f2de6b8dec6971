import { calleeName } from '../python/call';
import { decoratorsOf } from '../python/decorators';
import { enclosing, parts, type Node, type PythonSource } from '../python/syntax';
import { argumentsOf } from './call';

/** A definition before the change, and now. */
export type Definitions = readonly [before: Node, now: Node];

export const definitionsIn = (source: PythonSource | null, name: string): Node[] =>
  (source?.find(['function_definition', 'class_definition']) ?? []).filter(
    (node) => node.childForFieldName('name')?.text === name,
  );

/** What a function gives back, in the order of the text; what functions in it do is left out. */
export const returnsOf = (definition: Node): Node[] =>
  own(definition, 'return_statement').flatMap((node) => parts(node).slice(0, 1));

/** What a fixture returns or yields. */
export const givenBy = (definition: Node): Node[] => [
  ...returnsOf(definition),
  ...own(definition, 'yield').flatMap((node) => parts(node).slice(0, 1)),
];

const own = (definition: Node, ...types: string[]): Node[] =>
  definition
    .descendantsOfType(types)
    .filter(
      (node): node is Node =>
        node !== null && enclosing(node, 'function_definition', 'lambda')?.id === definition.id,
    );

/** Which part of what is given back now is what was given back before: by the very expression. */
export function keepsResult(
  [before, now]: Definitions,
  part: number | string,
  fields: (name: string) => readonly string[] | undefined,
): boolean {
  const [old, all] = [returnsOf(before), returnsOf(now)];
  if (old.length === 0 || old.length !== all.length) return false;
  return all.every((value, at) => {
    const list =
      value.type === 'expression_list' || value.type === 'tuple' ? parts(value) : undefined;
    if (typeof part === 'number') return list?.[part]?.text === old[at]!.text;
    const given = value.type === 'call' ? argumentsOf(value) : undefined;
    const place = given && fields(calleeName(value))?.indexOf(part);
    const field = given?.get(part) ?? (place === undefined ? undefined : given?.get(String(place)));
    return field?.text === old[at]!.text;
  });
}

/** True where a function gave everything at once before, and gives one after the other now. */
export function isLazyNow([before, now]: Definitions): boolean {
  const isLazy = (definition: Node): boolean => {
    const given = returnsOf(definition);
    const isGiven = given.length > 0 && given.every((node) => isLazyValue(node));
    return own(definition, 'yield').length > 0 || isGiven;
  };
  return isLazy(now) && !isLazy(before) && !isAsync(now) && decoratorsOf(now).length === 0;
}

const isLazyValue = (node: Node): boolean =>
  node.type === 'generator_expression' ||
  (node.type === 'call' && /^(map|filter|zip|iter|enumerate)$/.test(calleeName(node)));

const isAsync = (definition: Node): boolean =>
  definition.children.some((child) => child?.type === 'async');

export const isAsyncNow = ([before, now]: Definitions): boolean =>
  isAsync(now) && !isAsync(before) && own(now, 'yield').length === 0;

/** True where a function says that it gives this type back no more. */
export function gaveBack([before, now]: Definitions, type: string): boolean {
  const [old, other] = [before, now].map((node) => node.childForFieldName('return_type')?.text);
  return old === type && other !== undefined && other !== old;
}

/** True where what is given back is to be entered now, and lets failures through. */
export const isEnteredNow = ([before, now]: Definitions): boolean =>
  isManager(now) &&
  !isManager(before) &&
  !/\b(except|return)\b/.test(now.text) &&
  own(now, 'yield').every((node) => !enclosing(node, 'with_statement'));

const isManager = (definition: Node): boolean =>
  decoratorsOf(definition).some(({ text }) => /^@(\w+\.)?contextmanager$/.test(text));

/** True where a parameter is of this class now, by its annotation. */
export function takesNow([before, now]: Definitions, parameter: string, type: string): boolean {
  const typeIn = (definition: Node): string | undefined =>
    parts(definition.childForFieldName('parameters') ?? definition)
      .find(
        (node) =>
          node.type.startsWith('typed_') &&
          (node.childForFieldName('name') ?? parts(node)[0])?.text === parameter,
      )
      ?.childForFieldName('type')?.text;
  return typeIn(now) === type && typeIn(before) !== type;
}
