import { createHash } from 'node:crypto';
import { formatPatch, parsePatch, structuredPatch, type StructuredPatch } from 'diff';

/** A file's bytes before and after. Paths go from the workspace root, with forward slashes. */
export interface FileEdit {
  readonly path: string;
  readonly before: Buffer;
  readonly after: Buffer;
}

/** git's name for a file's content: the SHA-1 of a blob object. */
export function blobId(content: Uint8Array): string {
  return createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex');
}

export interface DiffSize {
  readonly files: number;
  readonly added: number;
  readonly removed: number;
}

/**
 * A unified diff in git's format, as bytes: `git apply` takes it, and its `index` lines name the exact
 * content it was made from and leads to. Edits that change nothing are left out.
 */
export function unifiedDiff(edits: readonly FileEdit[]): { text: Buffer; size: DiffSize } {
  const sections: string[] = [];
  const size = { files: 0, added: 0, removed: 0 };
  const changed = edits.filter(({ before, after }) => !before.equals(after));
  for (const { path, before, after } of changed.toSorted((a, b) => (a.path < b.path ? -1 : 1))) {
    // A character a byte: whatever the encoding, and whatever the line ends, the bytes survive.
    const patch = structuredPatch('', '', before.toString('latin1'), after.toString('latin1'));
    for (const line of patch.hunks.flatMap(({ lines }) => lines)) {
      if (line.startsWith('+')) size.added += 1;
      if (line.startsWith('-')) size.removed += 1;
    }
    size.files += 1;
    const named = { ...patch, isGit: true, oldFileName: `a/${path}`, newFileName: `b/${path}` };
    const index = `index ${blobId(before)}..${blobId(after)} 100644\n`;
    sections.push(formatPatch(named).replace('\n', () => `\n${index}`));
  }
  return { text: Buffer.from(sections.join(''), 'latin1'), size };
}

/** One file of a patch: the content it was made from and leads to, and the hunks between them. */
export interface PatchSection {
  readonly path: string;
  readonly before: string;
  readonly after: string;
  /** Its text has a character a byte. */
  readonly hunks: StructuredPatch;
}

/** Reads a patch that {@link unifiedDiff} wrote; `undefined` for any other text. */
export function readPatch(patch: Buffer): PatchSection[] | undefined {
  // Not by `^`, which takes a lone \r inside a line for a line's end, too.
  const texts = patch.toString('latin1').split(/(?<=\n)(?=diff --git )/);
  const sections: PatchSection[] = [];
  for (const text of texts.filter((section) => section !== '')) {
    const index = /^index ([0-9a-f]{40})\.\.([0-9a-f]{40}) \d+$/m.exec(text);
    const hunks = parsed(text);
    if (!index || !hunks?.newFileName?.startsWith('b/')) return undefined;
    const path = hunks.newFileName.slice(2);
    sections.push({ path, before: index[1]!, after: index[2]!, hunks });
  }
  return sections;
}

/** The sections of some patches by their files, in the order of the paths; each content that one leads to once. */
export function byPath(sections: readonly PatchSection[]): Map<string, PatchSection[]> {
  const found = new Map<string, PatchSection[]>();
  for (const section of sections.toSorted((a, b) => (a.path < b.path ? -1 : 1))) {
    const others = found.get(section.path) ?? [];
    const isKnown = others.some(
      ({ before, after }) => before === section.before && after === section.after,
    );
    if (!isKnown) found.set(section.path, [...others, section]);
  }
  return found;
}

function parsed(section: string): StructuredPatch | undefined {
  try {
    const patches = parsePatch(section);
    return patches.length === 1 ? patches[0] : undefined;
  } catch {
    // A text that the library can't read is not a patch of ours either.
    return undefined;
  }
}
