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
import type { ScannedFile } from 'sentries-core/imports';
import { encode, readBlock, type PlainFacts } from './block-format';
import { ImportTable, type FileImports } from './import-table';
import { readManifest, type ManifestFacts } from '../manifest/manifest';

/** What is in a file, and whether that is surely what its key stands for. */
export interface Scanned {
  readonly file: ScannedFile;
  readonly isSettled: boolean;
}

/** A file's text, and whether that is surely what its hash stands for. */
interface ReadText {
  readonly text: string;
  readonly isSettled: boolean;
}

/** So much of no use is not worth writing everything anew. */
const SLACK = 100;

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
   * The same for a manifest that need not be read, as somebody else has hashed it.
   *
   * @param read Asked where it is not known; undefined where the file can't be read.
   */
  manifestOf(
    name: string,
    hash: string,
    read: () => ReadText | undefined,
  ): ManifestFacts | undefined {
    const alias = `${name}@${hash}`;
    const known = this.#facts.get(alias);
    const fact = typeof known === 'string' ? this.#facts.get(known) : undefined;
    if (fact !== undefined) {
      this.#used.facts.add(alias).add(known as string);
      return fact as ManifestFacts;
    }
    const now = read();
    if (!now) return undefined;
    if (now.isSettled) {
      this.#facts.set(alias, keyOf(name, now.text));
      this.#new.facts.push(alias);
      this.#used.facts.add(alias);
    }
    return this.manifest(name, now.text);
  }

  /**
   * What follows from a text alone, as plain JSON.
   *
   * @param kind What it is; with another one, something else follows from the same text.
   */
  fact<T>(kind: string, text: string, work: () => T): T {
    const key = keyOf(kind, text);
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
   * What was found at some time in a search, as long as that is still right: this is asked each time.
   *
   * @param search Asked where nothing is known, or it is not right any more.
   */
  finding(
    key: string,
    isRight: (found: string) => boolean,
    search: () => string | undefined,
  ): string | undefined {
    const known = this.#facts.get(key);
    const isKnown = typeof known === 'string' && isRight(known);
    const found = isKnown ? known : search();
    if (found === undefined) return undefined;
    if (!isKnown) {
      this.#facts.set(key, found);
      this.#new.facts.push(key);
    }
    this.#used.facts.add(key);
    return found;
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

  private pick(keys: Iterable<string>): PlainFacts {
    return Object.fromEntries([...keys].map((key) => [key, this.#facts.get(key)!]));
  }

  private read(bytes: Buffer): void {
    for (let at = 0; at < bytes.length;) {
      const read = readBlock(bytes, at);
      if (!read) {
        this.#isDamaged = true;
        return;
      }
      const { block, facts, end } = read;
      this.imports.load(block);
      for (const [key, fact] of Object.entries(facts)) this.#facts.set(key, fact);
      this.#stored += block.keys.length + Object.keys(facts).length;
      at = end;
    }
  }
}

function keyOf(kind: string, text: string): string {
  return `${kind}:${createHash('sha1').update(text).digest('base64')}`;
}
