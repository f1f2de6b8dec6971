import { posix } from 'node:path';
import { structureOf } from '../../docs/pieces';
import { referencesIn } from '../../docs/read/document';
import type { Reference } from '../../docs/reference';
import { resolve } from '../../docs/resolve/resolve';
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
  readonly verified: DocsVerified;
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
  const isBroken = (one: Reference): boolean => resolve(one, context.head).kind === 'broken';
  const failed = new Map<Finding, string>();
  const failAll = (reason: string): void => {
    for (const one of findings) failed.set(one, reason);
  };
  const lines = new LineIndex(after);
  const changed = new Set(operations.flatMap((one) => linesAfter(one, operations, lines)));
  const touched = now.filter(({ line }) => changed.has(line));
  const astray = touched.filter(isBroken);
  for (const one of findings) {
    const { span } = one.stale.reference;
    const start = shifted(span.start, operations);
    const around = operations.find(
      (other) => other.span.start < span.start && span.end <= other.span.end,
    );
    const from = around ? shifted(around.span.start, operations) : start;
    const to = around ? from + around.after.length : from + 1;
    const leads = now.some((other) => {
      if (other.span.start < from || other.span.start >= to) return false;
      const means = resolve(other, context.head);
      return means.kind === 'found' && means.symbol.name === one.leadsTo;
    });
    if (one.leadsTo !== null && !leads)
      failed.set(one, `with the edit it does not lead to ${one.leadsTo}`);
    const beside = astray.find(({ line }) => line === lines.lineOf(start));
    if (beside) failed.set(one, `on its line \`${beside.text}\` would still lead nowhere`);
  }
  if (now.filter(isBroken).length > old.filter(isBroken).length)
    failAll('with the edits more references of the page lead nowhere');
  const [was, is] = [structureOf(file, before.text), structureOf(file, after)];
  const isShorter = operations.some((one) => isWholeLines(one, before.text));
  if (!isSameShape(was.shape, is.shape, isShorter))
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

/** What an edit leaves of the pieces of a page: all of them, or, where whole lines went, no others. */
function isSameShape(was: readonly string[], is: readonly string[], isShorter: boolean): boolean {
  if (!isShorter) return was.join('\n') === is.join('\n');
  let at = 0;
  for (const piece of was) if (piece === is[at]) at += 1;
  return at === is.length;
}

const isWholeLines = ({ span, after }: Operation, text: string): boolean =>
  after === '' && /(^|\n)$/.test(text.slice(0, span.start)) && text[span.end - 1] === '\n';

/** The lines that an operation wrote. */
function linesAfter(
  { span, after }: Operation,
  operations: readonly Operation[],
  lines: LineIndex,
): number[] {
  const start = shifted(span.start, operations);
  if (after === '' && lines.lineStart(lines.lineOf(start)) === start) return [];
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
