import { enclosing, parts, qualifiedName, type Node } from '../../python/syntax';
import type { Home, ProjectCode } from './project-code';

/** A `raise` of a named exception. */
export interface Raised {
  /** As it is written, with dots. */
  readonly name: string;
  readonly line: number;
  /** The head lines of the blocks around it: in which case it is raised. */
  readonly when: string;
}

/** What a function raises by its own lines; `raise` alone and computed exceptions are not told. */
function raisedBy({ module, path }: Home): Raised[] {
  const { source } = module;
  const own = source.find('function_definition').filter((node) => qualifiedName(node) === path);
  const [only] = own;
  if (!only || own.length > 1) return [];
  return source.find('raise_statement', only).flatMap((node): Raised[] => {
    if (enclosing(node, 'function_definition')?.id !== only.id) return [];
    const name = nameOf(parts(node)[0]);
    if (name === undefined) return [];
    return [{ name, line: source.lineOf(node), when: caseOf(node, only) }];
  });
}

const BLOCK = /_statement$|_clause$|^case_/;

function caseOf(node: Node, within: Node): string {
  const heads: string[] = [];
  for (let at = node.parent; at && at.id !== within.id; at = at.parent) {
    const body = at.childForFieldName('body') ?? at.childForFieldName('consequence');
    const head = body ? at.text.slice(0, body.startIndex - at.startIndex) : at.type;
    if (BLOCK.test(at.type)) heads.push(head.trim());
  }
  return heads.join('\n');
}

function nameOf(node: Node | undefined): string | undefined {
  const raised = node?.type === 'call' ? node.childForFieldName('function') : node;
  const name = raised?.text ?? '';
  return /^([A-Za-z_]\w*\.)*[A-Z]\w*$/.test(name) ? name : undefined;
}

/** One exception that a function raises in the place of another. */
export interface Exchanged {
  readonly old: Raised;
  readonly new: Raised;
}

export const lastWord = (name: string): string => name.slice(name.lastIndexOf('.') + 1);

/** The only two exceptions that differ between what a function raised and what it raises, in the same case. */
export function exchangedException(base: Home, head: Home): Exchanged | undefined {
  const [was, is] = [raisedBy(base), raisedBy(head)];
  const [gone, more] = [without(was, is), without(is, was)];
  const [old, now] = [gone[0], more[0]];
  if (!old || !now || gone.length > 1 || more.length > 1) return undefined;
  const stands = (one: Raised, all: readonly Raised[]): boolean =>
    all.some(({ name }) => lastWord(name) === lastWord(one.name));
  const isOther = old.when !== now.when || stands(old, is) || stands(now, was);
  return isOther ? undefined : { old, new: now };
}

/** What is left of some once each of others has taken one of its name away. */
function without(some: readonly Raised[], others: readonly Raised[]): Raised[] {
  const left = others.map(({ name }) => lastWord(name));
  return some.filter(({ name }) => {
    const at = left.indexOf(lastWord(name));
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

/** Builtin exceptions and what they are kinds of, `Exception` aside. */
const KINDS: readonly (readonly [kind: string, of: RegExp])[] = [
  ['LookupError', /^(Key|Index)Error$/],
  ['ArithmeticError', /^(ZeroDivision|Overflow|FloatingPoint)Error$/],
  ['ValueError', /^Unicode\w*Error$/],
  ['RuntimeError', /^(NotImplemented|Recursion)Error$/],
  ['ImportError', /^ModuleNotFoundError$/],
  ['NameError', /^UnboundLocalError$/],
  ['SyntaxError', /^(Indentation|Tab)Error$/],
  [
    'OSError',
    /^(BlockingIO|ChildProcess|BrokenPipe|Connection\w*|FileExists|FileNotFound|Interrupted|IsADirectory|NotADirectory|Permission|ProcessLookup|Timeout)Error$/,
  ],
  ['ConnectionError', /^(BrokenPipe|Connection(Aborted|Refused|Reset))Error$/],
];

/** True where who catches one exception catches another as well, or may do. */
export function mayBeKindOf(
  name: string,
  other: string,
  { module }: Home,
  code: ProjectCode,
): boolean {
  if (/^(Base)?Exception$/.test(lastWord(other))) return true;
  if (KINDS.some(([kind, of]) => kind === other && of.test(name))) return true;
  const found = code.within(module, name.split('.'));
  const home = found.kind === 'found' ? found.home : null;
  if (home?.kind !== 'class') return false;
  let isOpen = false;
  const seen = [...code.lineage(home.module, home.path, () => (isOpen = true))];
  const bases = seen.flatMap(({ module: at, path }) => [path, ...code.basesOf(at, path)]);
  return isOpen || bases.some((base) => lastWord(base) === lastWord(other));
}

/** Calls by which Python itself raises what functions say in their docs, by the name of what is called. */
const BY_PYTHON: Readonly<Record<string, RegExp>> = {
  ValueError: /^(int|float|complex|index|remove|strptime|fromisoformat|unpack)$/,
  TypeError: /^(int|float|iter|len)$/,
  OSError: /^open$/,
  FileNotFoundError: /^(open|read_text|read_bytes)$/,
  StopIteration: /^next$/,
};

/** True where a call in a function raises an exception of a name: by the project's own lines, directly or not, or by Python. */
export function isRaisedBelow(name: string, { module, path }: Home, code: ProjectCode): boolean {
  const wanted = lastWord(name);
  const open = module.source
    .find('function_definition')
    .filter((node) => qualifiedName(node) === path);
  if (open.some((node) => calledIn(node).some((word) => BY_PYTHON[wanted]?.test(word))))
    return true;
  const seen = new Set<string>();
  for (const node of open) {
    const called = new Set(calledIn(node).filter((word) => !seen.has(word)));
    for (const word of called) seen.add(word);
    const callees = [...code.modules.values()].flatMap(({ source }) =>
      [...called].some((word) => source.text.includes(word))
        ? source.find('function_definition').filter((one) => called.has(callName(one)))
        : [],
    );
    if (callees.some((one) => raisedIn(one).includes(wanted))) return true;
    open.push(...callees);
  }
  return false;
}

/** The word by which a function is called; of a constructor, that of its class. */
function callName(definition: Node): string {
  const [own = '', holder = ''] = qualifiedName(definition).split('.').reverse();
  return /^__(init|post_init|new)__$/.test(own) ? holder : own;
}

const inside = (node: Node, type: string): Node[] =>
  node.descendantsOfType(type).filter((one): one is Node => one !== null);

const calledIn = (node: Node): string[] =>
  inside(node, 'call').map((call) => lastWord(call.childForFieldName('function')?.text ?? ''));

const raisedIn = (node: Node): string[] =>
  inside(node, 'raise_statement').map((one) => lastWord(nameOf(parts(one)[0]) ?? ''));
