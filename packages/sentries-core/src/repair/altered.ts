import type { ChangeSet } from '../change/change-set';
import type { LiteralChange } from '../change/literals';
import { calleeName } from '../python/call';
import {
  ancestry,
  enclosing,
  parts,
  qualifiedName,
  spanOf,
  type Node,
  type PythonSource,
  type Span,
} from '../python/syntax';
import { canonical, literalValue, type PyValue } from '../python/value';
import type { SymbolValue } from './alignment';
import { isConstructor } from './constructed';
import { explainLeaves } from './explain';

/** What an edit makes of the values in a test. */
export interface Altered {
  /** Old → new, for people. */
  readonly shown: readonly string[];
  /** Where they stood. */
  readonly places: readonly Span[];
  /** The literals of the change that explain all of it; undefined where they do not. */
  readonly causes: readonly LiteralChange[] | undefined;
}

/**
 * The values of a test file that an edit changes or takes away: expected values, exceptions and texts, and what a test
 * gives to the code. What it gives may become more, since an argument may be new; nothing else may, unless the change
 * explains it.
 *
 * They are told apart by syntax, function by function: a literal is given where it stands in a call that is no assertion,
 * chosen where it is an index, and expected anywhere else.
 *
 * @returns undefined where no value is altered.
 */
export function alteredValues(
  file: string,
  before: PythonSource,
  after: PythonSource,
  change: ChangeSet,
): Altered | undefined {
  const [were, are] = differing(before.root, after.root);
  const [old, now] = [leavesByPlace(before, were), leavesByPlace(after, are)];
  const shown: string[] = [];
  const places: Span[] = [];
  const pairs: { before: Meaning; now: Meaning }[] = [];
  let isExplicable = true;
  for (const place of new Set([...old.keys(), ...now.keys()])) {
    for (const role of ROLES) {
      const of = (all: typeof old): Leaf[] =>
        (all.get(place) ?? []).filter((leaf) => leaf.role === role);
      const gone = without(of(old), of(now));
      const come = without(of(now), of(old));
      if (role !== 'expected' && gone.length === 0) continue;
      // An index gives way to a name.
      if (role === 'chosen' && come.length === 0) continue;
      if (gone.length + come.length === 0) continue;
      const isPaired =
        role === 'expected' ? gone.length === come.length : come.length >= gone.length;
      const length = Math.max(gone.length, role === 'expected' ? come.length : 0);
      for (let at = 0; at < length; at += 1)
        shown.push(`${gone[at]?.node.text ?? 'nothing'} → ${come[at]?.node.text ?? 'nothing'}`);
      places.push(...gone.map(({ node }) => spanOf(node)));
      const wrote = gone.some(({ node }) => change.wrote(file, before.lineOf(node)));
      if (!isPaired || wrote) isExplicable = false;
      else
        for (const [at, leaf] of gone.entries())
          pairs.push({ before: leaf.value, now: come[at]!.value });
    }
  }
  if (shown.length === 0) return undefined;
  const open = pairs.filter((pair) => !isRenamed(pair, change));
  if (!isExplicable) return { shown, places, causes: undefined };
  return { shown, places, causes: open.length === 0 ? [] : explainAll(open, change.literals) };
}

type Meaning = PyValue | SymbolValue | ExceptionValue;

interface ExceptionValue {
  readonly kind: 'exception';
  readonly name: string;
}

type Role = 'expected' | 'given' | 'chosen';
const ROLES: readonly Role[] = ['expected', 'given', 'chosen'];

interface Leaf {
  readonly node: Node;
  readonly role: Role;
  readonly value: Meaning;
  readonly key: string;
}

const TYPES = [
  'string',
  'concatenated_string',
  'integer',
  'float',
  'true',
  'false',
  'none',
  'identifier',
  'attribute',
];

/** The statements by which two files differ: few of many, and of classes those in them. */
function differing(before: Node, after: Node): [Node[], Node[]] {
  const [old, now] = [parts(before), parts(after)];
  const without = (from: readonly Node[], taken: readonly Node[]): Node[] => {
    const texts = new Set(taken.map(({ text }) => text));
    return from.filter(({ text }) => !texts.has(text));
  };
  const [gone, come] = [without(old, now), without(now, old)];
  const [one, other] = [gone[0], come[0]];
  const isClass =
    one?.type === 'class_definition' &&
    other?.type === 'class_definition' &&
    gone.length + come.length === 2;
  return isClass
    ? differing(one.childForFieldName('body')!, other.childForFieldName('body')!)
    : [gone, come];
}

/** The literals of some statements, by the function that they stand in. */
function leavesByPlace(source: PythonSource, statements: readonly Node[]): Map<string, Leaf[]> {
  const found = new Map<string, Leaf[]>();
  for (const node of statements.flatMap((statement) => source.find(TYPES, statement))) {
    const leaf = leafAt(node);
    if (!leaf) continue;
    const place = placeOf(node);
    found.set(place, [...(found.get(place) ?? []), leaf]);
  }
  return found;
}

/** A decorator belongs to what it decorates. */
function placeOf(node: Node): string {
  const decorator = enclosing(node, 'decorator');
  const decorated = decorator?.parent?.childForFieldName('definition');
  const definition = decorated ?? enclosing(node, 'function_definition');
  return definition ? qualifiedName(definition) : '';
}

function leafAt(node: Node): Leaf | undefined {
  const { parent } = node;
  if (!parent || isNoValue(node)) return undefined;
  if (node.type === 'identifier' || node.type === 'attribute') {
    const value = nameAt(node);
    return value && { node, role: 'expected', value, key: JSON.stringify(value) };
  }
  // A part of a longer text is no value of its own.
  if (node.type === 'string' && parent.type === 'concatenated_string') return undefined;
  const signed = parent.type === 'unary_operator' ? parent : node;
  const literal = literalValue(signed);
  const value: PyValue = literal ?? { kind: 'str', value: node.text };
  const key = literal ? canonical(literal) : `text ${node.text}`;
  return { node: signed, role: roleOf(signed), value, key };
}

/** A class that is expected to be raised, or a member of one that is expected. */
function nameAt(node: Node): Meaning | undefined {
  const list = node.parent?.type === 'tuple' ? node.parent.parent : node.parent;
  const call = list?.type === 'argument_list' ? list.parent : undefined;
  if (call?.type === 'call' && EXPECTING.test(calleeName(call))) {
    return { kind: 'exception', name: lastName(node.text) };
  }
  const isMember = node.type === 'attribute' && /(^|\.)[A-Z]\w*\.\w+$/.test(node.text);
  const isCalled = node.parent?.childForFieldName('function')?.id === node.id;
  if (!isMember || isCalled || roleOf(node) !== 'expected' || !enclosing(node, 'assert_statement'))
    return undefined;
  return { kind: 'symbol', name: lastName(node.text) };
}

const lastName = (path: string): string => path.split('.').at(-1)!;

const EXPECTING = /^(raises|warns|assertRaises|assertWarns|assertRaisesRegex|assertWarnsRegex)$/;
const TRANSPARENT =
  /^(assert\w*|raises|warns|approx|param|parametrize|subTest|dict|list|set|tuple|frozenset|fail)$/;

/** Docstrings, annotations, and what stands in an import. */
function isNoValue(node: Node): boolean {
  const { parent } = node;
  if (parent?.type === 'expression_statement') return true;
  return enclosing(node, 'type', 'import_statement', 'import_from_statement') !== undefined;
}

function roleOf(node: Node): Role {
  let child = node;
  const isAsserted = asserts(node);
  for (const at of [...ancestry(node)].slice(1)) {
    if (at.type === 'subscript' && at.childForFieldName('value')?.id !== child.id) return 'chosen';
    const isArgument = at.type === 'call' && at.childForFieldName('arguments')?.id === child.id;
    const isPart = isArgument && isAsserted && makesValue(at);
    if (isArgument && !TRANSPARENT.test(calleeName(at)) && !isPart) return 'given';
    // What something is asked of is no expectation.
    if (at.type === 'attribute') return 'given';
    if (at.type === 'assignment') return isAssertedName(at) ? 'expected' : 'given';
    if (/_statement$|_definition$|^decorator$/.test(at.type)) break;
    child = at;
  }
  return 'expected';
}

/** A call of a class is a value, as far as names tell. */
const makesValue = (call: Node): boolean =>
  isConstructor(call) || /^[A-Z]\w*[a-z]/.test(calleeName(call));

/** True for what stands in an assertion, or in a row. */
function asserts(node: Node): boolean {
  for (const at of ancestry(node)) {
    if (at.type === 'assert_statement') return true;
    if (at.type === 'call' && /^(assert\w*|raises|warns|parametrize)$/.test(calleeName(at)))
      return true;
  }
  return false;
}

/** True for an assignment of a name that an assertion names, in the function where it stands or anywhere in the file. */
function isAssertedName(assignment: Node): boolean {
  const left = assignment.childForFieldName('left');
  const names: readonly string[] = left?.text.match(/\w+/g) ?? [];
  const around = enclosing(assignment, 'function_definition', 'module');
  const asserted = around?.descendantsOfType('assert_statement') ?? [];
  return asserted.some((node) => {
    const words: readonly string[] = node?.text.match(/\w+/g) ?? [];
    return words.some((word) => names.includes(word));
  });
}

/** What is in one list and not in the other, each as often as it is. */
function without(from: readonly Leaf[], taken: readonly Leaf[]): Leaf[] {
  const left = taken.map(({ key }) => key);
  return from.filter(({ key }) => {
    const at = left.indexOf(key);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

/** A class that the change gave another name is the same one. */
function isRenamed({ before, now }: { before: Meaning; now: Meaning }, change: ChangeSet): boolean {
  if (!('name' in before) || !('name' in now)) return false;
  return [...change.renames, ...change.deprecations].some(
    (rename) => rename.oldName === before.name && rename.newName === now.name,
  );
}

function explainAll(
  pairs: readonly { before: Meaning; now: Meaning }[],
  literals: readonly LiteralChange[],
): LiteralChange[] | undefined {
  const causes = new Set<LiteralChange>();
  for (const { before, now } of pairs) {
    if (before.kind === 'exception' || now.kind === 'exception') {
      const [old, other] = [before, now].map((one) =>
        one.kind === 'exception' ? one.name : undefined,
      );
      const cause = literals.find(
        (one) => one.kind === 'exception' && one.old === old && one.new === other,
      );
      if (!cause) return undefined;
      causes.add(cause);
      continue;
    }
    const own = explainLeaves([{ before, now }], literals);
    if (!own) return undefined;
    for (const cause of own) causes.add(cause);
  }
  return [...causes];
}
