import {
  enclosing,
  parts,
  PythonSource,
  qualifiedName,
  type Node,
  type Span,
} from '../../python/syntax';
import { isNumbered, plainQuotes, withoutNumbers } from './clean';
import { isElidingComment, isElidingLine } from './elision';
import { compareLines, indentOf, linesOf, normalised } from './lines';
import type { Replacement } from './locate';
import { onlyFile, resolvePath } from './paths';
import type { FunctionReplacement } from './proposed';
import { Refused } from './refusal';
import { moved } from './reindent';

/** The sources that may be edited, by path. */
export type Sources = ReadonlyMap<string, PythonSource>;

/** A replacement and the file it is for. */
export interface Placed extends Replacement {
  readonly file: string;
}

/**
 * What puts the functions of a block of code in the place of those of the same qualified name. Besides functions it
 * may hold their classes, code that stands in the file as well, and new imports.
 *
 * @throws Refused where a function has no place, or several, and where the code leaves something out.
 */
export function placeFunctions(edit: FunctionReplacement, sources: Sources): Placed[] {
  const block = parsed(edit.code);
  const files = [...sources.keys()];
  const functions = outermostFunctions(block.root);
  if (functions.length === 0) throw new Refused('nothing-found', 'The code holds no function.');
  const file =
    edit.file !== undefined
      ? resolvePath(edit.file, files)
      : (fileOf(functions, sources) ?? onlyFile(files));
  const source = sources.get(file)!;
  refuseElisions(block, source);
  const name = functions.some((one) => one.name === lastOf(edit.name)) ? edit.name : undefined;
  if (edit.name !== undefined && name === undefined && functions.length === 1) {
    const only = qualifiedName(functions[0]!.node);
    const isClass =
      lastOf(edit.name) === only.split('.').at(-2) || lastOf(edit.name)!.startsWith('Test');
    if (!isClass) {
      throw new Refused(
        'not-found',
        `You name ${edit.name}, and the code defines ${only}. Keep the function's name.`,
      );
    }
  }
  const placed = functions.map((one) => {
    const wanted = one.name === lastOf(name) ? name! : qualifiedName(one.node);
    return { file, ...replaceFunction(one.node, block, targetOf(wanted, file, source), source) };
  });
  const rest = otherStatements(block.root, source);
  return [...placed, ...addedImports(rest, source).map((added) => ({ file, ...added }))];
}

interface Found {
  readonly node: Node;
  readonly name: string;
}

/** The code of a reply as a tree, cleaned of what would keep it from being Python. */
function parsed(code: string): PythonSource {
  const trimmed = code.replace(/^(?:[ \t]*\n)+/, '').trimEnd();
  const readings = [trimmed, ...(isNumbered(trimmed) ? [withoutNumbers(trimmed)] : [])];
  for (const text of [...readings, ...readings.map(plainQuotes)]) {
    const level = new PythonSource(leveled(text));
    if (!level.root.hasError) return level;
  }
  const eliding = trimmed.split('\n').find(isElidingLine);
  if (eliding !== undefined) throw elided(eliding);
  throw new Refused(
    'not-python',
    'The code is not valid Python. Send the whole function again, with correct syntax.',
  );
}

/** Code whose first statement begins at the margin. A decorator or `def` that alone lost its indentation gets it back. */
function leveled(code: string): string {
  const [head = '', ...rest] = code.split('\n');
  const before = indentOf(head);
  return [head, ...rest]
    .map((line) => (line.startsWith(before) ? line.slice(before.length) : line))
    .join('\n');
}

function outermostFunctions(root: Node): Found[] {
  return parts(root).flatMap((node): Found[] => {
    const inner =
      node.type === 'decorated_definition' ? node.childForFieldName('definition')! : node;
    if (inner.type === 'function_definition') {
      const name = inner.childForFieldName('name')?.text ?? '';
      // The grammar takes a head alone for a function.
      const body = inner.childForFieldName('body');
      if (!body || parts(body).length === 0) {
        throw new Refused('not-python', `${name} has no body. Send the whole function.`);
      }
      return [{ node: inner, name }];
    }
    return inner.type === 'class_definition'
      ? outermostFunctions(inner.childForFieldName('body')!)
      : [];
  });
}

function lastOf(name: string | undefined): string | undefined {
  return name?.split('.').at(-1)!.replace(/\[.*$/, '');
}

/** The definitions that a qualified name means: exactly, or of whatever class where it names none. */
function definitions(name: string, source: PythonSource): Node[] {
  const all = source
    .find('function_definition')
    .filter((node) => !enclosing(node.parent!, 'function_definition'))
    .map((node) => ({ node, name: qualifiedName(node) }));
  const exact = all.filter((one) => one.name === name);
  if (exact.length > 0) return exact.map(({ node }) => node);
  return all.filter((one) => one.name.endsWith(`.${name}`)).map(({ node }) => node);
}

/** The only file that has all the functions, where no file is named. */
function fileOf(functions: readonly Found[], sources: Sources): string | undefined {
  const having = [...sources].filter(([, source]) =>
    functions.every(({ node }) => definitions(qualifiedName(node), source).length > 0),
  );
  return having.length === 1 ? having[0]![0] : undefined;
}

function targetOf(name: string, file: string, source: PythonSource): Node {
  const found = definitions(name, source);
  if (found.length === 1) return found[0]!;
  if (found.length > 1) {
    const lines = found
      .map((node) => `${qualifiedName(node)} at line ${source.lineOf(node)}`)
      .join(', ');
    throw new Refused(
      'ambiguous',
      `${name} is defined more than once in ${file}: ${lines}. Name its class.`,
    );
  }
  const there = source.find('function_definition').map(qualifiedName).slice(0, 20).join(', ');
  throw new Refused(
    'not-found',
    `${file} has no function ${name}; it has ${there || 'none'}. Replace one of these, no new ones.`,
  );
}

/** The definition with its decorators. */
function decorated(node: Node): Node {
  return node.parent?.type === 'decorated_definition' ? node.parent : node;
}

/** Decorators that the reply leaves out stay; where it has some, they are all there are. */
function replaceFunction(
  node: Node,
  block: PythonSource,
  target: Node,
  source: PythonSource,
): Replacement {
  const outer = decorated(node);
  const old = outer.type === 'decorated_definition' ? decorated(target) : target;
  const span = linesAround(old, source);
  const before = source.text.slice(span.start, span.end);
  const column = block.text.slice(block.lines.lineStart(block.lineOf(outer)), outer.endIndex);
  const end = source.text.includes('\r\n') ? '\r\n' : '\n';
  const margin = indentOf(source.lines.line(source.lineOf(old)));
  const code = moved(column, margin, before.replaceAll('\r\n', '\n'));
  const now = linesOf(`${code}\n`).map((line) => line.replace(/\n$/, end));
  const was = linesOf(before);
  // White space at the end of a line is no difference.
  let [at, result] = [0, ''];
  let added = 0;
  for (const { kind, count } of compareLines(
    was,
    now,
    (one, other) => one.trimEnd() === other.trimEnd(),
  )) {
    if (kind === 'new') result += now.slice(added, added + count).join('');
    if (kind === 'both') result += was.slice(at, at + count).join('');
    if (kind !== 'old') added += count;
    if (kind !== 'new') at += count;
  }
  return { span, after: /[\r\n]$/.test(before) ? result : result.replace(/\r?\n$/, '') };
}

/** The whole lines of a node. */
function linesAround(node: Node, { lines }: PythonSource): Span {
  return {
    start: lines.lineStart(lines.lineOf(node.startIndex)),
    end: lines.lineStart(lines.lineOf(node.endIndex) + 1),
  };
}

/** Statements beside the functions that the file does not have. */
function otherStatements(body: Node, source: PythonSource): Node[] {
  const there = new Set(
    source
      .find([
        'expression_statement',
        'import_statement',
        'import_from_statement',
        'future_import_statement',
        'if_statement',
        'pass_statement',
      ])
      .map(({ text }) => normalised(text)),
  );
  return parts(body).flatMap((node): Node[] => {
    const inner =
      node.type === 'decorated_definition' ? node.childForFieldName('definition')! : node;
    if (inner.type === 'function_definition') return [];
    if (inner.type === 'class_definition')
      return otherStatements(inner.childForFieldName('body')!, source);
    return there.has(normalised(node.text)) ? [] : [node];
  });
}

/** New imports go below the last one at the top of the file. */
function addedImports(nodes: readonly Node[], source: PythonSource): Replacement[] {
  const other = nodes.find(
    ({ type, parent }) => !type.startsWith('import') || parent?.type !== 'module',
  );
  if (other) {
    throw new Refused(
      'nothing-found',
      `Beside functions the code has ${JSON.stringify(other.text.slice(0, 120))}, which is not in the file. Send only the changed functions, whole.`,
    );
  }
  const last = parts(source.root)
    .filter(({ type }) => /import_(?:from_)?statement$/.test(type))
    .at(-1);
  if (nodes.length === 0) return [];
  if (!last)
    throw new Refused(
      'nothing-found',
      'The file has no imports to add one to: import inside of the function.',
    );
  const end = source.text.includes('\r\n') ? '\r\n' : '\n';
  const at = last.endIndex;
  return [{ span: { start: at, end: at }, after: nodes.map(({ text }) => end + text).join('') }];
}

/** Comments of the code that stand for what is left out, wherever they are: below the last statement too. */
function refuseElisions(block: PythonSource, source: PythonSource): void {
  const there = new Set(source.find('comment').map(({ text }) => text));
  for (const comment of block.find('comment')) {
    const line = block.lines.line(block.lineOf(comment));
    if (!there.has(comment.text) && isElidingComment(comment.text, line.trim() === comment.text))
      throw elided(line);
  }
}

function elided(line: string): Refused {
  return new Refused(
    'elided',
    `Your code leaves something out (${JSON.stringify(line.trim().slice(0, 120))}). Write all of its lines.`,
  );
}
