import { createHash } from 'node:crypto';
import {
  appendFileSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { crc32 } from 'node:zlib';

/** `SDOC`. */
const MAGIC = 0x43_4f_44_53;
const KEY = 20;
/** Magic, version, checksum and length of what follows, four bytes each. */
const HEADER = 16;

/** So much of no use is not worth writing everything anew. */
const SLACK = 200;
/** What a project's docs may take of the disk, in bytes; what is beyond is read anew each time. */
const MOST = 256 * 2 ** 20;

/**
 * What follows from texts, as JSON, kept from one run to the next by the digests of those texts. A store is never
 * trusted: each record has a checksum, and what is damaged, or of another version, is forgotten.
 *
 * The file is a row of records; new ones are appended. Once most of it is of no use, it is written anew.
 */
export class FactStore {
  /** The content of each record, as it is in the file. */
  readonly #stored = new Map<string, Buffer>();
  readonly #used = new Set<string>();
  readonly #new = new Map<string, unknown>();
  /** Records in the file, those included that later ones took the place of. */
  #records = 0;
  /** There is nothing that a record could be appended to. */
  #isDamaged = false;

  private constructor(
    private readonly file: string,
    private readonly version: number,
  ) {}

  /** @param version Of what makes facts of texts: what another one has kept is forgotten. */
  static open(file: string, version: number): FactStore {
    const store = new FactStore(file, version);
    try {
      if (statSync(file).size > 2 * MOST) throw new RangeError('nobody wrote that');
      store.read(readFileSync(file));
    } catch {
      store.#isDamaged = true;
    }
    return store;
  }

  /** The key of what follows from texts. @param kind What it is: something else follows from the same text. */
  static key(kind: string, ...texts: readonly string[]): string {
    const hash = createHash('sha1').update(kind);
    for (const text of texts) hash.update(`\0${String(text.length)}\0`).update(text);
    return hash.digest().toString('latin1');
  }

  /** The fact of a key; undefined where it is not known. */
  get(key: string): unknown {
    if (this.#new.has(key)) return this.#new.get(key);
    const record = this.#stored.get(key);
    if (!record) return undefined;
    if (record.readUInt32LE(8) === crc32(record.subarray(HEADER))) {
      this.#used.add(key);
      try {
        return JSON.parse(record.toString('utf8', HEADER + KEY));
      } catch {
        // Another program's record: it goes the way of damaged ones.
      }
    }
    this.#isDamaged = true;
    this.#stored.delete(key);
    this.#used.delete(key);
    return undefined;
  }

  /** Keeps a fact, as plain JSON: it is written with {@link save}. */
  put(key: string, fact: unknown): void {
    this.#new.set(key, fact);
    this.#used.add(key);
  }

  /**
   * Writes what is new; a disk that can't be written costs time, not the result. What was not asked for since it was
   * opened is of no use any more.
   */
  save(): void {
    const added = [...this.#new].map(([key, fact]) => [key, this.record(key, fact)] as const);
    const records = this.#records + added.length;
    try {
      if (this.#isDamaged || records > 2 * this.#used.size + SLACK) {
        for (const [key, record] of added) this.#stored.set(key, record);
        this.write([...this.#used].flatMap((key) => this.#stored.get(key) ?? []));
      } else if (added.length > 0) {
        const bytes = Buffer.concat(added.map(([, record]) => record));
        // One call, so that two processes' records don't mix; and where they do, checksums say so.
        if (statSync(this.file).size + bytes.length <= MOST) appendFileSync(this.file, bytes);
      }
    } catch {
      // The next run reads the texts again.
    }
  }

  private write(records: readonly Buffer[]): void {
    const folder = dirname(this.file);
    mkdirSync(folder, { recursive: true });
    const draft = `${this.file}.${String(process.pid)}`;
    const within: Buffer[] = [];
    let size = 0;
    for (const record of records) if ((size += record.length) <= MOST) within.push(record);
    try {
      // Outside of Nx nothing else says that this is no part of the repository.
      writeFileSync(join(folder, '.gitignore'), '*\n');
      writeFileSync(draft, Buffer.concat(within));
      renameSync(draft, this.file);
    } finally {
      rmSync(draft, { force: true });
    }
  }

  private record(key: string, fact: unknown): Buffer {
    const record = Buffer.concat([
      Buffer.alloc(HEADER),
      Buffer.from(key, 'latin1'),
      Buffer.from(JSON.stringify(fact)),
    ]);
    record.writeUInt32LE(MAGIC, 0);
    record.writeUInt32LE(this.version, 4);
    record.writeUInt32LE(crc32(record.subarray(HEADER)), 8);
    record.writeUInt32LE(record.length, 12);
    return record;
  }

  private read(bytes: Buffer): void {
    for (let at = 0; at < bytes.length;) {
      const length = at + HEADER + KEY <= bytes.length ? bytes.readUInt32LE(at + 12) : 0;
      const isWhole = length >= HEADER + KEY && at + length <= bytes.length;
      if (
        !isWhole ||
        bytes.readUInt32LE(at) !== MAGIC ||
        bytes.readUInt32LE(at + 4) !== this.version
      ) {
        this.#isDamaged = true;
        return;
      }
      const record = bytes.subarray(at, at + length);
      this.#stored.set(record.toString('latin1', HEADER, HEADER + KEY), record);
      this.#records += 1;
      at += length;
    }
  }
}
