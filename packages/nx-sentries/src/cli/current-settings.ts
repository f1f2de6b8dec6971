import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { loadSettings, UsageError, type Effective } from 'sentries-core';

/** The folder of the Nx workspace that the command was started in; null outside of one. */
export function workspaceFolder(): string | null {
  // What `@nx/devkit` finds too, which takes half a second to load.
  for (let folder = process.cwd(); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'nx.json'))) return folder;
    if (folder === dirname(folder)) return null;
  }
}

/**
 * The folder of the Nx workspace that the command was started in.
 *
 * @throws UsageError outside of one.
 */
export function currentWorkspace(): string {
  const folder = workspaceFolder();
  if (folder !== null) return folder;
  throw new UsageError('this is no Nx workspace: there is no nx.json', 'Go to one and try again.');
}

/**
 * The settings in force where the command was started.
 *
 * @throws UsageError for settings that are none.
 */
export function currentSettings(): Promise<Effective> {
  return loadSettings(workspaceFolder() ?? process.cwd(), process.env);
}
