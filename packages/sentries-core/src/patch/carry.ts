import { applyPatch, structuredPatch } from 'diff';
import type { FileEdit } from './unified-diff';

/** Lines around an edit that must be there, too; fewer where the lines next to it are others. */
const CONTEXTS = [3, 1];

/** An edit of a file made in another version of that file; undefined where it has no place there. */
export function carried({ before, after }: FileEdit, other: Buffer): Buffer | undefined {
  // A character for each byte: whatever the encoding is, it is left as it is.
  const [old, now, text] = [before, after, other].map((bytes) => bytes.toString('latin1'));
  for (const context of CONTEXTS) {
    const patch = structuredPatch('', '', old!, now!, '', '', { context });
    const made = applyPatch(text!, patch);
    if (made !== false) return Buffer.from(made, 'latin1');
  }
  return undefined;
}
