import type { ChangeSet } from '../change/change-set';
import { moduleName, sourceRoot } from '../change/modules';

/** The name that something has at head which the change renamed or moved. */
export function nameAtHead(dotted: string, change: ChangeSet): string | undefined {
  const fate = change.fateOf(dotted);
  return fate && 'name' in fate ? fate.name : undefined;
}

/** The name that something had which is called so at head: it, or the class that holds it, was renamed. */
export function nameAtBase(dotted: string, change: ChangeSet): string | undefined {
  for (const { file, newOwner, newName, owner, oldName } of change.renames) {
    const path = [newOwner, newName].filter(Boolean).join('.');
    const at = `${dotted}.`.indexOf(`.${path}.`);
    if (at < 0 || sourceRoot(file, dotted.slice(0, at)) === undefined) continue;
    const old = [owner, oldName].filter(Boolean).join('.');
    return `${dotted.slice(0, at)}.${old}${dotted.slice(at + 1 + path.length)}`;
  }
  return undefined;
}

/** The name that something had in another module: the change moved its file, or its definition. */
export function placeAtBase(dotted: string, change: ChangeSet): string | undefined {
  const words = dotted.split('.');
  const places = [
    ...change.moves.map(({ path, oldPath }) => ({ path, oldPath, name: undefined })),
    ...change.removals.flatMap(({ candidates: [only, ...others] }) =>
      only && others.length === 0
        ? [{ path: only.newFile.path, oldPath: only.oldFile.oldPath, name: only.symbol.path }]
        : [],
    ),
  ];
  for (let length = words.length - 1; length > 0; length -= 1) {
    const [module, rest] = [words.slice(0, length).join('.'), words.slice(length)];
    for (const { path, oldPath, name } of places) {
      const root = sourceRoot(path, module);
      if (root === undefined || (name !== undefined && name !== rest[0])) continue;
      const old = moduleName(oldPath, root);
      if (old !== undefined && old !== module) return [old, ...rest].join('.');
    }
  }
  return undefined;
}
