import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DEFAULTS, runDocSentry, type RunRecord } from 'sentries-core';
import { PYTHON, ROOT } from '../paths';
import { copy, unpackedRelease } from './pair-workspace';
import { commitAll, git } from './repair-git';

/** Texts by their paths; null for a file that is gone. */
export type Texts = Readonly<Record<string, string | null>>;

/** A repository with one commit: a release as it was published. */
export class DocWorkspace {
  readonly root: string;
  readonly base: string;

  /** @param cache The folder of the benchmark. */
  constructor(
    readonly package_: string,
    readonly version: string,
    private readonly cache: string,
  ) {
    this.root = join(cache, 'docs', `${package_}-${version}`, 'workspace');
    rmSync(this.root, { recursive: true, force: true });
    copy(this.release(version), this.root);
    // Who made it, and how, is no matter of the release.
    git(this.root, 'init', '--quiet', '--initial-branch=main');
    writeFileSync(join(this.root, '.git/info/exclude'), '.sentries/\n');
    this.base = commitAll(this.root, `Release ${version}`);
  }

  /** The folder of a release as it was published. */
  release(version: string): string {
    const folder = join(this.cache, 'docs', `${this.package_}-${version}`);
    mkdirSync(folder, { recursive: true });
    return unpackedRelease(PYTHON, this.cache, { folder, name: this.package_, version });
  }

  /** All files; what is but a link to one is none. */
  paths(): string[] {
    const entries = git(this.root, 'ls-files', '--stage', '-z').split('\0').filter(Boolean);
    const isLink = (entry: string): boolean => entry.startsWith('120000 ');
    return entries
      .filter((entry) => !isLink(entry))
      .map((entry) => entry.slice(entry.indexOf('\t') + 1))
      .sort();
  }

  read(path: string): string {
    return readFileSync(join(this.root, path), 'utf8');
  }

  write(texts: Texts): void {
    for (const [path, text] of Object.entries(texts)) {
      const place = join(this.root, path);
      if (text === null) rmSync(place, { force: true });
      else {
        mkdirSync(dirname(place), { recursive: true });
        writeFileSync(place, text);
      }
    }
  }

  /** What scripts say of the release: asked once for each text of them. */
  kept<T>(name: string, scripts: readonly string[], ask: () => T): T {
    const hash = createHash('sha256');
    for (const script of scripts) hash.update(readFileSync(join(ROOT, 'tools/bench', script)));
    const file = join(this.root, '..', `${name}-${hash.digest('hex').slice(0, 12)}.json`);
    if (!existsSync(file)) writeFileSync(file, JSON.stringify(ask()));
    return JSON.parse(readFileSync(file, 'utf8')) as T;
  }

  /** All files of the working tree give way to those of a folder. */
  replaceWith(folder: string): void {
    for (const name of readdirSync(this.root))
      if (name !== '.git') rmSync(join(this.root, name), { recursive: true, force: true });
    copy(folder, this.root);
  }

  reset(): void {
    git(this.root, 'reset', '--quiet', '--hard', this.base);
    git(this.root, 'clean', '--quiet', '-ffdx');
  }

  /** What the sentry says of the working tree. */
  async run(): Promise<RunRecord> {
    return runDocSentry({
      ...DEFAULTS,
      workspace: this.root,
      project: this.package_,
      target: 'sentry-doc',
      folder: '.',
      dependencies: [],
      others: [],
      mode: 'propose',
      accept: 'explained',
      strategy: 'rules',
      base: this.base,
      defaultBase: 'main',
      maxFiles: 1000,
      maxLines: 100_000,
      docstrings: true,
      sourceRoots: [],
      python: PYTHON,
      environment: {},
      log: () => undefined,
    });
  }

  /** Lets the patch of the last run in, if there is one. */
  applyPatch(): boolean {
    const patch = join(this.root, '.sentries', this.package_, 'sentry-doc', 'changes.patch');
    if (!existsSync(patch) || readFileSync(patch, 'utf8') === '') return false;
    git(this.root, 'apply', patch);
    return true;
  }
}
