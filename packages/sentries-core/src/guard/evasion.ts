import { bare, calleeName } from '../python/call';
import {
  ancestry,
  enclosing,
  parts,
  qualifiedName,
  type Node,
  type PythonSource,
} from '../python/syntax';
import { literalValue } from '../python/value';

/** A way to make a test pass without its being true: counted per function and for the whole file. */
interface Evasion {
  readonly says: string;
  /** What there may not be more of with an edit, or, where `keeps`, not less. */
  readonly keeps?: boolean;
  /** @param imported The names that imports bring, before or after. */
  readonly count: (source: PythonSource, within: Node, imported: ReadonlySet<string>) => number;
}

/**
 * Says in one sentence how an edit lets a test get around what it tests, though every assertion is still there;
 * undefined where it does not. What was there before may stay.
 */
export function evasion(before: PythonSource, after: PythonSource): string | undefined {
  const imported = new Set([...importedNames(before), ...importedNames(after)]);
  const [was, now] = [byName(before), byName(after)];
  const pairs: (readonly [Node, Node, string])[] = [[before.root, after.root, 'the file']];
  for (const [name, nodes] of was) {
    const others = now.get(name) ?? [];
    // Overloads have one name: where there are as many as before, each stands where it stood.
    for (const [at, node] of nodes.entries()) {
      const other = others.length === nodes.length ? others[at] : others.at(-1);
      if (other && other.text !== node.text) pairs.push([node, other, name]);
    }
  }
  for (const { says, keeps = false, count } of EVASIONS) {
    for (const [old, other, place] of pairs) {
      const [had, has] = [count(before, old, imported), count(after, other, imported)];
      if (keeps ? has < had : has > had) return `the edit ${says} (in ${place})`;
    }
  }
  return undefined;
}

/** The functions of a file by their qualified names. */
function byName(source: PythonSource): Map<string, Node[]> {
  const found = new Map<string, Node[]>();
  for (const node of source.find('function_definition')) {
    const name = qualifiedName(node);
    const others = found.get(name);
    if (others) others.push(node);
    else found.set(name, [node]);
  }
  return found;
}

const calls = (source: PythonSource, within: Node, name: RegExp): Node[] =>
  source.find('call', within).filter((node) => name.test(calleeName(node)));

const CHECK = /^(assert|raises$|warns$|fail|deprecated_call$)/i;
const EXPECTING = /^(raises|warns|assertRaises|assertWarns|assertRaisesRegex|assertWarnsRegex)$/;

const checksIn = (source: PythonSource, within: Node): Node[] => [
  ...source.find('assert_statement', within),
  ...calls(source, within, CHECK),
];

const EVASIONS: readonly Evasion[] = [
  {
    says: 'puts a stand-in in the place of code',
    count: (source, within, imported) =>
      source.find('call', within).filter(isStandIn).length +
      source.find('assignment', within).filter((node) => setsForeign(node, imported)).length,
  },
  {
    says: 'gives an imported name another meaning',
    count: rebound,
  },
  {
    says: 'widens an expected exception',
    count: (source, within) =>
      calls(source, within, EXPECTING).reduce((sum, call) => sum + width(call), 0),
  },
  {
    says: 'removes the text that an exception or a warning is expected to have',
    keeps: true,
    count: (source, within) => calls(source, within, EXPECTING).filter(hasText).length,
  },
  {
    says: 'makes an equality something weaker',
    keeps: true,
    count: (source, within) =>
      checksIn(source, within)
        .map((check) => equalities(source, check))
        .reduce((sum, own) => sum + own, 0),
  },
  {
    says: 'lets an assertion hold in more than one way',
    count: (source, within) =>
      source
        .find('boolean_operator', within)
        .filter((node) => node.child(1)?.text === 'or' && isAsserted(node)).length,
  },
  {
    says: 'makes an equality approximate',
    count: (source, within) =>
      calls(source, within, /^(approx|isclose|allclose|assert(Not)?AlmostEqual|round)$/).length,
  },
  {
    says: 'makes a check of a mock weaker',
    keeps: true,
    count: (source, within) =>
      calls(
        source,
        within,
        /^assert_((called|awaited)(_once)?_with|has_(calls|awaits)|any_(call|await))$/,
      ).length,
  },
  {
    says: 'puts an assertion where it may not be reached',
    count: (source, within) =>
      checksIn(source, within).filter((check) => isUnsure(check, within)).length,
  },
  {
    says: 'ends a test early',
    count: (source, within) =>
      source
        .find(['return_statement', 'raise_statement', 'yield', 'break_statement'], within)
        .filter(isOfTest).length + calls(source, within, /^(_?exit|quit|abort|kill|_Exit)$/).length,
  },
  {
    says: 'sets a value by hand that the test got from a call',
    count: (source, within) => handmade(source, within),
  },
  {
    says: 'adds a hook, or a comparison of its own',
    count: (source, within) =>
      source
        .find('function_definition', within)
        .filter((node) => HOOKS.test(node.childForFieldName('name')!.text)).length +
      source
        .find('identifier', within)
        .filter(({ text }) => /^(autouse|pytest_plugins)$/.test(text)).length,
  },
  {
    says: 'writes files, starts programs, or reaches into the interpreter',
    count: (source, within) =>
      source.find(['attribute', 'identifier', 'call'], within).filter(isDangerous).length,
  },
];

const HOOKS = /^(pytest_\w+|__(eq|ne|lt|le|gt|ge|bool|len|contains|hash|getattr|getattribute)__)$/;

/** `patch(…)`, `monkeypatch.setattr(…)`, `Mock()`, `setattr(…)`. */
function isStandIn(call: Node): boolean {
  const callee = call.childForFieldName('function')?.text ?? '';
  return (
    /^(mock\.|unittest\.mock\.|mocker\.)?patch(\.(object|dict|multiple))?$/.test(callee) ||
    /^(monkeypatch|mocker)\.\w+$/.test(callee) ||
    /(^|\.)(Magic|Async|NonCallable|Property)?Mock$/.test(callee) ||
    /(^|\.)(create_autospec|mock_open|__setattr__|reload)$/.test(callee) ||
    /^(setattr|delattr|object\.__setattr__)$/.test(callee)
  );
}

/** `module.name = …` for something that an import brought. */
function setsForeign(assignment: Node, imported: ReadonlySet<string>): boolean {
  const left = assignment.childForFieldName('left');
  if (left?.type !== 'attribute' && left?.type !== 'subscript') return false;
  const owner = /^\w+/.exec(left.text)?.[0] ?? '';
  return imported.has(owner);
}

/** The names that imports bring into a file. */
function importedNames(source: PythonSource): Set<string> {
  return new Set(
    source.find(['import_statement', 'import_from_statement']).flatMap((node) =>
      parts(node)
        .filter(({ id }) => id !== node.childForFieldName('module_name')?.id)
        .map((item) => (item.childForFieldName('alias') ?? item).text.split('.')[0]!),
    ),
  );
}

/** Imported names that a definition, an assignment or a parameter binds as well. */
function rebound(source: PythonSource, within: Node, imported: ReadonlySet<string>): number {
  const definitions = source
    .find(['function_definition', 'class_definition'], within)
    .map((node) => node.childForFieldName('name')!.text);
  const assigned = source
    .find(['assignment', 'named_expression', 'for_statement', 'as_pattern_target'], within)
    .map((node) => (node.childForFieldName('left') ?? node.childForFieldName('name') ?? node).text);
  return [...definitions, ...assigned].filter((name) => imported.has(name)).length;
}

/** How many classes an expectation takes; those that anything is derived from count for many. */
function width(call: Node): number {
  const [first] = parts(call.childForFieldName('arguments')!);
  if (!first) return 0;
  const value = first.type === 'keyword_argument' ? first.childForFieldName('value')! : first;
  const classes = value.type === 'tuple' ? parts(value) : [value];
  return classes.reduce(
    (sum, { text }) => sum + (/(^|\.)(BaseException|Exception|Warning)$/.test(text) ? 100 : 1),
    -1,
  );
}

function hasText(call: Node): boolean {
  const list = parts(call.childForFieldName('arguments')!);
  return (
    calleeName(call).endsWith('Regex') ||
    list.some(
      (node) =>
        node.type === 'keyword_argument' &&
        /^(match|check)$/.test(node.childForFieldName('name')!.text),
    )
  );
}

const EQUAL = /^assert(Equals?|Is|\w+Equal)$/;

/** `==` and `is` of an assertion, and the methods that say the same; not in what only has to be true of some. */
function equalities(source: PythonSource, check: Node): number {
  if (check.type === 'call') {
    const name = calleeName(check);
    return EQUAL.test(name) && !/Not|Almost/.test(name) ? 1 : 0;
  }
  const condition = parts(check)[0];
  if (!condition) return 0;
  return [condition, ...source.find('comparison_operator', condition)]
    .filter(({ type }) => type === 'comparison_operator')
    .filter((node) => /^(==|is)$/.test(node.child(1)?.text ?? ''))
    .filter((node) => {
      const between = [...ancestry(node)].slice(1);
      const inside = between.slice(
        0,
        between.findIndex(({ id }) => id === check.id),
      );
      return !inside.some(({ type }) => type === 'not_operator' || type === 'call');
    }).length;
}

function isAsserted(node: Node): boolean {
  const statement = enclosing(node, 'assert_statement');
  const condition = statement && parts(statement)[0];
  return (
    condition !== undefined &&
    node.startIndex >= condition.startIndex &&
    node.endIndex <= condition.endIndex
  );
}

const CONDITIONS = new Set([
  'if_statement',
  'while_statement',
  'for_statement',
  'try_statement',
  'match_statement',
  'conditional_expression',
  'lambda',
  'function_definition',
]);

/** An assertion that a condition, a loop, a handler or a definition stands around, or an expected exception. */
function isUnsure(check: Node, within: Node): boolean {
  for (const at of [...ancestry(check)].slice(1)) {
    if (at.id === within.id) return false;
    if (at.type === 'function_definition' && !enclosing(at.parent!, 'function_definition'))
      return false;
    if (CONDITIONS.has(at.type)) return true;
    const clause =
      at.type === 'with_statement' && parts(at).find(({ type }) => type === 'with_clause');
    if (
      clause &&
      !isIn(check, clause) &&
      /\b(raises|warns|suppress|assertRaises\w*)\b/.test(clause.text)
    )
      return true;
  }
  return false;
}

const isIn = (node: Node, outer: Node): boolean =>
  outer.startIndex <= node.startIndex && node.endIndex <= outer.endIndex;

const isOfTest = (node: Node): boolean =>
  enclosing(node, 'function_definition')?.childForFieldName('name')?.text.startsWith('test') ??
  false;

/** Names that a function gives a literal and something else too. */
function handmade(source: PythonSource, within: Node): number {
  if (within.type !== 'function_definition') return 0;
  const bound = source.find('assignment', within).flatMap((node) => {
    const [left, right] = [node.childForFieldName('left'), node.childForFieldName('right')];
    return left?.type === 'identifier' && right
      ? [[left.text, literalValue(bare(right))] as const]
      : [];
  });
  const made = new Set(bound.filter(([, value]) => value === undefined).map(([name]) => name));
  return bound.filter(([name, value]) => value !== undefined && made.has(name)).length;
}

const MODULES =
  /^(subprocess|shutil|socket|ctypes|importlib|gc|builtins|multiprocessing|signal|atexit|inspect)$/;
const CALLS = /^(exec|eval|compile|globals|locals|vars|__import__)$/;

function isDangerous(node: Node): boolean {
  if (node.type === 'identifier') return MODULES.test(node.text) && isOwnName(node);
  if (node.type === 'attribute') {
    return (
      /^os\.(?!path\b|fspath$|sep$|linesep$|name$)\w+$/.test(node.text) ||
      /^sys\.(modules|path|settrace|setprofile|meta_path|std\w+|exit)$/.test(node.text) ||
      /\.(write_text|write_bytes|__(dict|code|class|globals|subclasses|builtins)__)$/.test(
        node.text,
      )
    );
  }
  const callee = node.childForFieldName('function')?.text ?? '';
  return (
    CALLS.test(callee) ||
    (/(^|\.)open$/.test(callee) &&
      /["'][rbt]*[wax+][rwbt+]*["']/.test(node.childForFieldName('arguments')!.text))
  );
}

/** Not a name after a dot, nor one before `=` in a call. */
const isOwnName = ({ id, parent }: Node): boolean =>
  parent?.childForFieldName('attribute')?.id !== id &&
  !(parent?.type === 'keyword_argument' && parent.childForFieldName('name')?.id === id);
