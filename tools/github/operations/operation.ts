import type { Pull, Repository, User } from '../state';
import type { Rights } from '../../remotes/git-http';
import type { Views } from '../views';

/** One request whose form was checked. */
export interface Call {
  /** That of the path; operations without one don't look at it. */
  readonly repository: Repository;
  readonly user: User;
  readonly rights: Rights;
  readonly views: Views;
  readonly params: Readonly<Record<string, string | number>>;
  readonly query: Readonly<Record<string, string | number | undefined>>;
  readonly body: Readonly<Record<string, unknown>>;
}

/** What is sent; of a `list`, the page that was asked for. */
export type Reply =
  | { readonly status: 200 | 201; readonly body: unknown }
  | { readonly status: 200; readonly list: readonly unknown[] }
  | { readonly status: 204 };

export type Operation = (call: Call) => Reply;

export const ok = (body: unknown): Reply => ({ status: 200, body });
export const created = (body: unknown): Reply => ({ status: 201, body });
export const list = <T>(items: readonly T[], view: (item: T) => unknown): Reply => ({
  status: 200,
  list: items.map(view),
});
export const DONE: Reply = { status: 204 };

/** The pull request of the path. */
export const pullOf = ({ repository, params }: Call): Pull =>
  repository.pull(Number(params['pull_number'] ?? params['issue_number']));
