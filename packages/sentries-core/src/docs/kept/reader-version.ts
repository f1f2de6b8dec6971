import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';

/** The rooms that say what follows from a text, and the grammars that they read it by. */
const ROOMS = ['docs', 'change', 'python', '../assets'];
const PARSERS = ['@lezer/markdown', 'web-tree-sitter'];

let version: number | undefined;

/**
 * Names the readers by their own content, once per process (a few milliseconds): a version of the package says nothing
 * of a parser that was updated beside it, or of a change that is just being made.
 */
export function readerVersion(): number {
  if (version !== undefined) return version;
  const root = join(__dirname, '../..');
  const own = ROOMS.flatMap((room) =>
    readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.(js|wasm)$|(?<!\.d|\.spec|\.fixture)\.ts$/.test(path))
      .sort()
      .map((path) => join(root, room, path)),
  );
  const parsers = PARSERS.map((name) => require.resolve(name));
  return (version = [...own, ...parsers].reduce((sum, path) => crc32(readFileSync(path), sum), 0));
}
