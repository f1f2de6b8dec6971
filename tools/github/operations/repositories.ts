import { ApiError, notFound } from '../api-error';
import type { Pull } from '../state';
import { DONE, list, ok, type Call, type Operation } from './operation';

/** Repositories, their branches and refs, and who asks. */
export const REPOSITORIES: Readonly<Record<string, Operation>> = {
  'repos/get': ({ repository, rights, views }) =>
    ok(views.repository(repository, rights === 'write')),

  'repos/get-branch': (call) => {
    const { repository, views, params } = call;
    const name = String(params['branch']);
    const sha = repository.git.heads().get(name);
    if (sha === undefined) throw notFound('Branch not found');
    const self = `${views.repository(repository).url}/branches/${name}`;
    return ok({
      ...{ name, commit: views.commit(repository, sha) },
      ...{ protected: repository.protectedBranches.has(name), protection_url: self },
      _links: { self, html: `${views.repository(repository).html_url}/tree/${name}` },
      protection: { enabled: repository.protectedBranches.has(name) },
    });
  },

  'repos/list-branches': ({ repository, query, views }) => {
    const isProtected = (name: string): boolean => repository.protectedBranches.has(name);
    const branches = [...repository.git.heads()].filter(
      ([name]) =>
        query['protected'] === undefined ||
        String(query['protected']) === String(isProtected(name)),
    );
    return list(branches, ([name, sha]) => ({
      ...{ name, protected: isProtected(name) },
      commit: { sha, url: `${views.repository(repository).url}/commits/${sha}` },
    }));
  },

  // On the default branch: what brought the commit there. Elsewhere: what is open and has it.
  'repos/list-pull-requests-associated-with-commit': ({ repository, params, views }) => {
    const { git, pulls, defaultBranch } = repository;
    const sha = String(params['commit_sha']);
    if (!git.has(sha)) throw new ApiError(422, `No commit found for SHA: ${sha}`);
    const isIn = git.contains(git.heads().get(defaultBranch)!, sha);
    const brought = ({ head, base, merged }: Pull): boolean =>
      merged?.commit === sha || (git.contains(head.sha, sha) && !git.contains(base.sha, sha));
    const found = pulls.filter(
      (pull) => brought(pull) && (isIn ? pull.merged !== undefined : pull.closed === undefined),
    );
    return list(found, (pull) => views.pull(repository, pull));
  },

  'git/get-ref': (call) => {
    const [branch, sha] = refOf(call) ?? missing();
    return ok(call.views.ref(call.repository, branch, sha));
  },

  'git/list-matching-refs': ({ repository, params, views }) => {
    const prefix = String(params['ref']);
    const found = [...repository.git.heads()].filter(([name]) =>
      `heads/${name}`.startsWith(prefix),
    );
    return list(found, ([name, sha]) => views.ref(repository, name, sha));
  },

  'git/delete-ref': (call) => {
    const [branch] = refOf(call) ?? [];
    if (branch === undefined) throw new ApiError(422, 'Reference does not exist');
    if (call.repository.protectedBranches.has(branch))
      throw new ApiError(422, 'Cannot delete this protected branch');
    call.repository.git.git('update-ref', '-d', `refs/heads/${branch}`);
    call.repository.sync();
    return DONE;
  },

  'users/get-authenticated': ({ user, views }) => {
    if (user.type === 'Bot') throw new ApiError(403, 'Resource not accessible by integration');
    return ok(views.user(user));
  },
};

function refOf({ repository, params }: Call): [branch: string, sha: string] | undefined {
  const ref = String(params['ref']);
  return [...repository.git.heads()].find(([name]) => ref === `heads/${name}`);
}

function missing(): never {
  throw notFound();
}
