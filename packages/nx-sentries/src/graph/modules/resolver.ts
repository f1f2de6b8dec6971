import { dirname } from 'node:path';
import { LocalModules } from './local-modules';
import type { Member } from '../members';
import { ModuleIndex, type Match } from './module-index';

/** Which other project an import means. Projects are numbers, in the order in which they were given. */
export class Resolver {
  readonly #index: ModuleIndex;
  readonly #local: LocalModules;
  readonly #sharesNames: readonly boolean[];

  constructor(private readonly members: readonly Member[]) {
    this.#index = new ModuleIndex(
      members.map(({ root, python, manifests, isPython }) => ({
        root,
        files: python.map(({ file }) => file),
        sourceRoots: manifests.flatMap(({ facts }) => facts.sourceRoots ?? []),
        isImportable: isPython,
      })),
    );
    this.#local = new LocalModules(
      new Map(members.map(({ root, python }) => [root, python.map(({ file }) => file)])),
    );
    this.#sharesNames = members.map((_, number) => this.#index.sharesNames(number));
  }

  /** Who has a module, whoever asks; null where nobody of the workspace does. */
  find(module: string): Match | null {
    return this.#index.find(module);
  }

  /**
   * Who has the module of a relative import. Within a regular package that is the package's own project; in
   * a namespace package it may be another one.
   */
  findRelative(project: number, file: string, module: string): Match | null {
    if (!this.#sharesNames[project]) return null;
    const [, dots, rest] = /^(\.+)(.*)$/.exec(module)!;
    let folder = dirname(file);
    for (let up = 1; up < dots!.length; up++) folder = dirname(folder);
    if (this.#local.isRegularPackage(folder)) return null;
    for (const name of this.#index.namesOf(project, folder)) {
      const match = this.#index.find(rest ? `${name}.${rest}` : name);
      if (match) return match;
    }
    return null;
  }

  /**
   * True where a file finds a module beside itself, in its own project.
   *
   * @param match What {@link find} said of the module.
   */
  isLocal(project: number, file: string, module: string, { prefix }: Match): boolean {
    return this.#local.has(file, this.members[project]!.root, module, prefix);
  }
}
