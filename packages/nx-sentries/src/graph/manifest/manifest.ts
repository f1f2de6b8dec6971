import type { ManifestFacts } from './facts';
import { readPyproject } from './pyproject';
import { readRequirements } from './requirements';
import { readSetupCfg } from './setup-cfg';
import { readSetupPy } from './setup-py';

export type { ManifestFacts, Requirement } from './facts';
export { normalise } from './requirement';

/** The text of a manifest: UTF-8, or UTF-16 with its byte order mark, as some shells write it. */
export function manifestText(bytes: Buffer): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  return bytes.toString();
}

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
