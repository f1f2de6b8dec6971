import type { ChangeSet } from '../../change/change-set';
import { moduleSymbols } from '../../change/symbols';
import type { FailureFact } from '../../pytest/facts';
import { isImported, type PythonSource } from '../../python/syntax';
import type { Suspect } from '../../report/run-record';
import type { Part } from './budget';
import { changedDefinitions, shownChange, type ChangedDefinition } from './changed-definitions';
import { dataBlock } from './data-block';
import {
  reachedCode,
  testCode,
  wordsOf,
  type Reached,
  type TestCode,
  type TestPiece,
} from './reach';
import { countTokens } from './tokens';

/** What is at hand when a failure is put before a model. */
export interface Scene {
  readonly failure: FailureFact;
  readonly change: ChangeSet;
  /** Test files as they stand with the edits made so far: the failing one, and those that may hold what it uses. */
  readonly tests: ReadonlyMap<string, PythonSource>;
  /** Code under test at head, as far as it was read. */
  readonly sources: ReadonlyMap<string, PythonSource>;
  /** Lines of the change that the test executed. */
  readonly suspects: readonly Suspect[];
}

/** What a model is told of a failure. All of it is data. */
export interface Context {
  /** In order of worth. */
  readonly parts: readonly Part[];
  readonly code: TestCode;
  /** What the change touched, nearest to the test first. */
  readonly changed: readonly ChangedDefinition[];
}

/**
 * What bears on a failure, in order of worth: what happened, the test, what the change did to the code that the test
 * reaches, the helpers and fixtures of the test, the code that it calls, tests beside it that use the same, and the rest of
 * the change. Pure.
 *
 * @returns undefined where there is no Python test to look at.
 */
export function contextOf(scene: Scene): Context | undefined {
  const { failure, change, tests, sources, suspects } = scene;
  const code = testCode(failure, tests);
  if (!code) return undefined;
  const frames = failure.frames.filter(({ file }) => sources.has(file));
  const called = new Set([...code.names, ...frames.map((frame) => frame.function)]);
  const { near, names } = reachedCode(sources, called);
  const changed = changedDefinitions(change, called, names, suspects);
  const [file] = code.test.map((piece) => piece.file);
  const source = tests.get(file!)!;
  const isShown = ({ file: path, symbol }: Reached): boolean =>
    changed.some((one) => one.file.path === path && one.path === symbol.path);
  const block = (what: string, pieces: readonly TestPiece[]): string[] =>
    pieces.map((piece) => dataBlock(what, textOf(piece), piece.file));
  const of = (distance: 0 | 1): string[] =>
    changed
      .filter((one) => one.distance === distance)
      .map((one) => dataBlock('change', shownChange(one)));
  const parts: Part[] = [
    { title: 'The failure', required: true, pieces: [dataBlock('failure', factsOf(scene))] },
    { title: 'The failing test', required: true, pieces: block('test', code.test) },
    { title: 'Imports of its file', pieces: importsOf(source, file!) },
    { title: CHANGED, pieces: [...of(0), ...of(1)] },
    { title: 'What the test uses of the test files', pieces: block('helper', code.helpers) },
    {
      title: 'Code that the test calls, as it is now',
      pieces: near
        .filter((one) => !isShown(one))
        .filter(({ symbol }) => countTokens(symbol.text) <= MOST_OF_ONE)
        .slice(0, MOST_CALLED)
        .map(({ file: path, symbol }) => dataBlock('code', symbol.text, `${path} ${symbol.path}`)),
    },
    { title: 'Tests beside it', pieces: neighbours(scene, code, source, file!) },
    { title: 'What else changed', pieces: elsewhere(changed) },
  ];
  return { parts: parts.filter(({ pieces }) => pieces.length > 0), code, changed };
}

/** Where else the change is, by name: what the test is not seen to reach is worth no more. */
function elsewhere(changed: readonly ChangedDefinition[]): string[] {
  const places = changed
    .filter(({ distance }) => distance === 2)
    .map(({ file, path }) => `${file.path} ${path}`.trim())
    .slice(0, MOST_ELSEWHERE);
  return places.length > 0 ? [dataBlock('other changes', places.join('\n'))] : [];
}

const MOST_ELSEWHERE = 12;

const CHANGED = 'What the change did to the code that the test reaches (- before, + now)';

/** What is not even changed is worth little: so many definitions of so many tokens at most. */
const MOST_CALLED = 5;
const MOST_OF_ONE = 250;
const MOST_NEIGHBOURS = 2;
/** Of a message, since it may hold whole documents. */
const MOST_MESSAGE = { lines: 15, characters: 900 };
const MOST_FRAMES = 6;
const MOST_VALUE = 300;

/** A method is shown under its class. */
function textOf({ source, node }: TestPiece): string {
  const indent = /^[ \t]*/.exec(source.lines.line(source.lineOf(node)))![0];
  let owner = '';
  for (let at = node.parent; at; at = at.parent) {
    if (at.type === 'class_definition') owner = `${source.lines.line(source.lineOf(at))}\n${owner}`;
  }
  return owner + indent + node.text;
}

function factsOf({ failure, tests, sources, change }: Scene): string {
  const { exception, compare, check, frames } = failure;
  const message = exception.message.split('\n').slice(0, MOST_MESSAGE.lines).join('\n');
  const lines = [
    `test: ${failure.id}`,
    `${exception.type.replace(/^builtins\./, '')}: ${cut(message, MOST_MESSAGE.characters)}`,
  ];
  if (compare) {
    const side = ({ source, outline, type }: typeof compare.left): string =>
      cut(source ?? outline ?? `a value of type ${type}`, MOST_VALUE);
    lines.push(`compared: ${side(compare.left)} ${compare.op} ${side(compare.right)}`);
  }
  for (const [name, value] of Object.entries(check?.values ?? {}))
    lines.push(`${name}: ${cut(value.source ?? value.type, MOST_VALUE)}`);
  lines.push('frames, the innermost last:');
  // What runs the test comes before it: that says nothing of the failure, and is another one in each version of pytest.
  const entered = Math.max(
    0,
    frames.findIndex(({ file }) => tests.has(file)),
  );
  for (const frame of frames.slice(entered).slice(-MOST_FRAMES)) {
    const source =
      tests.get(frame.file) ??
      sources.get(frame.file) ??
      change.files.find(({ path }) => path === frame.file)?.new;
    const text = source?.lines.line(frame.line).trim() ?? '';
    lines.push(`${shortPath(frame.file)}:${frame.line} in ${frame.function}: ${cut(text, 160)}`);
  }
  return lines.join('\n');
}

/** What is not of the workspace is named without the folders of this machine, so that equal failures give equal prompts. */
const shortPath = (file: string): string =>
  file.startsWith('/') ? file.split('/').slice(-2).join('/') : file;

const cut = (text: string, length: number): string =>
  text.length <= length ? text : `${text.slice(0, length)} [cut]`;

function importsOf(source: PythonSource, file: string): string[] {
  const imports = source
    .find(['import_statement', 'import_from_statement', 'future_import_statement'])
    .filter((node) => isImported(node) && node.parent?.id === source.root.id)
    .map(({ text }) => text);
  return imports.length > 0 ? [dataBlock('imports', imports.join('\n'), file)] : [];
}

/** Other tests of the file that name what the change touched; those that the change itself wrote first. */
function neighbours(
  { change, failure }: Scene,
  code: TestCode,
  source: PythonSource,
  file: string,
): string[] {
  const touched = new Set(
    change.files.flatMap(({ new: now }) =>
      now ? [...moduleSymbols(now).values()].map(({ name }) => name) : [],
    ),
  );
  const called = new Set([...code.names].filter((name) => touched.has(name)));
  const isSame = (start: number): boolean =>
    code.test.some(({ node }) => node.startIndex <= start && start < node.endIndex);
  return [...moduleSymbols(source).values()]
    .filter(
      ({ kind, name, first, text }) =>
        kind === 'function' &&
        name.startsWith('test') &&
        name !== failure.function &&
        !isSame(source.lines.lineStart(first)) &&
        wordsOf(text).some((word) => called.has(word)),
    )
    .filter(({ text }) => countTokens(text) <= MOST_OF_ONE)
    .map(({ text, first, last }) => {
      const lines = Array.from({ length: last - first + 1 }, (_, at) => first + at);
      return { text, isFresh: lines.some((line) => change.wrote(file, line)) };
    })
    .toSorted((a, b) => Number(b.isFresh) - Number(a.isFresh))
    .slice(0, MOST_NEIGHBOURS)
    .map(({ text }) => dataBlock('neighbour', text, file));
}
