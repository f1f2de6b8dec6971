import { posix } from 'node:path';

/**
 * The part of a workspace that a project is made of: its folder and those of what it depends on, without the
 * projects inside of them that it does not depend on. A project at the root has all others inside.
 */
export interface Scope {
  /** The project's folder from the workspace root, with forward slashes; `.` for the root itself. */
  readonly folder: string;
  /** The folders of the projects that it depends on, directly or not. */
  readonly dependencies: readonly string[];
  /** The folders of all other projects. */
  readonly others: readonly string[];
}

/** The folders in scope, the project's own first. */
export function foldersOf({ folder, dependencies }: Scope): string[] {
  return [folder, ...dependencies];
}

/** True where the innermost project around a path is one of the scope. */
export function isInScope({ folder: own, dependencies, others }: Scope, path: string): boolean {
  for (let folder = path; ; folder = posix.dirname(folder)) {
    if (folder === own || dependencies.includes(folder)) return true;
    if (others.includes(folder) || folder === '.' || folder === '/') return false;
  }
}

/** Folders of other projects inside of the scope, as far as they hold none of it. */
export function othersInside(scope: Scope): string[] {
  const own = foldersOf(scope);
  const holds = (outer: string, inner: string): boolean =>
    outer === '.' || inner.startsWith(`${outer}/`);
  return scope.others.filter(
    (other) => own.some((folder) => holds(folder, other)) && !own.some((one) => holds(other, one)),
  );
}

/** The folders from which everything in scope is reached: those inside of another in scope are left out. */
export function outermost(scope: Scope): string[] {
  return foldersOf(scope).filter(
    (folder) => folder === '.' || !isInScope(scope, posix.dirname(folder)),
  );
}
