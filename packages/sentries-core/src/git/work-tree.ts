import { lstat, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { SimpleGit } from 'simple-git';
import { callGit } from './git-call';
import { chunks } from './chunks';

/** The files of the working tree as git would store them, whatever line ends and filters make of them there. */
export class WorkTree {
  constructor(
    private readonly root: string,
    private readonly git: SimpleGit,
  ) {}

  /** Files that git neither tracks nor ignores. */
  async untracked(paths: readonly string[]): Promise<string[]> {
    const list = ['ls-files', '--others', '--exclude-standard', '-z', '--', ...paths];
    // A slash at its end: another repository, which is none of ours.
    return (await this.git.raw(...list))
      .split('\0')
      .filter((path) => path !== '' && !path.endsWith('/'));
  }

  /** What git would store for files of the working tree. What can't be read is like nothing else. */
  async stored(paths: readonly string[]): Promise<Map<string, string>> {
    const found = new Map<string, string>();
    const files: string[] = [];
    for (const path of paths) {
      const status = await lstat(join(this.root, ...path.split('/'))).catch(() => undefined);
      if (!status?.isSymbolicLink()) {
        files.push(path);
        continue;
      }
      const input = await readlink(join(this.root, ...path.split('/')));
      const { out } = await callGit(this.root, ['hash-object', '--stdin'], { input });
      found.set(path, `link ${out.trim()}`);
    }
    const hashes = await this.hashes(files);
    for (const path of files) found.set(path, `file ${hashes.get(path) ?? 'unreadable'}`);
    return found;
  }

  /** The hashes of regular files of the working tree, as far as they can be read. */
  async hashes(paths: readonly string[]): Promise<Map<string, string>> {
    const found = new Map<string, string>();
    for (const some of chunks(paths)) {
      const lines = await this.git.raw('hash-object', '--', ...some).catch(() => '');
      for (const [index, hash] of lines.split('\n').slice(0, some.length).entries())
        if (hash !== '') found.set(some[index]!, hash);
    }
    return found;
  }
}
