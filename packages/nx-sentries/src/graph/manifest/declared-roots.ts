import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MANIFESTS, manifestText, readManifest } from './manifest';

/** The folders in which the manifests of a folder say that importable code begins; from that folder. */
export function declaredRoots(folder: string): string[] {
  return MANIFESTS.filter((file) => existsSync(join(folder, file))).flatMap((file) => [
    ...(readManifest(file, manifestText(readFileSync(join(folder, file)))).sourceRoots ?? []),
  ]);
}
