import type { Comment, Label, Pull, Repository, User } from './state';

/** What replies show of the state. The rest of what GitHub's description requires is put in by {@link Completer}. */
export class Views {
  /** @param api Where the API is, and @param web where people look; both without a slash at the end. */
  constructor(
    private readonly api: string,
    private readonly web: string,
  ) {}

  user({ id, login, type }: User) {
    // A bot's has brackets.
    const name = encodeURIComponent(login);
    return {
      ...{ id, login, type, site_admin: false },
      url: `${this.api}/users/${name}`,
      html_url: `${this.web}/${name}`,
    };
  }

  /** @param push May the one who asks push? */
  repository(repository: Repository, push?: boolean) {
    const { id, name, owner, fullName, hidden, defaultBranch, created } = repository;
    return {
      ...{ id, name, full_name: fullName, private: hidden, default_branch: defaultBranch },
      owner: this.user({ id: 1, login: owner, type: 'User' }),
      url: this.#of(repository),
      html_url: `${this.web}/${fullName}`,
      clone_url: `${this.web}/${fullName}.git`,
      visibility: hidden ? 'private' : 'public',
      created_at: time(created),
      updated_at: time(created),
      pushed_at: time(created),
      ...(push === undefined ? {} : { permissions: { admin: false, push, pull: true } }),
    };
  }

  label(repository: Repository, { id, name, color, description }: Label) {
    const url = `${this.#of(repository)}/labels/${encodeURIComponent(name)}`;
    return { ...{ id, name, color, description, url }, default: false };
  }

  comment(repository: Repository, pull: Pull, { id, author, body, created, updated }: Comment) {
    return {
      ...{ id, body, user: this.user(author) },
      created_at: time(created),
      updated_at: time(updated),
      author_association: 'NONE',
      url: `${this.#of(repository)}/issues/comments/${id}`,
      issue_url: `${this.#of(repository)}/issues/${pull.number}`,
      html_url: `${this.web}/${repository.fullName}/pull/${pull.number}#issuecomment-${id}`,
    };
  }

  /** A pull request in a list. */
  pull(repository: Repository, pull: Pull) {
    const { id, number, title, body, draft, merged, closed, author } = pull;
    const page = `${this.web}/${repository.fullName}/pull/${number}`;
    const url = `${this.#of(repository)}/pulls/${number}`;
    const end = ({ ref, sha }: { ref: string; sha: string }) => ({
      ...{ ref, sha, label: `${repository.owner}:${ref}` },
      repo: this.repository(repository),
      user: this.user({ id: 1, login: repository.owner, type: 'User' }),
    });
    return {
      ...{ id, number, title, body, draft, url, html_url: page },
      diff_url: `${page}.diff`,
      patch_url: `${page}.patch`,
      issue_url: `${this.#of(repository)}/issues/${number}`,
      comments_url: `${this.#of(repository)}/issues/${number}/comments`,
      commits_url: `${url}/commits`,
      state: closed === undefined ? 'open' : 'closed',
      locked: false,
      user: this.user(author),
      labels: pull.labels.map((label) => this.label(repository, label)),
      head: end(pull.head),
      base: end(pull.base),
      created_at: time(pull.created),
      updated_at: time(pull.updated),
      closed_at: closed === undefined ? null : time(closed.at),
      merged_at: merged === undefined ? null : time(merged.at),
      merge_commit_sha: merged?.commit ?? null,
      author_association: 'NONE',
      auto_merge: null,
    };
  }

  /** A pull request on its own, which has what must be counted, too. */
  wholePull(repository: Repository, pull: Pull) {
    const range = `${pull.base.sha}...${pull.head.sha}`;
    const lines = repository.git.git('diff', '--numstat', range).split('\n').filter(Boolean);
    const sum = (column: number): number =>
      lines.reduce((total, line) => total + (Number(line.split('\t')[column]) || 0), 0);
    return {
      ...this.pull(repository, pull),
      merged: pull.merged !== undefined,
      merged_by: pull.merged === undefined ? null : this.user(pull.merged.by),
      mergeable: pull.closed === undefined ? true : null,
      mergeable_state: pull.closed === undefined ? 'clean' : 'unknown',
      maintainer_can_modify: false,
      comments: pull.comments.length,
      commits: Number(
        repository.git.git('rev-list', '--count', `${pull.base.sha}..${pull.head.sha}`),
      ),
      additions: sum(0),
      deletions: sum(1),
      changed_files: lines.length,
    };
  }

  /** The same, as the issue that every pull request is as well. */
  issue(repository: Repository, pull: Pull) {
    const { id, number, title, body, draft, state, user, labels, html_url, ...rest } = this.pull(
      repository,
      pull,
    );
    return {
      ...{ id, number, title, body, draft, state, user, labels, html_url, locked: false },
      url: rest.issue_url,
      comments_url: rest.comments_url,
      comments: pull.comments.length,
      created_at: rest.created_at,
      updated_at: rest.updated_at,
      closed_at: rest.closed_at,
      author_association: 'NONE',
      pull_request: {
        ...{ html_url, url: rest.url, diff_url: rest.diff_url, patch_url: rest.patch_url },
        merged_at: rest.merged_at,
      },
    };
  }

  /** The issue on its own, which says who closed it. */
  wholeIssue(repository: Repository, pull: Pull) {
    const closed_by = pull.closed === undefined ? null : this.user(pull.closed.by);
    return { ...this.issue(repository, pull), closed_by };
  }

  ref(repository: Repository, branch: string, sha: string) {
    const url = this.#of(repository);
    return {
      ref: `refs/heads/${branch}`,
      url: `${url}/git/refs/heads/${branch}`,
      object: { type: 'commit', sha, url: `${url}/git/commits/${sha}` },
    };
  }

  /** @param sha Of a commit that is there. */
  commit(repository: Repository, sha: string) {
    const [name, email, date, parents, tree, ...message] = repository.git
      .git('log', '-1', '--format=%an%n%ae%n%aI%n%P%n%T%n%B', sha)
      .split('\n') as [string, string, string, string, string, ...string[]];
    const url = `${this.#of(repository)}/commits`;
    const author = { name, email, date };
    return {
      ...{ sha, url: `${url}/${sha}`, author: null, committer: null },
      html_url: `${this.web}/${repository.fullName}/commit/${sha}`,
      parents: parents
        .split(' ')
        .filter(Boolean)
        .map((parent) => ({ sha: parent, url: `${url}/${parent}` })),
      commit: {
        author,
        committer: author,
        message: message.join('\n').trim(),
        tree: { sha: tree },
      },
    };
  }

  #of({ fullName }: Repository): string {
    return `${this.api}/repos/${fullName}`;
  }
}

/** GitHub's times have no fractions of a second. */
const time = (date: Date): string => date.toISOString().replace(/\.\d+Z$/, 'Z');
