import { join } from 'node:path';
import {
  cacheDir,
  DependencyType,
  type CreateDependenciesContext,
  type RawProjectGraphDependency,
} from '@nx/devkit';
import { analyse, type AnalysisOptions } from './analysis';
import { FactsCache } from './facts/facts-cache';
import type { WorkspaceView } from './workspace-view';

let kept: FactsCache | undefined;

/**
 * What files say, from the graphs before: those of this process, which Nx's daemon keeps, and of earlier
 * ones. `nx reset` forgets it.
 */
export const workspaceFacts = (): FactsCache =>
  (kept ??= FactsCache.open(join(cacheDir, 'sentries-facts.bin')));

/** The edges of the Python projects, and what a person should know of them. */
export interface FoundDependencies {
  readonly dependencies: readonly RawProjectGraphDependency[];
  readonly warnings: readonly string[];
}

/**
 * One edge for each pair of projects of which one needs the other.
 *
 * They are `implicit` in the words of Nx, which keeps edges with a source file for as long as that file does
 * not change: an edge to a package that has moved to another project would stay for ever.
 */
export function pythonDependencies(
  {
    projects,
    fileMap,
    workspaceRoot,
  }: Pick<CreateDependenciesContext, 'projects' | 'fileMap' | 'workspaceRoot'>,
  options: AnalysisOptions,
  cache: FactsCache,
): FoundDependencies {
  const view: WorkspaceView = {
    root: workspaceRoot,
    projects: Object.entries(projects).map(([name, { root }]) => ({
      name,
      root,
      files: fileMap.projectFileMap[name] ?? [],
    })),
    stray: fileMap.nonProjectFiles,
  };
  const dependencies: RawProjectGraphDependency[] = [];
  const known = view.projects.map(() => new Set<number>());
  const warnings = analyse(view, cache, options, {
    wants: (source, target) => !known[source]!.has(target),
    take: (source, target) => {
      known[source]!.add(target);
      dependencies.push({
        source: view.projects[source]!.name,
        target: view.projects[target]!.name,
        type: DependencyType.implicit,
      });
    },
  });
  cache.save();
  return { dependencies, warnings };
}
