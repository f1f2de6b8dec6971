import type { ManifestFacts } from './manifest/facts';
import { readPyproject } from './manifest/pyproject';
import { readRequirements } from './manifest/requirements';
import { readSetupCfg } from './manifest/setup-cfg';
import { readSetupPy } from './manifest/setup-py';

export type { ManifestFacts, Requirement } from './manifest/facts';

/** The files that make a folder a Python project, the one that counts first. */
export const MANIFESTS: readonly string[] = ['pyproject.toml', 'setup.cfg', 'setup.py'];

const READERS: ReadonlyMap<string, (source: string) => ManifestFacts> = new Map([
  ['pyproject.toml', readPyproject],
  ['setup.cfg', readSetupCfg],
  ['setup.py', readSetupPy],
]);

/**
 * Reads what one manifest says; nothing is thrown, a text that can't be read has a fault.
 *
 * @param file Its name without folders; one that is not in {@link MANIFESTS} is a requirements file.
 */
export function readManifest(file: string, text: string): ManifestFacts {
  const read = READERS.get(file) ?? readRequirements;
  return read(text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n'));
}
