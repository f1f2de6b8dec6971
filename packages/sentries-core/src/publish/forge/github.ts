import type { Octokit } from '@octokit/rest';
import { z } from 'zod';
import { ForgeError } from './forge-error';
import type { Face, Forge, PullRequest } from './forge';
import { forgeErrorOf, unreadable } from './github-error';
import { openOctokit, type GitHubAccess } from './octokit';

/** What we need of a pull request; the server tells far more. */
const pullSchema = z.object({
  number: z.int(),
  html_url: z.string(),
  title: z.string(),
  body: z.string().nullish(),
  draft: z.boolean().optional(),
  state: z.enum(['open', 'closed']),
  merged_at: z.string().nullable(),
  created_at: z.string(),
  labels: z.array(z.object({ name: z.string() })),
  head: z.object({
    ref: z.string(),
    sha: z.string(),
    repo: z.object({ full_name: z.string() }).nullable(),
  }),
  base: z.object({ ref: z.string() }),
});

const commentSchema = z.object({ body: z.string().optional() });

const LABEL_COLOUR = '5319e7';
const LABEL_SAYS = 'Made and kept by nx-sentries';
const LOOKED_AT = 500;

/**
 * Pull requests on GitHub, by its REST API (https://docs.github.com/en/rest). Reading is tried again on errors of the server or of the line.
 * Writing is not: whether it was done can only be seen by looking again.
 *
 * @param isOurs Tells a branch of ours by its name.
 */
export async function openGitHub(
  access: GitHubAccess,
  isOurs: (branch: string) => boolean,
): Promise<Forge> {
  return new GitHub(access.repository, await openOctokit(access), isOurs);
}

class GitHub implements Forge {
  private readonly at: { readonly owner: string; readonly repo: string };

  constructor(
    readonly repository: string,
    private readonly octokit: Octokit,
    private readonly isOurs: (branch: string) => boolean,
  ) {
    const [owner, repo] = repository.split('/');
    this.at = { owner: owner!, repo: repo! };
  }

  async open(base?: string): Promise<PullRequest[]> {
    const { pulls } = this.octokit.rest;
    const found = await this.read(pullSchema, () =>
      this.octokit.paginate(pulls.list, {
        ...this.at,
        state: 'open',
        per_page: 100,
        ...(base !== undefined && { base }),
      }),
    );
    return this.own(found);
  }

  async ended(): Promise<PullRequest[]> {
    const { pulls } = this.octokit.rest;
    let seen = 0;
    // Issues could be asked for by their label, but only with a token that may read issues.
    const found = await this.read(pullSchema, () =>
      this.octokit.paginate(
        pulls.list,
        { ...this.at, state: 'closed', sort: 'created', direction: 'desc', per_page: 100 },
        ({ data }, done) => {
          seen += data.length;
          if (seen >= LOOKED_AT) done();
          return data;
        },
      ),
    );
    return this.own(found);
  }

  async from(branch: string): Promise<PullRequest[]> {
    const { pulls } = this.octokit.rest;
    const head = `${this.at.owner}:${branch}`;
    const found = await this.read(pullSchema, () =>
      this.octokit.paginate(pulls.list, { ...this.at, head, state: 'all', per_page: 100 }),
    );
    return this.own(found);
  }

  async numbered(pull_number: number): Promise<PullRequest> {
    const { pulls } = this.octokit.rest;
    const [found] = await this.read(pullSchema, async () => [
      (await pulls.get({ ...this.at, pull_number, ...ONCE })).data,
    ]);
    return pullRequestOf(found!);
  }

  async having(commit_sha: string): Promise<PullRequest[]> {
    const { repos } = this.octokit.rest;
    const asked = { ...this.at, commit_sha, ...ONCE };
    const found = await this.read(
      pullSchema,
      async () => (await repos.listPullRequestsAssociatedWithCommit(asked)).data,
    );
    return found.map(pullRequestOf);
  }

  async create(branch: string, base: string, face: Face, draft: boolean): Promise<PullRequest> {
    const { pulls } = this.octokit.rest;
    const work = async (isDraft: boolean): Promise<unknown> => [
      (await pulls.create({ ...this.at, ...face, head: branch, base, draft: isDraft, ...ONCE }))
        .data,
    ];
    const [made] = await this.read(pullSchema, () => work(draft)).catch((error: unknown) => {
      // Private repositories of some plans have no drafts: the label has to say it alone.
      if (draft && error instanceof ForgeError && NO_DRAFTS.test(error.message))
        return this.read(pullSchema, () => work(false));
      throw error;
    });
    return pullRequestOf(made!);
  }

  async update(pull_number: number, face: Partial<Face>): Promise<void> {
    await this.ask(() =>
      this.octokit.rest.pulls.update({ ...this.at, pull_number, ...face, ...ONCE }),
    );
  }

  async close(pull_number: number, body: string): Promise<void> {
    await this.ask(() =>
      this.octokit.rest.pulls.update({ ...this.at, pull_number, body, state: 'closed', ...ONCE }),
    );
  }

  async label(
    issue_number: number,
    add: readonly string[],
    remove: readonly string[],
  ): Promise<void> {
    const { issues } = this.octokit.rest;
    for (const name of add) await this.makeLabel(name);
    if (add.length > 0) {
      await this.ask(() =>
        issues.addLabels({ ...this.at, issue_number, labels: [...add], ...ONCE }),
      );
    }
    for (const name of remove) {
      await this.ask(() => issues.removeLabel({ ...this.at, issue_number, name, ...ONCE })).catch(
        unless('missing'),
      );
    }
  }

  async comments(issue_number: number): Promise<string[]> {
    const { issues } = this.octokit.rest;
    const found = await this.read(commentSchema, () =>
      this.octokit.paginate(issues.listComments, { ...this.at, issue_number, per_page: 100 }),
    );
    return found.map(({ body }) => body ?? '');
  }

  async comment(issue_number: number, body: string): Promise<void> {
    await this.ask(() =>
      this.octokit.rest.issues.createComment({ ...this.at, issue_number, body, ...ONCE }),
    );
  }

  private async makeLabel(name: string): Promise<void> {
    const { issues } = this.octokit.rest;
    const there = await this.ask(() => issues.getLabel({ ...this.at, name })).catch(
      unless('missing'),
    );
    if (there) return;
    // Somebody else may have made it meanwhile, which is as good.
    await this.ask(() =>
      issues.createLabel({
        ...this.at,
        name,
        color: LABEL_COLOUR,
        description: LABEL_SAYS,
        ...ONCE,
      }),
    ).catch(unless('conflict'));
  }

  /** Those from branches of ours in this very repository: a fork may name its branches like ours. */
  private own(pulls: readonly z.infer<typeof pullSchema>[]): PullRequest[] {
    return pulls
      .filter(({ head }) => head.repo?.full_name.toLowerCase() === this.repository.toLowerCase())
      .filter(({ head }) => this.isOurs(head.ref))
      .map(pullRequestOf);
  }

  private async read<T>(schema: z.ZodType<T>, work: () => Promise<unknown>): Promise<T[]> {
    const checked = z.array(schema).safeParse(await this.ask(work));
    if (checked.success) return checked.data;
    throw unreadable(this.repository, checked.error);
  }

  private async ask<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw forgeErrorOf(error, this.repository);
    }
  }
}

const NO_DRAFTS = /draft pull requests are not supported/i;

/** A request that changes something is sent once, and so is one that nothing depends on. */
const ONCE = { request: { retries: 0 } } as const;

function unless(kind: ForgeError['kind']): (error: unknown) => undefined {
  return (error) => {
    if (error instanceof ForgeError && error.kind === kind) return undefined;
    throw error;
  };
}

function pullRequestOf(pull: z.infer<typeof pullSchema>): PullRequest {
  return {
    number: pull.number,
    url: pull.html_url,
    title: pull.title,
    body: pull.body ?? '',
    branch: pull.head.ref,
    commit: pull.head.sha,
    base: pull.base.ref,
    draft: pull.draft ?? false,
    labels: pull.labels.map(({ name }) => name),
    state: pull.merged_at !== null ? 'merged' : pull.state,
    createdAt: pull.created_at,
  };
}
