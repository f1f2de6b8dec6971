import { posix } from 'node:path';
import type { ChangeSet } from '../../change/change-set';
import type { Operation } from '../../patch/operation';
import type { Span } from '../../python/syntax';
import type { Proposal, Refusal } from '../../repair/strategy';
import type { ProjectCode } from '../code/project-code';
import type { Reference } from '../reference';
import type { StaleReference } from '../stale';

/** What a rule may look at. It never touches a disk. */
export interface DocContext {
  /** The change of the project and of what it depends on; its paths go from the workspace root. */
  readonly change: ChangeSet;
  /** The code of the project and of what it depends on, before the change and after it. */
  readonly base: ProjectCode;
  readonly head: ProjectCode;
  /** Where the paths of code and of references begin; from the workspace root. */
  readonly folder: string;
  /** What docs link to by its anchor, where anything stale stands in a heading; else none. */
  readonly links: readonly Reference[];
  /** The text of a file of documentation, as it stands; empty for any other. */
  text(file: string): string;
}

/** An edit by which a stale reference leads somewhere again, and why it is right. */
export interface DocProposal extends Proposal {
  /**
   * The name of what the reference must lead to then. Where there are no operations, what the reference says stays as
   * it is, and another edit of the page must make it lead there. Null where the reference must be gone then.
   */
  readonly leadsTo: string | null;
}

/** One way to repair a reference; undefined for a kind that is not its own. Pure. */
export interface DocRule {
  readonly id: string;
  propose(stale: StaleReference, context: DocContext): DocProposal | Refusal | undefined;
}

/** The operation that puts a text in the place of a reference, or of another span of its file. */
export function replacement(
  { file, text, span }: Reference,
  after: string,
  { folder }: DocContext,
  at: { readonly span: Span; readonly before: string } = { span, before: text },
): Operation {
  return { file: posix.join(folder, file), span: at.span, before: at.before, after };
}
