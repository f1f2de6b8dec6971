import type { Context, Scene } from '../../model/prompt/context';
import { evidenceFrom } from '../../model/prompt/changed-definitions';
import { readEdits, type EditFormat } from '../../model/reply/read-edits';
import { applyOperations, type Operation } from '../../patch/operation';
import { PythonSource, qualifiedName } from '../../python/syntax';
import { moduleSymbols } from '../../change/symbols';
import { abandonedCalls } from '../../repair/abandoned';
import { alteredValues } from '../../repair/altered';
import { libertyOf } from '../../repair/liberties';
import type { LiteralChange } from '../../change/literals';
import type { Proposal } from '../../repair/strategy';

/** An edit of a model that fits the files, and what it does to the values in them. */
export interface Candidate {
  readonly operations: readonly Operation[];
  /** What the values become that it alters, for people. */
  readonly altered: readonly string[];
  /** The literals of the change that explain all of these; undefined where they do not. */
  readonly causes: readonly LiteralChange[] | undefined;
  /** Says of an operation whether it leaves the values alone. */
  isForm(operation: Operation): boolean;
}

/** What a reply means for the files that the model was shown; or why it is not used. Pure. */
export function candidateFrom(
  reply: string,
  format: EditFormat,
  { change, tests, sources }: Scene,
  { code }: Context,
): Candidate | { readonly refused: string } {
  const shown = new Set([...code.test, ...code.helpers].map(({ file }) => file));
  const files = [...tests]
    .filter(([path]) => shown.has(path))
    .map(([path, source]) => ({ path, source }));
  const read = readEdits(reply, format, files);
  if ('refused' in read) return { refused: read.refused };
  const { operations } = read;
  const offered = new Set(
    [...sources.values()].flatMap((source) =>
      [...moduleSymbols(source).values()]
        .filter(({ kind }) => kind !== 'variable')
        .map(({ name }) => name),
    ),
  );
  const altered: string[] = [];
  const values = new Set<Operation>();
  let causes: LiteralChange[] | undefined = [];
  for (const { path, source } of files) {
    const own = operations.filter(({ file }) => file === path);
    if (own.length === 0) continue;
    const after = new PythonSource(applyOperations(source.text, own), path);
    const added = testsIn(after).find((name) => !testsIn(source).includes(name));
    if (added !== undefined) return { refused: `the edit adds the test ${added}` };
    const gone = abandonedCalls(source, after, offered, change);
    if (gone !== undefined)
      return {
        refused: `with the edit the test does not call ${gone} any more, which is still there`,
      };
    const liberty = libertyOf(source, after, sources);
    if (liberty !== undefined) return { refused: liberty };
    const found = alteredValues(path, source, after, change);
    if (!found) continue;
    altered.push(...found.shown);
    causes = causes && found.causes && [...causes, ...found.causes];
    for (const operation of own) {
      const isValue = found.places.some(
        ({ start, end }) => operation.span.start <= start && end <= operation.span.end,
      );
      if (isValue) values.add(operation);
    }
  }
  return { operations, altered, causes, isForm: (operation) => !values.has(operation) };
}

const testsIn = (source: PythonSource): string[] =>
  source
    .find('function_definition')
    .map((node) => qualifiedName(node))
    .filter((name) => /(^|\.)test\w*$/.test(name));

/** The candidate as a proposal. */
export function proposalOf(
  { operations, altered }: Candidate,
  causes: readonly LiteralChange[],
  { changed }: Context,
  why: string,
): Proposal {
  const values = altered.length > 0 ? `, with ${altered.join(', ')}` : '';
  const says = `written by a model: ${why}${values}`;
  return {
    strategy: 'model',
    tier: 'generated',
    operations,
    evidence: evidenceFrom(changed),
    causes,
    says,
  };
}
