import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  DependencyType,
  logger,
  type CreateDependenciesContext,
  type RawProjectGraphDependency,
} from '@nx/devkit';
import { MANIFESTS, readManifest, type Manifest } from './manifest';

/** An edge for each distribution that a manifest requires and that is a project of the workspace. */
export function manifestDependencies({
  projects,
  workspaceRoot,
}: CreateDependenciesContext): RawProjectGraphDependency[] {
  const manifests = new Map<string, { file: string; manifest: Manifest }>();
  const byDistribution = new Map<string, string>();
  for (const [name, { root }] of Object.entries(projects)) {
    const file = MANIFESTS.map((kind) => (root === '.' ? kind : `${root}/${kind}`)).find((path) =>
      existsSync(join(workspaceRoot, path)),
    );
    if (file === undefined) continue;
    try {
      const manifest = readManifest(join(workspaceRoot, file));
      manifests.set(name, { file, manifest });
      if (manifest.name !== undefined) byDistribution.set(manifest.name, name);
    } catch (error) {
      logger.warn(`[nx-sentries] ${file} can't be read: ${(error as Error).message}`);
    }
  }
  return [...manifests].flatMap(([source, { file, manifest }]) =>
    manifest.requires.flatMap((required) => {
      const target = byDistribution.get(required);
      return target === undefined || target === source
        ? []
        : [{ source, target, sourceFile: file, type: DependencyType.static }];
    }),
  );
}
