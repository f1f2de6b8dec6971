import type { ManifestFacts, Requirement } from './facts';
import { readRequirement } from './requirement';

/**
 * Reads a requirements file: https://pip.pypa.io/en/stable/reference/requirements-file-format/. Files that
 * it includes (`-r`, `-c`) are read by themselves.
 */
export function readRequirements(source: string): ManifestFacts {
  const requires: Requirement[] = [];
  let line = 1;
  for (const written of source.split(/(?<!\\)\n/)) {
    const text = written
      .replace(/\\\n/g, ' ')
      .replace(/(^|\s)#.*/, '')
      .trim();
    const wanted = /^(?!-)|^(?:-e|--editable)/.test(text) ? readRequirement(text) : undefined;
    if (wanted !== undefined) requires.push({ ...wanted, line });
    line += written.split('\n').length;
  }
  return { requires, entryPoints: [] };
}
