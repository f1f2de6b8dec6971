/** A project that has no name yet. */
export interface Unnamed {
  /** From the workspace root; `.` for the root itself. */
  readonly root: string;
  /** What its manifest calls it. */
  readonly distribution: string | undefined;
}

/** The name of each project by its folder, and the names that several wanted. */
export interface Names {
  readonly byRoot: ReadonlyMap<string, string>;
  readonly contested: ReadonlyMap<string, readonly string[]>;
}

/**
 * Names that differ from each other and from those that others have: the distribution's, or else the
 * folder's path. A name that two projects want goes to neither, so that it never depends on which was there
 * first. The root's path is `root`; a path that is a name already gets `-python` behind it.
 *
 * @param taken Names that project.json and package.json files give.
 */
export function nameProjects(projects: readonly Unnamed[], taken: ReadonlySet<string>): Names {
  const byRoot = new Map(
    projects.map(({ root, distribution }) => [root, distribution ?? pathName(root)]),
  );
  const contested = new Map<string, string[]>();
  for (let settled = false; !settled;) {
    settled = true;
    for (const [name, roots] of holders(byRoot)) {
      // Nx keeps projects in plain objects, which have such names already.
      const isFree = !taken.has(name) && !(name in Object.prototype);
      if (roots.length === 1 && isFree) continue;
      for (const root of roots.filter((one) => name !== pathName(one))) {
        byRoot.set(root, pathName(root));
        contested.set(name, [...(contested.get(name) ?? []), root]);
        settled = false;
      }
    }
  }
  const used = new Set(taken);
  for (const [root, path] of [...byRoot].sort(([a], [b]) => (a < b ? -1 : 1))) {
    let name = path;
    while (used.has(name) || name in Object.prototype) name += '-python';
    used.add(name);
    byRoot.set(root, name);
  }
  return { byRoot, contested };
}

const pathName = (root: string): string => (root === '.' ? 'root' : root);

function holders(byRoot: ReadonlyMap<string, string>): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const [root, name] of byRoot) found.set(name, [...(found.get(name) ?? []), root]);
  return found;
}
