import { posix } from 'node:path';
import { anchorsIn, placeOf, type PageAnchors } from '../../docs/code/pages';
import { structureOf } from '../../docs/pieces';
import { referencesIn } from '../../docs/read/document';
import type { Reference } from '../../docs/reference';
import { anchorTarget } from '../../docs/resolve/anchors';
import { leadsTo, resolve } from '../../docs/resolve/resolve';
import { BUILTINS } from '../../docs/resolve/words';
import type { DocContext } from '../../docs/rules/rule';
import type { EditedFile } from '../../guard/guard';
import type { Operation } from '../../patch/operation';
import { LineIndex } from '../../python/text';
import type { DocsVerified } from '../../report/run-record';
import type { Edited } from '../../verify/parsed';
import type { Finding } from './finding';

/** What an edited page shows of the findings on it. */
export interface Proof {
  /** The findings that it does not bear out, and why. */
  readonly failed: ReadonlyMap<Finding, string>;
  /** What is left to ask the interpreter. */
  readonly texts: readonly Edited[];
  readonly verified: Pick<DocsVerified, 'references' | 'repaired' | 'examples'>;
}

/**
 * Reads an edited page anew, as if nobody knew what the edits are for.
 *
 * @param findings Those of this page that are open.
 */
export function proofOf(
  { path, before, after }: EditedFile,
  findings: readonly Finding[],
  context: DocContext,
): Proof {
  const operations = operationsOf(findings);
  const file = posix.relative(context.folder, path);
  const module = context.head.moduleOf(file)?.name ?? null;
  const read = (text: string): Reference[] => referencesIn(file, text, module);
  const [old, now] = [read(before.text), read(after)];
  // Links within the page are a question of its own text.
  const isBroken = (one: Reference): boolean =>
    resolve(one, context.head).kind === 'broken' &&
    !(one.kind === 'anchor' && anchorTarget(one)?.page === file);
  const failed = new Map<Finding, string>();
  const failAll = (reason: string): void => {
    for (const one of findings) failed.set(one, reason);
  };
  const lines = new LineIndex(after);
  const removed = operations.filter((one) => one.after === '').map(({ span }) => span);
  const changed = new Set(operations.flatMap((one) => linesAfter(one, operations, lines)));
  const touched = now.filter(({ line }) => changed.has(line));
  const astray = touched.filter(isBroken);
  for (const one of findings) {
    const { span } = one.stale.reference;
    if (one.leadsTo === null) {
      if (stillThere(one, now, isBroken)) failed.set(one, 'with the edit it would still be told');
      continue;
    }
    const start = shifted(span.start, operations);
    const here = now.find((other) => other.span.start === start);
    // What Python gives to everybody is no name of the project.
    const isBuiltin =
      here?.kind === 'exception' && here.name === one.leadsTo && BUILTINS.has(here.name);
    const around = operations.find(
      (other) => other.span.start < span.start && span.end <= other.span.end,
    );
    const from = around ? shifted(around.span.start, operations) : start;
    const to = around ? from + around.after.length : from + 1;
    const leads = now.some((other) => {
      if (other.span.start < from || other.span.start >= to) return false;
      return leadsTo(other, one.leadsTo!, context.head, one.stale.isGuess);
    });
    if (!isBuiltin && !leads) failed.set(one, `with the edit it does not lead to ${one.leadsTo}`);
    const beside = astray.find(({ line }) => line === lines.lineOf(start));
    if (beside) failed.set(one, `on its line \`${beside.text}\` would still lead nowhere`);
  }
  const pages = [
    { text: before.text, references: old },
    { text: after, references: now },
  ] as const;
  const lost = lostAnchors(file, pages, context);
  for (const one of lost.length > 0 ? findings : [])
    if (one.stale.reference.context.part === 'heading')
      failed.set(one, `${lost.join(', ')} would not lead to its heading any more`);
  if (now.filter(isBroken).length > old.filter(isBroken).length)
    failAll('with the edits more references of the page lead nowhere');
  if (removed.length > 0 && !isKept(old, now, operations))
    failAll('without what the edits remove the rest of the page would be read in another way');
  const [was, is] = [structureOf(file, before.text, removed), structureOf(file, after)];
  if (was.shape.join('\n') !== is.shape.join('\n'))
    failAll('the edits would change the structure of the page');
  const examples = was.examples.flatMap((text, at): Edited[] =>
    text === is.examples[at]
      ? []
      : [{ kind: 'example', before: text, after: is.examples[at] ?? '' }],
  );
  const modules: Edited[] = file.endsWith('.py')
    ? [{ kind: 'module', before: before.text, after }]
    : [];
  const verified = {
    references: touched.length,
    repaired: findings.length,
    examples: examples.length,
  };
  return { failed, texts: [...modules, ...examples], verified };
}

/** The links to a page, as `file:line`, that led to a heading of it and would lead to none any more. */
function lostAnchors(
  file: string,
  [old, now]: readonly [Read, Read],
  { links }: DocContext,
): string[] {
  const [before, after] = [anchorsIn(old.text), anchorsIn(now.text)];
  const leads = (one: Reference, anchors: PageAnchors): boolean => {
    const target = anchorTarget(one);
    return target?.page !== file || placeOf(anchors, target.anchor) !== undefined;
  };
  const others = links.filter((one) => one.file !== file);
  const own = ({ references }: Read): Reference[] =>
    references.filter(({ kind }) => kind === 'anchor');
  const lost = others.filter((one) => leads(one, before) && !leads(one, after));
  const astray = own(now).filter((one) => !leads(one, after));
  const wereAstray = own(old).filter((one) => !leads(one, before)).length;
  return [...lost, ...(astray.length > wereAstray ? astray : [])].map(
    (one) => `${one.file}:${one.line}`,
  );
}

/** A page with what is read in it. */
interface Read {
  readonly text: string;
  readonly references: readonly Reference[];
}

/** A removed reference leads nowhere; one of the same name that leads nowhere is the same, wherever it stands. */
const stillThere = (
  { stale: { reference } }: Finding,
  now: readonly Reference[],
  isBroken: (one: Reference) => boolean,
): boolean =>
  now.some(
    (one) =>
      one.kind === reference.kind &&
      one.name === reference.name &&
      one.of === reference.of &&
      one.context.passage.start === reference.context.passage.start &&
      isBroken(one),
  );

/** True where all that the operations do not touch is still there, as what it was. */
function isKept(
  old: readonly Reference[],
  now: readonly Reference[],
  operations: readonly Operation[],
): boolean {
  const isTouched = ({ span: { start, end } }: Reference): boolean =>
    operations.some(({ span }) => span.start < end && start < span.end);
  const here = new Set(now.map(({ kind, span }) => `${kind} ${span.start}`));
  return old.every(
    (one) => isTouched(one) || here.has(`${one.kind} ${shifted(one.span.start, operations)}`),
  );
}

/** The lines that an operation wrote. */
function linesAfter(
  { span, before, after }: Operation,
  operations: readonly Operation[],
  lines: LineIndex,
): number[] {
  const start = shifted(span.start, operations);
  // Of lines that are gone, none is left to be looked at.
  if (after === '' && before.endsWith('\n')) return [];
  const first = lines.lineOf(start);
  const last = lines.lineOf(start + Math.max(0, after.length - 1));
  return Array.from({ length: last - first + 1 }, (_, at) => first + at);
}

/** The operations of findings, each once. */
export function operationsOf(findings: readonly Finding[]): Operation[] {
  const operations = new Map<string, Operation>();
  for (const one of findings.flatMap(({ planned }) => planned?.proposal.operations ?? []))
    operations.set(JSON.stringify([one.file, one.span, one.after]), one);
  return [...operations.values()];
}

/** Where what stands at an offset stands after the operations of its file. */
const shifted = (offset: number, operations: readonly Operation[]): number =>
  operations
    .filter(({ span }) => span.end <= offset)
    .reduce((sum, { span, after }) => sum + after.length - (span.end - span.start), offset);
