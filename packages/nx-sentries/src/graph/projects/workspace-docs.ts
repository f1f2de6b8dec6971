import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { PythonProject } from './projects';
import { CONFIG_FILE } from './targets';

/** What the workspace's configuration says of texts outside of projects. */
export interface WorkspaceDocs {
  /** Globs, from the workspace root, by the name of the project that looks after them. */
  readonly globs: ReadonlyMap<string, readonly string[]>;
  /** What a person should know, each in a sentence. */
  readonly warnings: readonly string[];
}

/**
 * Reads which texts outside of projects belong to whose documentation. A configuration that can't be read gives a
 * warning, and the graph goes on without it: tasks refuse it themselves.
 */
export async function workspaceDocs(
  workspace: string,
  projects: readonly PythonProject[],
): Promise<WorkspaceDocs> {
  const globs = new Map<string, string[]>();
  if (!existsSync(join(workspace, CONFIG_FILE))) return { globs, warnings: [] };
  // Loaded here: most workspaces have no such file.
  const { loadSettings } = await import('sentries-core/config');
  try {
    const { settings } = await loadSettings(workspace, {});
    for (const { paths, projects: named } of settings.docs.workspace)
      for (const name of named) globs.set(name, [...(globs.get(name) ?? []), ...paths]);
  } catch (error) {
    return { globs, warnings: [(error as Error).message] };
  }
  const known = new Set(projects.map(({ name }) => name));
  const warnings = [...globs.keys()]
    .filter((name) => !known.has(name))
    .map((name) => `${CONFIG_FILE}: docs.workspace names "${name}", which is no Python project`);
  return { globs, warnings };
}
