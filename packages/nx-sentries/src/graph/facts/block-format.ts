import { crc32 } from 'node:zlib';
import { version } from '../../../package.json';
import type { Fault, ImportBlock } from './import-table';

/** `SNTR`, and the form of what follows. */
const MAGIC = 0x53_4e_54_52;
const FORMAT = 3;
/** Another version may find other things in the same file. */
const VERSION = crc32(`${FORMAT} ${version}`);
/** Magic, version, checksum and length of a block, four bytes each. */
const HEADER = 16;

/** Facts by their keys, as JSON. */
export type PlainFacts = Readonly<Record<string, unknown>>;

/** The part of a block that is text. */
interface BlockText {
  readonly facts: PlainFacts;
  readonly faults: Readonly<Record<string, Fault>>;
}

/** The block that begins at an offset, where it is whole, and where the next one begins. */
export function readBlock(
  bytes: Buffer,
  at: number,
): { block: ImportBlock; facts: PlainFacts; end: number } | undefined {
  const length = checked(bytes, at);
  if (length === undefined) return undefined;
  const end = at + HEADER + length;
  return { ...decode(bytes.subarray(at + HEADER, end)), end };
}

/** The length of a block's content, where it is whole. */
function checked(bytes: Buffer, at: number): number | undefined {
  if (at + HEADER > bytes.length) return undefined;
  if (bytes.readUInt32LE(at) !== MAGIC || bytes.readUInt32LE(at + 4) !== VERSION) return undefined;
  const length = bytes.readUInt32LE(at + 12);
  const content = bytes.subarray(at + HEADER, at + HEADER + length);
  if (content.length !== length || crc32(content) !== bytes.readUInt32LE(at + 8)) return undefined;
  return length;
}

/** A block: lengths of the parts, then numbers, then lists of names by lines, then JSON. */
export function encode(block: ImportBlock, facts: PlainFacts): Buffer {
  const text: BlockText = { facts, faults: block.faults };
  const parts = [
    Buffer.from(Int32Array.from(block.ends).buffer),
    Buffer.from(Int32Array.from(block.numbers).buffer),
    Buffer.from(block.keys.join('\n')),
    Buffer.from(block.modules.join('\n')),
    Buffer.from(JSON.stringify(text)),
  ];
  const lengths = Buffer.from(Uint32Array.from(parts.map((part) => part.length)).buffer);
  const content = Buffer.concat([lengths, ...parts]);
  const header = Buffer.alloc(HEADER);
  header.writeUInt32LE(MAGIC, 0);
  header.writeUInt32LE(VERSION, 4);
  header.writeUInt32LE(crc32(content), 8);
  header.writeUInt32LE(content.length, 12);
  return Buffer.concat([header, content]);
}

function decode(content: Buffer): { block: ImportBlock; facts: PlainFacts } {
  const lengths = Array.from({ length: 5 }, (_, index) => content.readUInt32LE(4 * index));
  let at = 4 * lengths.length;
  const [ends, numbers, keys, modules, text] = lengths.map((length) => {
    at += length;
    return content.subarray(at - length, at);
  }) as [Buffer, Buffer, Buffer, Buffer, Buffer];
  const { facts, faults } = JSON.parse(text.toString()) as BlockText;
  const block = {
    keys: lines(keys),
    ends: integers(ends),
    numbers: integers(numbers),
    modules: lines(modules),
    faults,
  };
  return { block, facts };
}

const lines = (bytes: Buffer): string[] => (bytes.length === 0 ? [] : bytes.toString().split('\n'));

/** A copy, since a view needs bytes that begin at a multiple of four. */
function integers(bytes: Buffer): Int32Array {
  return new Int32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
}
