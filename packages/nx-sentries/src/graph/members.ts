import { basename } from 'node:path';
import { MANIFESTS, type ManifestFacts } from './manifest/manifest';
import type { ViewedFile, ViewedProject } from './workspace-view';

/** A manifest of a project, and what it says. */
interface MemberManifest {
  /** From the workspace root. */
  readonly file: string;
  readonly facts: ManifestFacts;
}

/** A project with its Python files and manifests. */
export interface Member {
  /** From the workspace root; `.` for the root itself. */
  readonly root: string;
  readonly python: readonly ViewedFile[];
  /** Those of a distribution first, then the requirements files. */
  readonly manifests: readonly MemberManifest[];
  /** PEP 503; undefined where no manifest names it. */
  readonly distribution: string | undefined;
  /** It has a manifest that makes it a Python project, so others can import from it. */
  readonly isPython: boolean;
}

/**
 * Picks a project's Python files and manifests from all its files.
 *
 * @param isForeign Says of a path from the workspace root whether it is nobody's source.
 * @param read What a manifest says; undefined where it is gone.
 */
export function memberOf(
  { root, files }: ViewedProject,
  isForeign: (path: string) => boolean,
  read: (file: ViewedFile) => ManifestFacts | undefined,
): Member {
  const python: ViewedFile[] = [];
  const found: ViewedFile[] = [];
  for (const viewed of files) {
    const { file } = viewed;
    const isCode = isPython(file);
    if (!isCode && !file.endsWith('.toml') && !file.endsWith('.cfg') && !file.endsWith('.txt'))
      continue;
    if (isForeign(file)) continue;
    if (isCode) python.push(viewed);
    if (isManifest(root, file)) found.push(viewed);
  }
  const manifests = found.sort(byRank).flatMap((viewed) => {
    const facts = read(viewed);
    return facts ? [{ file: viewed.file, facts }] : [];
  });
  return {
    root,
    python,
    manifests,
    distribution: manifests.find(({ facts }) => facts.name !== undefined)?.facts.name,
    isPython: manifests.some(({ file }) => MANIFESTS.includes(basename(file))),
  };
}

const isPython = (file: string): boolean => file.endsWith('.py') || file.endsWith('.pyi');

/** `pyproject.toml` and the like in the project's folder; `requirements*.txt` there or in `requirements/`. */
function isManifest(root: string, file: string): boolean {
  const path = root === '.' ? file : file.slice(root.length + 1);
  return MANIFESTS.includes(path) || /^(requirements[^/]*|requirements\/[^/]+)\.txt$/.test(path);
}

const byRank = (a: ViewedFile, b: ViewedFile): number => rank(a.file) - rank(b.file);

function rank(file: string): number {
  const at = MANIFESTS.indexOf(basename(file));
  return at < 0 ? MANIFESTS.length : at;
}
