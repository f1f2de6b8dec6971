import { tmpdir } from 'node:os';
import { stripVTControlCharacters } from 'node:util';

/** Without what differs between machines, terminals and runs: paths, colours, and addresses of objects. */
export function withoutMachine(text: string, workspace: string): string {
  const temporary = escapeRegExp(tmpdir());
  return stripVTControlCharacters(text)
    .replace(new RegExp(`${temporary}/nx-sentries-\\d+-copy-\\w+(/|\\b)`, 'g'), '')
    .replace(new RegExp(`(?<![\\w/-])${escapeRegExp(workspace)}/`, 'g'), '')
    .replace(new RegExp(`(?<![\\w/-])${escapeRegExp(workspace)}(?![\\w-])`, 'g'), '.')
    .replace(new RegExp(`${temporary}/[\\w-]*/?pytest-of-[^/\\s]+/pytest-\\d+`, 'g'), '<tmp>')
    .replace(/\b0x[0-9a-f]{6,}\b/g, '0x…')
    .replace(/\bin \d+\.\d+s\b/g, 'in …s');
}

const escapeRegExp = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
