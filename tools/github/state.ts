import type { BareRepository } from '../remotes/bare-repository';
import { invalid, notFound } from './api-error';

export interface User {
  readonly id: number;
  readonly login: string;
  readonly type: 'User' | 'Bot';
}

export interface Label {
  readonly id: number;
  name: string;
  color: string;
  description: string | null;
}

export interface Comment {
  readonly id: number;
  readonly author: User;
  readonly created: Date;
  body: string;
  updated: Date;
}

export interface Pull {
  readonly id: number;
  readonly number: number;
  readonly author: User;
  readonly created: Date;
  readonly draft: boolean;
  /** What the branch had when the pull request was last open. */
  readonly head: { readonly ref: string; sha: string };
  base: { ref: string; sha: string };
  readonly labels: Label[];
  readonly comments: Comment[];
  title: string;
  body: string | null;
  updated: Date;
  closed: { readonly at: Date; readonly by: User } | undefined;
  merged: { readonly at: Date; readonly by: User; readonly commit: string } | undefined;
}

/** Who does what a push brings with it. */
const GHOST: User = { id: 10137, login: 'ghost', type: 'User' };

/** A repository as GitHub keeps it: its branches are those of a real one, the rest is here. */
export class Repository {
  readonly pulls: Pull[] = [];
  readonly labels: Label[] = [];
  readonly protectedBranches = new Set<string>();
  readonly created: Date;

  constructor(
    readonly id: number,
    readonly owner: string,
    readonly name: string,
    readonly git: BareRepository,
    readonly hidden: boolean,
    readonly defaultBranch: string,
    private readonly now: () => Date,
  ) {
    this.created = now();
  }

  get fullName(): string {
    return `${this.owner}/${this.name}`;
  }

  /** Takes over what was pushed since: heads that moved, branches that are gone, bases that got a head. */
  sync(): void {
    const heads = this.git.heads();
    for (const pull of this.pulls.filter(({ closed }) => closed === undefined)) {
      const head = heads.get(pull.head.ref);
      const base = heads.get(pull.base.ref);
      if (base === undefined || head === undefined) {
        this.close(pull, GHOST);
        continue;
      }
      const moved = head !== pull.head.sha;
      const baseMoved = base !== pull.base.sha;
      if (!moved && !baseMoved) continue;
      pull.head.sha = head;
      pull.base.sha = base;
      pull.updated = this.now();
      if (!this.git.contains(base, head)) continue;
      // A base that got the commits has merged them; a branch that went back to its base has nothing left.
      if (baseMoved) this.merged(pull, GHOST, base);
      else this.close(pull, GHOST);
    }
  }

  pull(number: number): Pull {
    const found = this.pulls.find((pull) => pull.number === number);
    if (found === undefined) throw notFound();
    return found;
  }

  comment(id: number): { pull: Pull; comment: Comment } {
    for (const pull of this.pulls) {
      const comment = pull.comments.find((one) => one.id === id);
      if (comment !== undefined) return { pull, comment };
    }
    throw notFound();
  }

  /** Labels are the same whatever the case of their letters. */
  label(name: string): Label | undefined {
    return this.labels.find((label) => label.name.toLowerCase() === name.toLowerCase());
  }

  addLabel(name: string, color = 'ededed', description: string | null = null): Label {
    const problem = (code: string, message?: string, field = 'name'): Error =>
      invalid({ resource: 'Label', code, field, ...(message === undefined ? {} : { message }) });
    if (this.label(name) !== undefined) throw problem('already_exists');
    if (name === '') throw problem('missing_field');
    if (name.length > 50) throw problem('custom', 'name is too long (maximum is 50 characters)');
    if (!/^[0-9a-f]{6}$/i.test(color)) throw problem('invalid', undefined, 'color');
    if ((description?.length ?? 0) > 100)
      throw problem('custom', 'description is too long (maximum is 100 characters)', 'description');
    const label = { id: newId(), name, color, description };
    this.labels.push(label);
    return label;
  }

  /** Puts labels on; those that the repository doesn't have are made, as GitHub does. */
  relabel(pull: Pull, names: readonly string[], how: 'add' | 'set'): void {
    const labels = names.map((name) => this.label(name) ?? this.addLabel(name));
    if (how === 'set') pull.labels.length = 0;
    for (const label of labels) if (!pull.labels.includes(label)) pull.labels.push(label);
    pull.updated = this.now();
  }

  /** @throws ApiError 422 in the three ways in which GitHub makes no pull request. */
  open(
    author: User,
    wanted: { title: string; body: string | null; head: string; base: string; draft: boolean },
  ): Pull {
    const heads = this.git.heads();
    const ref = wanted.head.startsWith(`${this.owner}:`)
      ? wanted.head.slice(this.owner.length + 1)
      : wanted.head;
    const [sha, base] = [heads.get(ref), heads.get(wanted.base)];
    const problem = (message: string): Error =>
      invalid({ resource: 'PullRequest', code: 'custom', message });
    if (base === undefined)
      throw invalid({ resource: 'PullRequest', field: 'base', code: 'invalid' });
    if (sha === undefined)
      throw invalid({ resource: 'PullRequest', field: 'head', code: 'invalid' });
    this.refuseTwins(ref, wanted.base);
    if (this.git.contains(base, sha)) throw problem(`No commits between ${wanted.base} and ${ref}`);
    const now = this.now();
    const pull: Pull = {
      id: newId(),
      number: this.pulls.length + 1,
      author,
      created: now,
      updated: now,
      ...{ title: wanted.title, body: wanted.body, draft: wanted.draft },
      head: { ref, sha },
      base: { ref: wanted.base, sha: base },
      labels: [],
      comments: [],
      closed: undefined,
      merged: undefined,
    };
    this.pulls.push(pull);
    return pull;
  }

  /** @throws ApiError 422 where a pull request between the two is open. */
  refuseTwins(head: string, base: string, except?: Pull): void {
    const twin = this.pulls.find(
      (pull) =>
        pull !== except &&
        pull.closed === undefined &&
        pull.head.ref === head &&
        pull.base.ref === base,
    );
    if (twin !== undefined)
      throw invalid({
        resource: 'PullRequest',
        code: 'custom',
        message: `A pull request already exists for ${this.owner}:${head}.`,
      });
  }

  close(pull: Pull, by: User): void {
    pull.closed = { at: this.now(), by };
    pull.updated = pull.closed.at;
  }

  /** @throws ApiError 422 where its branch is gone or another one by now, as GitHub does. */
  reopen(pull: Pull): void {
    const head = this.git.heads().get(pull.head.ref);
    const problem = (message: string): Error =>
      invalid({ resource: 'PullRequest', field: 'state', code: 'invalid', message });
    if (pull.merged !== undefined) throw problem('state cannot be changed.');
    if (head === undefined)
      throw problem(`state cannot be changed. The ${pull.head.ref} branch has been deleted.`);
    if (!this.git.contains(head, pull.head.sha))
      throw problem(
        `state cannot be changed. The ${pull.head.ref} branch was force-pushed or recreated.`,
      );
    this.refuseTwins(pull.head.ref, pull.base.ref, pull);
    pull.closed = undefined;
    pull.updated = this.now();
  }

  merged(pull: Pull, by: User, commit: string): void {
    this.close(pull, by);
    pull.merged = { at: pull.closed!.at, by, commit };
  }

  /** Something about it changed, now. */
  touch(pull: Pull): Date {
    return (pull.updated = this.now());
  }

  say(pull: Pull, author: User, body: string): Comment {
    const now = this.now();
    const comment = { id: newId(), author, body, created: now, updated: now };
    pull.comments.push(comment);
    pull.updated = now;
    return comment;
  }
}

let ids = 1000;
const newId = (): number => ++ids;
