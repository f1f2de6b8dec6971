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
import { version } from '../../../package.json';
import { ImportTable, type Fault, type FileImports, type ImportBlock } from './import-table';
import { readManifest, type ManifestFacts } from '../manifest/manifest';

/** `SNTR`, and the form of what follows. */
const MAGIC = 0x53_4e_54_52;
const FORMAT = 2;
/** Another version may find other things in the same file. */
const VERSION = crc32(`${FORMAT} ${version}`);
/** Magic, version, checksum and length of a block, four bytes each. */
const HEADER = 16;

/** What is in a file, and whether that is surely what its key stands for. */
export interface Scanned {
  readonly file: ScannedFile;
  readonly isSettled: boolean;
}

/** So much of no use is not worth writing everything anew. */
const SLACK = 100;

/** The part of a block that is text. */
interface BlockText {
  readonly facts: Readonly<Record<string, unknown>>;
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
  readonly #facts = new Map<string, unknown>();
  /** Graphs are numbered, so that what was of use for one is marked by its number. */
  #graph = 1;
  #used = { imports: 0, facts: new Set<string>() };
  #new = { imports: [] as string[], facts: [] as string[] };
  /** Of files that may have changed since their content was hashed: good for this graph only. */
  readonly #unsettled: string[] = [];
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
   * The references of a file, to be read with {@link imports}.
   *
   * @param scan Asked where they are not known; undefined where the file can't be read.
   */
  importsOf(key: string, scan: () => Scanned | undefined): FileImports | undefined {
    let found = this.imports.get(key);
    if (!found) {
      const scanned = scan();
      if (!scanned) return undefined;
      found = this.imports.add(key, scanned.file);
      if (scanned.isSettled) this.#new.imports.push(key);
      else this.#unsettled.push(key);
    }
    if (found.usedBy !== this.#graph) {
      found.usedBy = this.#graph;
      this.#used.imports += 1;
    }
    return found;
  }

  /** What a manifest with this text says. */
  manifest(name: string, text: string): ManifestFacts {
    return this.fact(name, text, () => readManifest(name, text));
  }

  /**
   * What follows from a text alone, as plain JSON.
   *
   * @param kind What it is; with another one, something else follows from the same text.
   */
  fact<T>(kind: string, text: string, work: () => T): T {
    const key = `${kind}:${createHash('sha1').update(text).digest('base64')}`;
    let fact = this.#facts.get(key);
    if (fact === undefined) {
      fact = work();
      this.#facts.set(key, fact);
      this.#new.facts.push(key);
    }
    this.#used.facts.add(key);
    return fact as T;
  }

  /**
   * Writes what is new; a disk that can't be written costs time, not the graph. To be called once a graph is
   * complete: what was not asked for since the last time is of no use any more.
   */
  save(): void {
    const { imports, facts } = this.#used;
    for (const key of this.#unsettled.splice(0)) this.imports.forget(key);
    const added = this.#new.imports.length + this.#new.facts.length;
    const stored = this.#stored + added;
    try {
      if (this.#isDamaged || stored > 2 * (imports + facts.size) + SLACK) {
        this.write(encode(this.imports.block(this.imports.usedBy(this.#graph)), this.pick(facts)));
        this.#stored = imports + facts.size;
        this.#isDamaged = false;
      } else if (added > 0) {
        // One call, so that two processes' blocks don't mix; and where they do, the checksum says so.
        const block = this.imports.block(this.#new.imports);
        appendFileSync(this.file, encode(block, this.pick(this.#new.facts)));
        this.#stored = stored;
      }
    } catch {
      // The next graph reads the files again.
    }
    this.#graph += 1;
    this.#used = { imports: 0, facts: new Set() };
    this.#new = { imports: [], facts: [] };
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

  private pick(keys: Iterable<string>): BlockText['facts'] {
    return Object.fromEntries([...keys].map((key) => [key, this.#facts.get(key)!]));
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
      for (const [key, facts] of Object.entries(text.facts)) this.#facts.set(key, facts);
      this.#stored += block.keys.length + Object.keys(text.facts).length;
      at += HEADER + length;
    }
  }
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

/** Lengths of the parts, then numbers, then lists of names by lines, then JSON. */
function encode(block: ImportBlock, facts: BlockText['facts']): Buffer {
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

function decode(content: Buffer): { block: ImportBlock; text: BlockText } {
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
  return { block, text: { facts, faults } };
}

const lines = (bytes: Buffer): string[] => (bytes.length === 0 ? [] : bytes.toString().split('\n'));

/** A copy, since a view needs bytes that begin at a multiple of four. */
function integers(bytes: Buffer): Int32Array {
  return new Int32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
}
