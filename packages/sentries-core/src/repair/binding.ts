import {
  ancestry,
  enclosing,
  isWithin,
  parts,
  type Node,
  type PythonSource,
} from '../python/syntax';
import { canonical, literalValue } from '../python/value';
import { isExpectation, isVariable } from './expectation';
import { binds } from './references';
import type { Refusal } from './strategy';

/**
 * Where the value of an expectation was written that the test names: a local name, a constant of the module,
 * `self.x` of the class, or an item of one of these.
 *
 * It must be bound once, and be used for nothing but expectations: a name that is an input too would change
 * what is tested.
 *
 * @returns undefined where the expression is no such name.
 */
export function boundValue(source: PythonSource, use: Node): Node | Refusal | undefined {
  if (use.type === 'identifier') return named(source, use);
  if (use.type === 'attribute') return ofInstance(source, use);
  if (use.type !== 'subscript') return undefined;
  const container = boundValue(source, use.childForFieldName('value')!);
  const index = use.childForFieldName('subscript');
  if (!container || 'refused' in container || !index) return container;
  return item(container, index);
}

function item(container: Node, index: Node): Node | undefined {
  const at = literalValue(index);
  if (!at) return undefined;
  if (container.type === 'dictionary') {
    const key = (pair: Node): string => {
      const value = literalValue(pair.childForFieldName('key') ?? pair);
      return value ? canonical(value) : '';
    };
    const found = parts(container).filter((pair) => key(pair) === canonical(at));
    return found.length === 1 ? (found[0]!.childForFieldName('value') ?? undefined) : undefined;
  }
  const isList = container.type === 'list' || container.type === 'tuple';
  const items = parts(container);
  if (!isList || at.kind !== 'int' || items.some(({ type }) => type === 'list_splat')) {
    return undefined;
  }
  return items.at(Number(at.value));
}

/** A name of the function or, where no function around it binds it, of the module. */
function named(source: PythonSource, use: Node): Node | Refusal | undefined {
  const name = use.text;
  const same = source.named(name).filter(isVariable);
  for (const scope of [...ancestry(use)].filter(({ type }) => FUNCTIONS.includes(type))) {
    const inside = same.filter(
      (node) => isWithin(node, scope) && functionOf(node)?.id === scope.id,
    );
    const bindings = inside.filter((node) => binds(node));
    if (bindings.length > 0) {
      const uses = same.filter(
        (node) =>
          isWithin(node, scope) && (functionOf(node)?.id === scope.id || !isShadowed(node, same)),
      );
      const reach = reaching(bindings, use);
      return reach
        ? assigned(source, name, [reach.binding], uses.filter(reach.isReached), use)
        : assigned(source, name, bindings, uses, use);
    }
  }
  const bindings = same.filter((node) => binds(node) && isOfModule(node));
  if (bindings.length === 0) return undefined;
  // A function that binds the name itself means another one.
  const uses = same.filter((node) => !isShadowed(node, same));
  return assigned(source, name, bindings, uses, use);
}

/**
 * The one of several bindings whose value a use has: the last before it, in a block around it, so that no branch
 * leads past it. Undefined where there is no such one.
 */
function reaching(
  bindings: readonly Node[],
  use: Node,
): { binding: Node; isReached: (node: Node) => boolean } | undefined {
  const before = bindings.filter((node) => node.startIndex < use.startIndex);
  const binding = before.at(-1);
  if (!binding || bindings.length < 2) return undefined;
  const statement = enclosing(binding, 'expression_statement');
  const block = statement?.parent;
  if (!block || binding.parent?.type !== 'assignment') return undefined;
  if (!isWithin(use, block)) return undefined;
  // What is bound below in a loop comes round again.
  const loops = [...ancestry(use)].filter(({ type }) => LOOPS.includes(type));
  const comesRound = loops.some((loop) =>
    bindings.some((node) => node.id !== binding.id && isWithin(node, loop)),
  );
  if (comesRound) return undefined;
  const after = bindings.find((node) => {
    const next = enclosing(node, 'expression_statement');
    return node.startIndex > binding.startIndex && next?.parent?.id === block.id;
  });
  const end = after ? enclosing(after, 'expression_statement')!.endIndex : Infinity;
  const isReached = (node: Node): boolean =>
    functionOf(node)?.id !== functionOf(binding)?.id ||
    node.id === binding.id ||
    (statement.endIndex <= node.startIndex &&
      node.startIndex < end &&
      !bindings.some(({ id }) => id === node.id));
  return { binding, isReached };
}

const LOOPS = ['for_statement', 'while_statement'];

const FUNCTIONS = ['function_definition', 'lambda'];
const functionOf = (node: Node): Node | undefined => enclosing(node, ...FUNCTIONS);

const isOfModule = (node: Node): boolean =>
  !enclosing(node, ...FUNCTIONS, 'class_definition') && !isInComprehension(node);

const isInComprehension = (node: Node): boolean =>
  [...ancestry(node)].some(({ type }) => /comprehension$|^generator/.test(type));

const isShadowed = (node: Node, same: readonly Node[]): boolean => {
  const scope = functionOf(node);
  return (
    scope !== undefined && same.some((other) => binds(other) && functionOf(other)?.id === scope.id)
  );
};

const SET_UPS = ['setUp', 'setUpClass', 'asyncSetUp', 'setup', 'setup_method', 'setup_class'];

/** `self.x`, which one assignment of the class makes. */
function ofInstance(source: PythonSource, use: Node): Node | Refusal | undefined {
  const name = use.childForFieldName('attribute')!.text;
  const isOwn = (node: Node): boolean =>
    ['self', 'cls'].includes(node.childForFieldName('object')?.text ?? '') &&
    node.childForFieldName('attribute')?.text === name;
  const owner = enclosing(use, 'class_definition');
  if (!owner || !isOwn(use)) return undefined;
  const uses = source.attributesNamed(name).filter((node) => isWithin(node, owner) && isOwn(node));
  const fields = source
    .named(name)
    .filter((node) => isWithin(node, owner) && binds(node) && !functionOf(node));
  const bindings = [...uses.filter((node) => isTarget(node)), ...fields];
  const test = functionOf(use);
  const early = bindings.every((node) => {
    const method = functionOf(node);
    return (
      !method ||
      method.id === test?.id ||
      SET_UPS.includes(method.childForFieldName('name')?.text ?? '')
    );
  });
  if (bindings.length === 0) return undefined;
  if (!early) return { refused: `${use.text} is assigned outside of setUp` };
  return assigned(source, use.text, bindings, [...uses, ...fields], use);
}

const isTarget = (node: Node): boolean =>
  ['assignment', 'augmented_assignment'].includes(node.parent?.type ?? '') &&
  node.parent!.childForFieldName('left')?.id === node.id;

/** The right side of the one assignment. */
function assigned(
  source: PythonSource,
  name: string,
  bindings: readonly Node[],
  uses: readonly Node[],
  use: Node,
): Node | Refusal | undefined {
  const [binding, ...more] = bindings;
  if (more.length > 0) return { refused: `${name} is bound more than once` };
  const statement = binding!.parent;
  const value = statement?.type === 'assignment' ? statement.childForFieldName('right') : null;
  if (!value || statement?.childForFieldName('left')?.id !== binding!.id) return undefined;
  if ([value.type, statement.parent?.type].includes('assignment'))
    return { refused: `${name} is bound together with another name` };
  const scope = functionOf(binding!);
  const isLocal = scope?.id === functionOf(use)?.id;
  if (isLocal && binding!.startIndex > use.startIndex) {
    return { refused: `${name} is bound after the assertion` };
  }
  if (enclosing(binding!, ...LOOPS, ...FUNCTIONS)?.id !== scope?.id) {
    return { refused: `${name} is bound in a loop` };
  }
  const other = uses.find(
    (node) => node.id !== binding!.id && node.id !== use.id && !isExpectation(source, node),
  );
  if (other) return { refused: `${name} is used for more than an expectation` };
  return value;
}
