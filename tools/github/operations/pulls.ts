import { checkTexts, invalid, notFound } from '../api-error';
import type { Pull } from '../state';
import { created, DONE, list, ok, pullOf, type Call, type Operation } from './operation';

/** Pull requests. */
export const PULLS: Readonly<Record<string, Operation>> = {
  'pulls/create': ({ repository, user, body, views }) => {
    const { title, body: text = null, head, base, draft = false } = body as unknown as Wanted;
    if (title === undefined || title === '')
      throw invalid({ resource: 'Issue', field: 'title', code: 'missing_field' });
    checkTexts(body);
    const pull = repository.open(user, { title, body: text, head, base, draft });
    return created(views.wholePull(repository, pull));
  },

  'pulls/list': (call) => list(listed(call), (pull) => call.views.pull(call.repository, pull)),

  'pulls/get': (call) => ok(call.views.wholePull(call.repository, pullOf(call))),

  'pulls/update': (call) => {
    const { repository, user, views } = call;
    const pull = pullOf(call);
    const wanted = call.body as Partial<Wanted>;
    checkTexts(wanted);
    if (wanted.base !== undefined && wanted.base !== pull.base.ref) {
      const sha = repository.git.heads().get(wanted.base);
      if (sha === undefined)
        throw invalid({ resource: 'PullRequest', field: 'base', code: 'invalid' });
      repository.refuseTwins(pull.head.ref, wanted.base, pull);
      pull.base = { ref: wanted.base, sha };
    }
    if (wanted.state === 'open' && pull.closed !== undefined) repository.reopen(pull);
    if (wanted.state === 'closed' && pull.closed === undefined) repository.close(pull, user);
    if (wanted.title !== undefined) pull.title = wanted.title;
    if (wanted.body !== undefined) pull.body = wanted.body;
    repository.touch(pull);
    return ok(views.wholePull(repository, pull));
  },

  'pulls/list-commits': (call) => {
    const { base, head } = pullOf(call);
    const { git } = call.repository;
    const commits = git.git('rev-list', '--reverse', `${base.sha}..${head.sha}`).split('\n');
    return list(commits.filter(Boolean), (sha) => call.views.commit(call.repository, sha));
  },

  'pulls/list-files': (call) => {
    const { base, head } = pullOf(call);
    const lines = call.repository.git
      .git('diff', '--numstat', `${base.sha}...${head.sha}`)
      .split('\n');
    return list(lines.filter(Boolean), (line) => {
      const [added, removed, filename] = line.split('\t') as [string, string, string];
      const [additions, deletions] = [Number(added) || 0, Number(removed) || 0];
      const changes = additions + deletions;
      return { filename, additions, deletions, changes, status: 'modified', sha: head.sha };
    });
  },

  'pulls/check-if-merged': (call) => {
    if (pullOf(call).merged === undefined) throw notFound();
    return DONE;
  },
};

interface Wanted {
  readonly title?: string;
  readonly body?: string | null;
  readonly head: string;
  readonly base: string;
  readonly draft?: boolean;
  readonly state?: 'open' | 'closed';
}

function listed({ repository, query }: Call): Pull[] {
  const { state = 'open', head, base, sort = 'created' } = query;
  const { direction = sort === 'created' ? 'desc' : 'asc' } = query;
  // A branch without its owner filters nothing, on GitHub too.
  const filter = typeof head === 'string' && head.includes(':') ? head : undefined;
  const found = repository.pulls.filter(
    (pull) =>
      (state === 'all' || state === (pull.closed === undefined ? 'open' : 'closed')) &&
      (filter === undefined || filter === `${repository.owner}:${pull.head.ref}`) &&
      (base === undefined || base === pull.base.ref),
  );
  const key = (pull: Pull): number => (sort === 'updated' ? +pull.updated : pull.number);
  found.sort((one, other) => key(one) - key(other));
  return direction === 'desc' ? found.reverse() : found;
}
