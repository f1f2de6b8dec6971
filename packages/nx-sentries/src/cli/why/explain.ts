import { SentryError, UsageError } from 'sentries-core';
import { causesOf } from './causes';
import { findChange, type ChangeRange } from './change';
import { directDependencies, waysFrom } from './paths';
import type { Hop, Why } from './why';
import { openWorkspace } from './workspace';

/**
 * Finds out why a project depends on others, and why a change affects it; in the workspace that the command
 * was started in.
 *
 * @param dependency Only how the project comes to depend on this one.
 * @throws UsageError for a project that is not there, and outside of a workspace.
 */
export async function explain(
  project: string,
  dependency: string | undefined,
  range: ChangeRange,
): Promise<Why> {
  const workspace = await openWorkspace();
  const { graph, warnings } = workspace;
  for (const name of [project, dependency ?? project])
    if (!Object.hasOwn(graph.nodes, name)) throw unknownProject(name, Object.keys(graph.nodes));

  const ways = waysFrom(graph, project);
  const hops = (way: readonly string[]): Hop[] =>
    way.slice(1).map((target, index) => {
      const source = way[index]!;
      return { source, target, references: workspace.references(source, target) };
    });
  if (dependency !== undefined) {
    const way = ways.get(dependency);
    return { project, dependency: { name: dependency, path: way ? hops(way) : null }, warnings };
  }
  const direct = directDependencies(graph, project).flatMap((target) => hops([project, target]));
  try {
    const { base, head, ...change } = await findChange(workspace, range);
    const causes = await causesOf({ base, head, ...change }, workspace, ways, hops);
    return { project, dependencies: direct, affected: { base, head, causes }, warnings };
  } catch (error) {
    if (!(error instanceof SentryError)) throw error;
    return { project, dependencies: direct, problem: `${error.message}. ${error.hint}`, warnings };
  }
}

function unknownProject(name: string, all: readonly string[]): UsageError {
  const isLike = (other: string): boolean => other.includes(name) || name.includes(other);
  const like = name === '' ? [] : all.filter(isLike);
  const hint =
    like.length > 0 ? `Did you mean ${like.join(', ')}?` : '`npx nx show projects` lists them.';
  return new UsageError(`there is no project "${name}" in this workspace`, hint);
}
