import { posix } from 'node:path';
import type { Requirement } from './manifest';

/** What resolving a requirement needs to know of a project. */
export interface NamedProject {
  /** From the workspace root; `.` for the root itself. */
  readonly root: string;
  /** PEP 503; undefined where no manifest names it. */
  readonly distribution: string | undefined;
}

/** Which project of the workspace a requirement of a manifest means. */
export class Distributions {
  readonly #byDistribution = new Map<string, number[]>();
  readonly #byRoot = new Map<string, number>();

  constructor(projects: readonly NamedProject[]) {
    for (const [number, { root, distribution }] of projects.entries()) {
      this.#byRoot.set(root, number);
      if (distribution === undefined) continue;
      this.#byDistribution.set(distribution, [
        ...(this.#byDistribution.get(distribution) ?? []),
        number,
      ]);
    }
  }

  /**
   * Numbers of the projects that a requirement may mean: by its path where it has one, or else by the name
   * of the distribution. None for what comes from elsewhere.
   *
   * @param folders Where the path may begin: the manifest's folder, or where pip is usually started.
   */
  find({ path, distribution }: Requirement, folders: readonly string[]): readonly number[] {
    if (path !== undefined) {
      const places = folders.map((folder) => posix.join(folder, path).replace(/\/$/, ''));
      const owners = [
        ...places.map((place) => this.#byRoot.get(place)),
        // A wheel, or a folder, inside of another project.
        ...places.map((place, at) => this.around(place, folders[at]!)),
      ];
      const owner = owners.find((one) => one !== undefined);
      if (owner !== undefined) return [owner];
    }
    return distribution === undefined ? [] : (this.#byDistribution.get(distribution) ?? []);
  }

  /** The project around a place, where it is not around `from` as well. */
  private around(place: string, from: string): number | undefined {
    for (let folder = place; folder !== '.' && !folder.startsWith('..');) {
      if (from === folder || from.startsWith(`${folder}/`)) return undefined;
      const owner = this.#byRoot.get(folder);
      if (owner !== undefined) return owner;
      folder = posix.dirname(folder);
    }
    return undefined;
  }
}
