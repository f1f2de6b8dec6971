import { moduleSymbols, type ModuleSymbol } from '../../change/symbols';
import type { FailureFact } from '../../pytest/facts';
import { testsNamed } from '../../repair/failing-place';
import { parts, type Node, type PythonSource } from '../../python/syntax';

/** A definition or statement of a test file. */
export interface TestPiece {
  readonly file: string;
  readonly source: PythonSource;
  readonly node: Node;
}

/** The failing test and what stands in test files that it works with. */
export interface TestCode {
  /** The test function, or of a file that can't be imported the statement where that ends. */
  readonly test: readonly TestPiece[];
  /** Helpers, fixtures and tables that it names, and those that these name. */
  readonly helpers: readonly TestPiece[];
  /** All names in them. */
  readonly names: ReadonlySet<string>;
}

/** How far helpers of helpers are followed. */
const MAX_DEPTH = 3;

/**
 * @param files The test files that may hold helpers, the failing one among them.
 * @returns undefined where the failing test is in no Python file of these.
 */
export function testCode(
  failure: FailureFact,
  files: ReadonlyMap<string, PythonSource>,
): TestCode | undefined {
  const test = failingPieces(failure, files);
  if (test.length === 0) return undefined;
  const names = new Set<string>();
  const helpers: TestPiece[] = [];
  const known = new Set(test.map(({ node }) => node.startIndex));
  let edge = test;
  for (let depth = 0; depth < MAX_DEPTH && edge.length > 0; depth += 1) {
    const fresh = new Set(edge.flatMap(({ source, node }) => namesIn(source, node)));
    for (const name of fresh) names.add(name);
    edge = [...files].flatMap(([file, source]) =>
      namedAtTop(source, fresh)
        .filter((node) => !(source === test[0]!.source && known.has(node.startIndex)))
        .filter((node) => !helpers.some((one) => one.file === file && one.node.id === node.id))
        .map((node) => ({ file, source, node })),
    );
    helpers.push(...edge);
  }
  return { test, helpers, names };
}

function failingPieces(
  failure: FailureFact,
  files: ReadonlyMap<string, PythonSource>,
): TestPiece[] {
  const own = failure.file === null ? undefined : files.get(failure.file);
  if (own && failure.function !== null) {
    const tests = testsNamed(own, failure).map(whole);
    if (tests.length > 0) return tests.map((node) => ({ file: failure.file!, source: own, node }));
  }
  const frame = failure.frames.findLast(({ file }) => files.has(file));
  const source = frame && files.get(frame.file);
  if (!source) return [];
  const statement = parts(source.root).find(
    (node) => source.lineOf(node) <= frame.line && frame.line <= source.lines.lineOf(node.endIndex),
  );
  return statement ? [{ file: frame.file, source, node: statement }] : [];
}

/** With its decorators. */
const whole = (definition: Node): Node =>
  definition.parent?.type === 'decorated_definition' ? definition.parent : definition;

/** All words of a text: quicker than a walk over its tree, and as good for what goes by a name. */
export const wordsOf = (text: string): string[] => text.match(/[A-Za-z_]\w*/g) ?? [];

const words = new WeakMap<ModuleSymbol, readonly string[]>();

function wordsOfSymbol(symbol: ModuleSymbol): readonly string[] {
  const known = words.get(symbol) ?? [...new Set(wordsOf(symbol.text))];
  words.set(symbol, known);
  return known;
}

const namesIn = (source: PythonSource, node: Node): string[] =>
  source.find('identifier', node).map(({ text }) => text);

/** Definitions and assignments at the top of a file, and methods of its classes that are no tests. */
function namedAtTop(source: PythonSource, names: ReadonlySet<string>): Node[] {
  return [...moduleSymbols(source).values()]
    .filter(({ name, kind }) => names.has(name) && !(kind === 'class' && isTestClass(name)))
    .flatMap((symbol) => nodeOf(source, symbol) ?? [])
    .filter((node) => !/^(async )?def test/.test(node.text));
}

const isTestClass = (name: string): boolean => /^Test|Tests?$/.test(name);

function nodeOf(source: PythonSource, { first, text }: ModuleSymbol): Node | undefined {
  const start = source.text.indexOf(text, source.lines.lineStart(first));
  return start < 0 ? undefined : source.nodeAt({ start, end: start + text.length });
}

/** A definition of the code under test. */
export interface Reached {
  readonly file: string;
  readonly symbol: ModuleSymbol;
}

/**
 * What of the code under test goes by one of these names: what a test calls, as far as names tell. Then what these
 * definitions name themselves, and so on.
 *
 * @returns the definitions, nearest first, each once; and all names on the way.
 */
export function reachedCode(
  sources: ReadonlyMap<string, PythonSource>,
  names: ReadonlySet<string>,
): { readonly near: readonly Reached[]; readonly names: ReadonlySet<string> } {
  const near = definitionsNamed(sources, names);
  const all = new Set(names);
  let edge = near;
  for (let depth = 0; depth < MAX_DEPTH && edge.length > 0; depth += 1) {
    const fresh = new Set(
      edge.flatMap(({ symbol }) => wordsOfSymbol(symbol)).filter((word) => !all.has(word)),
    );
    for (const name of fresh) all.add(name);
    edge = definitionsNamed(sources, fresh);
  }
  return { near, names: all };
}

function definitionsNamed(
  sources: ReadonlyMap<string, PythonSource>,
  names: ReadonlySet<string>,
): Reached[] {
  return [...sources].flatMap(([file, source]) =>
    [...moduleSymbols(source).values()]
      .filter(({ name, owner, kind }) =>
        isConstructor(name) ? names.has(lastOf(owner)) : names.has(name) && kind !== 'class',
      )
      .map((symbol) => ({ file, symbol })),
  );
}

/** They are called by the name of their class. */
export const isConstructor = (name: string): boolean => name === '__init__' || name === '__new__';
export const lastOf = (path: string): string => path.split('.').at(-1)!;
