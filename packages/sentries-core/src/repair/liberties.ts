import { calleeName } from '../python/call';
import { enclosing, parts, qualifiedName, type Node, type PythonSource } from '../python/syntax';
import { moduleSymbols } from '../change/symbols';
import { binds } from './references';

/** What an edit that nobody derived may have more of: the plain parts of a call, its arguments and its import. */
const PLAIN = new Set([
  'argument_list',
  'assignment',
  'attribute',
  'block',
  'call',
  'comment',
  'dictionary',
  'dotted_name',
  'expression_statement',
  'false',
  'float',
  'identifier',
  'import_from_statement',
  'import_statement',
  'integer',
  'keyword_argument',
  'list',
  'module',
  'none',
  'pair',
  'string',
  'string_content',
  'string_end',
  'string_start',
  'true',
  'tuple',
]);

/**
 * Says in one sentence which liberty an edit takes with a test: more than calling the code under test in another way.
 * Computing, new functions and decorators, other parameters, names bound anew, imports and calls of anything but the
 * project's own code are ways to make a test pass without its being true, and there are more of them than can be
 * listed. So what may come is listed; honest edits beyond it are lost.
 *
 * @param sources The code under test that the edit may draw on, by path.
 */
export function libertyOf(
  before: PythonSource,
  after: PythonSource,
  sources: ReadonlyMap<string, PythonSource>,
): string | undefined {
  const [old, now] = [before, after].map((source) => countsOf(source, sources));
  for (const [what, count] of now!) {
    if (count > (old!.get(what) ?? 0)) return what;
  }
  return undefined;
}

/** What may not become more, with how often it is there. */
function countsOf(
  source: PythonSource,
  sources: ReadonlyMap<string, PythonSource>,
): Map<string, number> {
  const counts = new Map<string, number>();
  const add = (what: string): void => void counts.set(what, (counts.get(what) ?? 0) + 1);
  const offered = new Set(
    [...sources.values()].flatMap((one) =>
      [...moduleSymbols(one).values()].map(({ name }) => name),
    ),
  );
  const visit = (node: Node): void => {
    if (!PLAIN.has(node.type))
      add(`the edit adds syntax of the kind ${node.type.replaceAll('_', ' ')}${signsOf(node)}`);
    if (node.type === 'call' && !offered.has(calleeName(node)))
      add(
        `the edit calls ${node.childForFieldName('function')?.text}, which is none of the code under test`,
      );
    if (node.type === 'parameters')
      add(`the edit gives ${qualifiedName(node.parent!)} the parameters ${node.text}`);
    if (node.type.startsWith('import_')) {
      const module = node.childForFieldName('module_name')?.text;
      for (const one of parts(node).filter(({ text }) => text !== module)) {
        const [from, name] = module === undefined ? [one.text, undefined] : [module, one.text];
        const isOwn = isModule(from, sources) && (name === undefined || offered.has(name));
        if (!isOwn) add(`the edit imports ${one.text}, which is none of the code under test`);
        else add(`the edit binds ${one.text} again (${from})`);
      }
    }
    if (node.type === 'identifier' && node.parent?.type === 'assignment' && binds(node)) {
      const place = enclosing(node, 'function_definition');
      const isFirst = !source
        .named(node.text)
        .some((other) => other.id !== node.id && binds(other) && reaches(other, place));
      if (!isFirst || /^test/i.test(node.text)) add(`the edit binds ${node.text} again`);
    }
    const target = node.type === 'assignment' ? node.childForFieldName('left') : null;
    if (target && target.type !== 'identifier') add(`the edit sets ${target.text}`);
    for (const child of node.namedChildren) if (child) visit(child);
  };
  visit(source.root);
  // A name that is imported for the first time is what the edit needs.
  for (const what of [...counts.keys()])
    if (counts.get(what) === 1 && /^the edit binds .* again \(/.test(what)) counts.delete(what);
  return counts;
}

/** Its operators: one in the place of another is another computation. */
function signsOf(node: Node): string {
  if (!node.type.endsWith('_operator')) return '';
  const signs = node.children.filter((child) => child !== null && !child.isNamed);
  return `, ${signs.map((sign) => sign.text).join(' ')}`;
}

/** True where a binding is of the same function, or of the module. */
const reaches = (binding: Node, place: Node | undefined): boolean => {
  const own = enclosing(binding, 'function_definition');
  return own === undefined || own.id === place?.id;
};

/** True for a module that is one of the sources. */
function isModule(dotted: string, sources: ReadonlyMap<string, PythonSource>): boolean {
  const path = dotted.replace(/^\.+/, '').replaceAll('.', '/');
  return [...sources.keys()].some((file) =>
    [`${path}.py`, `${path}/__init__.py`].some((end) => `/${file}`.endsWith(`/${end}`)),
  );
}
