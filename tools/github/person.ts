import { PERSON } from '../remotes/bare-repository';
import type { Comment, Pull, Repository, User } from './state';

/** What a maintainer does on the pages of GitHub, or at their own desk. */
export class Person {
  readonly user: User = { id: 7, login: 'maintainer', type: 'User' };

  constructor(private readonly repository: Repository) {}

  close(number: number): void {
    this.repository.close(this.#pull(number), this.user);
  }

  reopen(number: number): void {
    this.repository.reopen(this.#pull(number));
  }

  /** Merges for real; pull requests that stand on a deleted branch then stand on what it was merged into. */
  merge(
    number: number,
    {
      how = 'merge',
      deleteBranch = false,
    }: { how?: 'merge' | 'squash'; deleteBranch?: boolean } = {},
  ): string {
    const pull = this.#pull(number);
    const { git, pulls } = this.repository;
    const commit = git.merge(pull.base.ref, pull.head.ref, how);
    this.repository.merged(pull, this.user, commit);
    if (deleteBranch) {
      for (const other of pulls)
        if (other.closed === undefined && other.base.ref === pull.head.ref)
          other.base = { ref: pull.base.ref, sha: commit };
      git.git('update-ref', '-d', `refs/heads/${pull.head.ref}`);
    }
    return commit;
  }

  comment(number: number, body: string): Comment {
    return this.repository.say(this.#pull(number), this.user, body);
  }

  /** Puts exactly these labels on. */
  relabel(number: number, ...names: string[]): void {
    this.repository.relabel(this.#pull(number), names, 'set');
  }

  edit(number: number, texts: { title?: string; body?: string }): void {
    const pull = this.#pull(number);
    Object.assign(pull, texts);
    this.repository.touch(pull);
  }

  /** Opens a pull request by hand. */
  open(head: string, base: string, title = 'By hand', body: string | null = null): Pull {
    this.repository.sync();
    return this.repository.open(this.user, { title, body, head, base, draft: false });
  }

  /** Commits on top of a branch. */
  push(branch: string, files: Readonly<Record<string, string | null>>, message?: string): string {
    return this.repository.git.commit(branch, files, message, { author: PERSON });
  }

  deleteBranch(branch: string): void {
    this.repository.git.git('update-ref', '-d', `refs/heads/${branch}`);
  }

  #pull(number: number): Pull {
    this.repository.sync();
    return this.repository.pull(number);
  }
}
