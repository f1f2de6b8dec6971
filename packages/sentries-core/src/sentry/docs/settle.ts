import type { DocContext } from '../../docs/rules/rule';
import type { Patch, Policy } from '../../guard/guard';
import { unparsed } from '../../verify/parsed';
import { admit } from '../admit';
import { unrepaired } from '../case';
import type { DocFiles } from './doc-files';
import type { Finding } from './finding';
import { operationsOf, proofOf, type Proof } from './proof';

/** What became of the findings, with the patch that holds as a whole. */
export interface Settled {
  readonly patch: Patch | null;
  readonly verification: (Proof['verified'] & { readonly builds?: number }) | null;
}

/**
 * Lets in what the guard allows, and proves it page by page. What does not hold gets its verdict, and all is made
 * again without it: no edit stays in the patch for a reference that it does not repair.
 *
 * @param interpreter Finds the project's interpreter; asked only where there is something to parse.
 */
export async function settle(
  findings: readonly Finding[],
  context: DocContext,
  files: DocFiles,
  policy: Policy,
  interpreter: () => Promise<string>,
): Promise<Settled> {
  const isOpen = ({ verdict, planned }: Finding): boolean => !verdict && planned !== undefined;
  for (;;) {
    const open = findings.filter(isOpen);
    const makers = open.filter(({ planned }) => planned!.proposal.operations.length > 0);
    const { patch, refused } = admit(makers, (some) => files.with(operationsOf(some)), policy);
    for (const [one, reason] of refused) one.verdict = unrepaired(reason, one.planned);
    const left = open.filter(isOpen);
    const edited = files.with(operationsOf(left));
    const proofs: Proof[] = [];
    const failed = new Map<Finding, string>();
    for (const one of left)
      if (!edited.some(({ path }) => path === one.file))
        failed.set(one, 'the text around it says where it is from, and no rule edits that');
    for (const page of edited) {
      const own = left.filter(({ file }) => file === page.path);
      const proof = proofOf(page, own, context);
      proofs.push(proof);
      for (const [one, reason] of proof.failed) failed.set(one, reason);
      if (proof.failed.size > 0 || proof.texts.length === 0) continue;
      const reasons = await unparsed(await interpreter(), proof.texts);
      const reason = reasons.find((one) => one !== null);
      if (reason !== undefined && reason !== null)
        for (const one of own) failed.set(one, `${page.path}: ${reason}`);
    }
    for (const [one, reason] of failed) one.verdict = unrepaired(reason, one.planned);
    if (failed.size > 0) continue;
    if (!patch) return { patch: null, verification: null };
    const sum = (count: (one: Proof['verified']) => number): number =>
      proofs.reduce((total, { verified }) => total + count(verified), 0);
    const verification = {
      references: sum(({ references }) => references),
      repaired: sum(({ repaired }) => repaired),
      examples: sum(({ examples }) => examples),
    };
    return { patch, verification };
  }
}
