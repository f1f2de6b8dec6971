import type { Context, Scene } from '../../model/prompt/context';
import { evidenceFrom } from '../../model/prompt/changed-definitions';
import { readEdits, type EditFormat } from '../../model/reply/read-edits';
import { applyOperations, type Operation } from '../../patch/operation';
import { PythonSource, qualifiedName } from '../../python/syntax';
import { alteredValues } from '../../repair/altered';
import { correspondence, type Correspondence } from '../../repair/correspondence';
import { EvidenceOfChange } from '../../repair/evidence-of-change';
import { isFounded, otherLiteral } from '../../repair/supplied';
import { isDemand } from '../diagnose';
import type { LiteralChange } from '../../change/literals';
import type { Proposal } from '../../repair/strategy';

/** An edit of a model that fits the files, and what it does to the values in them. */
export interface Candidate {
  readonly operations: readonly Operation[];
  /** What the values become that it alters, for people. */
  readonly altered: readonly string[];
  /** The literals of the change that explain all of these; undefined where they do not. */
  readonly causes: readonly LiteralChange[] | undefined;
  /** Files with values in them that nothing shows, by path. */
  readonly doubtful: ReadonlyMap<string, Doubtful>;
  /** Says of an operation whether it leaves the values alone. */
  isForm(operation: Operation): boolean;
}

/** An edited file in which a model gives the code what nothing in the project shows. */
export interface Doubtful {
  /** These literals. */
  readonly shown: readonly string[];
  /** The file with others in their places. */
  readonly otherwise: string;
}

/** What a reply means for the files that the model was shown; or why it is not used. Pure. */
export function candidateFrom(
  reply: string,
  format: EditFormat,
  { failure, change, tests, sources }: Scene,
  { code }: Context,
): Candidate | { readonly refused: string } {
  const shown = new Set([...code.test, ...code.helpers].map(({ file }) => file));
  const files = [...tests]
    .filter(([path]) => shown.has(path))
    .map(([path, source]) => ({ path, source }));
  const read = readEdits(reply, format, files);
  if ('refused' in read) return { refused: read.refused };
  const { operations } = read;
  const evidence = new EvidenceOfChange(change, sources, isDemand(failure, change), tests);
  const altered: string[] = [];
  const values = new Set<Operation>();
  const doubtful = new Map<string, Doubtful>();
  let causes: LiteralChange[] | undefined = [];
  for (const { path, source } of files) {
    const own = operations.filter(({ file }) => file === path);
    if (own.length === 0) continue;
    const after = new PythonSource(applyOperations(source.text, own), path);
    const added = testsIn(after).find((name) => !testsIn(source).includes(name));
    if (added !== undefined) return { refused: `the edit adds the test ${added}` };
    const same = correspondence(source, after, evidence);
    if ('refused' in same) return { refused: same.refused };
    const other = withOthers(
      after,
      same.supplied.filter((one) => !isFounded(one, source, evidence)),
    );
    if (other) doubtful.set(path, other);
    const found = alteredValues(path, source, same.pairs, change);
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
  return { operations, altered, causes, doubtful, isForm: (operation) => !values.has(operation) };
}

/** The edited file with other values in the place of some; undefined where there are none. */
function withOthers(
  { text }: PythonSource,
  supplied: Correspondence['supplied'],
): Doubtful | undefined {
  if (supplied.length === 0) return undefined;
  const places = new Map(supplied.map((one) => [one.node.startIndex, one]));
  const otherwise = [...places.values()]
    .toSorted((one, other) => other.node.startIndex - one.node.startIndex)
    .reduce(
      (so, { node, literal }) =>
        so.slice(0, node.startIndex) + otherLiteral(literal) + so.slice(node.endIndex),
      text,
    );
  return { shown: [...places.values()].map(({ node }) => node.text), otherwise };
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
    keepsMeaning: altered.length === 0,
  };
}
