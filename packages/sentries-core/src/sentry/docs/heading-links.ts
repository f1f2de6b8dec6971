import { posix } from 'node:path';
import { anchorsIn, slugAfter } from '../../docs/code/pages';
import { anchorTarget } from '../../docs/resolve/anchors';
import { replacement, type DocContext } from '../../docs/rules/rule';
import { applyOperations, type Operation } from '../../patch/operation';
import { LineIndex } from '../../python/text';
import type { Finding } from './finding';

/**
 * The edits by which the links of a page follow its headings that findings are about. Links from other pages don't:
 * what is proven is one page at a time.
 *
 * @returns the edits by the first finding on each heading.
 */
export function linksAlong(
  findings: readonly Finding[],
  context: DocContext,
): ReadonlyMap<Finding, readonly Operation[]> {
  const found = new Map<Finding, readonly Operation[]>();
  const open = findings.filter(
    ({ stale, verdict, planned }) =>
      stale.reference.context.part === 'heading' && !verdict && planned !== undefined,
  );
  for (const one of open) {
    const { file, line } = one.stale.reference;
    const others = open.filter(
      ({ stale }) => stale.reference.file === file && stale.reference.line === line,
    );
    if (others[0] !== one) continue;
    const operations = others.flatMap(({ planned }) => planned!.proposal.operations);
    const links = linksTo(file, line, operations, context);
    if (links.length > 0) found.set(one, links);
  }
  return found;
}

function linksTo(
  file: string,
  line: number,
  operations: readonly Operation[],
  context: DocContext,
): Operation[] {
  const text = context.text(file);
  const after = applyOperations(
    text,
    operations.filter((one) => one.file === posix.join(context.folder, file)),
  );
  // A heading is one line, and none of its edits adds another.
  const [old, now] = [text, after].map((one) =>
    anchorsIn(one).headings.find((heading) => heading.line === line),
  );
  if (!old || !now || new LineIndex(text).lineCount !== new LineIndex(after).lineCount) return [];
  return context.links.flatMap((link): Operation[] => {
    if (link.file !== file || anchorTarget(link)?.page !== file) return [];
    const name = slugAfter(link.text, old.text, now.text);
    return name === undefined || name === link.text ? [] : [replacement(link, name, context)];
  });
}
