import type { ProjectGraph } from '@nx/devkit';

/** The workspace projects that a project needs directly, in a stable order. */
export function directDependencies(graph: ProjectGraph, project: string): string[] {
  const targets = (graph.dependencies[project] ?? []).map(({ target }) => target);
  return [...new Set(targets)].filter((target) => graph.nodes[target]).sort();
}

/**
 * The shortest ways from a project to all that it depends on, by the name at their end; each begins with the
 * project itself.
 */
export function waysFrom(graph: ProjectGraph, project: string): Map<string, string[]> {
  const ways = new Map([[project, [project]]]);
  for (const [name, way] of ways)
    for (const target of directDependencies(graph, name))
      if (!ways.has(target)) ways.set(target, [...way, target]);
  return ways;
}
