import { createHash } from 'node:crypto';
import {
  appendFileSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import type { ScannedFile } from 'sentries-core/imports';
import { ImportTable, type Fault, type ImportBlock } from './import-table';
import { readManifest, type ManifestFacts } from './manifest';

/** `SNTR`, and the version of what follows: raised when the facts or their form change. */
const MAGIC = 0x53_4e_54_52;
const FORMAT = 1;
/** Magic, format, checksum and length of a block, four bytes each. */
const HEADER = 16;

/** So much of no use is not worth writing everything anew. */
const SLACK = 100;

/** The part of a block that is text. */
interface BlockText {
  readonly manifests: Readonly<Record<string, ManifestFacts>>;
  readonly faults: Readonly<Record<string, Fault>>;
}

/**
 * What files say, by their content: kept from one graph to the next, so that only files with a new content
 * are read. A cache is never trusted: each block has a checksum, and what is damaged, or of another version,
 * is forgotten.
 *
 * The file is a row of blocks; new facts are appended as one more. Once most of it is of no use, it is
 * written anew.
 */
export class FactsCache {
  readonly imports = new ImportTable();
  readonly #manifests = new Map<string, ManifestFacts>();
  #used = { imports: new Set<string>(), manifests: new Set<string>() };
  #new = { imports: [] as string[], manifests: [] as string[] };
  #stored = 0;
  /** There is nothing that a block could be appended to. */
  #isDamaged = false;

  private constructor(private readonly file: string) {}

  static open(file: string): FactsCache {
    const cache = new FactsCache(file);
    try {
      cache.read(readFileSync(file));
    } catch {
      cache.#isDamaged = true;
    }
    return cache;
  }

  /**
   * Sees to it that the references of a file are in {@link imports}.
   *
   * @param scan Asked where they are not; undefined where the file can't be read.
   * @returns Whether they are there.
   */
  importsOf(key: string, scan: () => ScannedFile | undefined): boolean {
    if (!this.imports.has(key)) {
      const scanned = scan();
      if (!scanned) return false;
      this.imports.add(key, scanned);
      this.#new.imports.push(key);
    }
    this.#used.imports.add(key);
    return true;
  }

  /**
   * What a manifest with this text says.
   *
   * @param name Its name without folders.
   */
  manifest(name: string, text: string): ManifestFacts {
    const key = `${name}:${createHash('sha1').update(text).digest('base64')}`;
    let facts = this.#manifests.get(key);
    if (!facts) {
      facts = readManifest(name, text);
      this.#manifests.set(key, facts);
      this.#new.manifests.push(key);
    }
    this.#used.manifests.add(key);
    return facts;
  }

  /**
   * Writes what is new; a disk that can't be written costs time, not the graph. To be called once a graph is
   * complete: what was not asked for since the last time is of no use any more.
   */
  save(): void {
    const { imports, manifests } = this.#used;
    const added = this.#new.imports.length + this.#new.manifests.length;
    const stored = this.#stored + added;
    try {
      if (this.#isDamaged || stored > 2 * (imports.size + manifests.size) + SLACK) {
        this.write(encode(this.imports.block([...imports]), this.pick(manifests)));
        this.#stored = imports.size + manifests.size;
        this.#isDamaged = false;
      } else if (added > 0) {
        // One call, so that two processes' blocks don't mix; and where they do, the checksum says so.
        const block = this.imports.block(this.#new.imports);
        appendFileSync(this.file, encode(block, this.pick(this.#new.manifests)));
        this.#stored = stored;
      }
    } catch {
      // The next graph reads the files again.
    }
    this.#used = { imports: new Set(), manifests: new Set() };
    this.#new = { imports: [], manifests: [] };
  }

  private write(bytes: Buffer): void {
    mkdirSync(dirname(this.file), { recursive: true });
    const draft = `${this.file}.${process.pid}`;
    try {
      writeFileSync(draft, bytes);
      renameSync(draft, this.file);
    } finally {
      rmSync(draft, { force: true });
    }
  }

  private pick(keys: Iterable<string>): Record<string, ManifestFacts> {
    return Object.fromEntries([...keys].map((key) => [key, this.#manifests.get(key)!]));
  }

  private read(bytes: Buffer): void {
    for (let at = 0; at < bytes.length;) {
      const length = checked(bytes, at);
      if (length === undefined) {
        this.#isDamaged = true;
        return;
      }
      const { block, text } = decode(bytes.subarray(at + HEADER, at + HEADER + length));
      this.imports.load(block);
      for (const [key, facts] of Object.entries(text.manifests)) this.#manifests.set(key, facts);
      this.#stored += block.keys.length + Object.keys(text.manifests).length;
      at += HEADER + length;
    }
  }
}

/** The length of a block's content, where it is whole. */
function checked(bytes: Buffer, at: number): number | undefined {
  if (at + HEADER > bytes.length) return undefined;
  if (bytes.readUInt32LE(at) !== MAGIC || bytes.readUInt32LE(at + 4) !== FORMAT) return undefined;
  const length = bytes.readUInt32LE(at + 12);
  const content = bytes.subarray(at + HEADER, at + HEADER + length);
  if (content.length !== length || crc32(content) !== bytes.readUInt32LE(at + 8)) return undefined;
  return length;
}

/** Lengths of the parts, then numbers, then lists of names by lines, then JSON. */
function encode(block: ImportBlock, manifests: BlockText['manifests']): Buffer {
  const text: BlockText = { manifests, faults: block.faults };
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
  header.writeUInt32LE(FORMAT, 4);
  header.writeUInt32LE(crc32(content), 8);
  header.writeUInt32LE(content.length, 12);
  return Buffer.concat([header, content]);
}

function decode(content: Buffer): { block: ImportBlock; text: BlockText } {
  const lengths = Array.from({ length: 5 }, (_, index) => content.readUInt32LE(4 * index));
  let at = 4 * lengths.length;
  const [ends, numbers, keys, modules, text] = lengths.map((length) => {
    at += length;
    return content.subarray(at - length, at);
  }) as [Buffer, Buffer, Buffer, Buffer, Buffer];
  const { manifests, faults } = JSON.parse(text.toString()) as BlockText;
  const block = {
    keys: lines(keys),
    ends: integers(ends),
    numbers: integers(numbers),
    modules: lines(modules),
    faults,
  };
  return { block, text: { manifests, faults } };
}

const lines = (bytes: Buffer): string[] => (bytes.length === 0 ? [] : bytes.toString().split('\n'));

/** A copy, since a view needs bytes that begin at a multiple of four. */
function integers(bytes: Buffer): Int32Array {
  return new Int32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
}
