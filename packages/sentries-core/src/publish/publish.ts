import { setTimeout } from 'node:timers/promises';
import type { Settings } from '../config/settings';
import { PatchError, RepositoryError, type SentryError } from '../errors';
import type { Repository } from '../git/repository';
import { ownership } from './ownership';
import { compositionOf, type Composition } from './composition';
import { ForgeError } from './forge/forge-error';
import type { Forge, PullRequest } from './forge/forge';
import { branchName, sentryOf, type SentryName } from './identity';
import { observe } from './observe';
import type { Run } from './runs';
import { perform } from './perform';
import { keptOf, plan, type Outcome, type Plan, type Step } from './plan';
import type { Remote } from './remote';
import { RemoteError } from './remote-error';
import { broughtTo, type Brought } from './wanted';

/** What it takes to publish the runs of one sentry for one branch. */
export interface PublishRequest {
  readonly repository: Repository;
  readonly remote: Remote;
  readonly forge: Forge;
  readonly settings: Settings['publish'];
  readonly sentry: SentryName;
  /** All runs of the sentry, those without a patch too. */
  readonly runs: readonly Run[];
  /** The branch that was tested. */
  readonly branch: string;
  /** Plan only. */
  readonly isDry?: boolean;
  readonly now?: () => Date;
}

export interface Published {
  readonly sentry: SentryName;
  /**
   * `outdated`: the branch went on, and its newest commit is for another run. `own`: the branch is one of ours.
   */
  readonly outcome: Outcome | 'outdated' | 'own';
  readonly pull: Pick<PullRequest, 'number' | 'url'> | null;
  /** For people: what is behind the outcome. */
  readonly says: string;
  readonly steps: readonly Step['do'][];
}

/** So often what is there is looked at until nothing is left to do, and so often others may be faster. */
const ROUNDS = 8;
const LOSSES = 3;
/** Milliseconds, more after each loss. */
const PAUSE = 300;

/**
 * Brings the one pull request of a sentry and a branch to where it should be: looks, plans, acts, and looks again
 * until nothing is left to do. Whatever ends it half-way, the next call goes on from there.
 *
 * @throws PatchError where artifacts do not fit the branch.
 * @throws ForgeError, RemoteError where a server says no.
 */
export async function publish(request: PublishRequest): Promise<Published> {
  const { repository, remote, sentry, branch } = request;
  const own = (says: string): Published => ({
    sentry,
    outcome: 'own',
    pull: null,
    says,
    steps: [],
  });
  if (sentryOf(branch)) return own(`${branch} is a branch of ours`);
  if ((await ownership(repository, await newestCommit(request))).ours)
    return own(`the newest commit of ${branch} is ours`);
  try {
    return await converge(request);
  } catch (error) {
    if (!(error instanceof PatchError)) throw error;
    const [tip, tested] = [await newestCommit(request), await repository.commit('HEAD')];
    if (tested === tip) throw error;
    if (await repository.isAncestor(tested, tip))
      return { sentry, outcome: 'outdated', pull: null, says: OUTDATED, steps: [] };
    if (!(await repository.isAncestor(tip, tested))) throw error;
    throw new PatchError(
      `what is checked out has commits that ${branch} at ${remote.url} has not, in what was tested`,
      'Push them first. In GitHub Actions, check out the head of the pull request itself, not its merge: ' +
        'ref: ${{ github.event.pull_request.head.sha }} at actions/checkout.',
    );
  }
}

const OUTDATED =
  'the branch went on meanwhile, in what was tested: its newest commit is for another run';

/**
 * The newest commit of the branch that was tested, brought here.
 *
 * @throws RepositoryError where there is no such branch.
 */
async function newestCommit({ remote, branch }: PublishRequest): Promise<string> {
  const tip = await remote.tip(branch);
  if (tip === undefined) {
    throw new RepositoryError(
      `there is no branch ${branch} at ${remote.url}`,
      'Push it first, or name another one (--branch).',
    );
  }
  await remote.fetch([tip]);
  return tip;
}

async function converge(request: PublishRequest): Promise<Published> {
  const progress: Progress = { done: [], first: undefined, opened: undefined };
  let losses = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    try {
      const view = await look(request, progress.opened);
      if (await isAtRest(request, view, progress))
        return publishedOf(request.sentry, view, progress);
    } catch (error) {
      // Somebody was faster, or the line broke after the work was done: what is there now tells.
      losses += 1;
      if (!isLost(error) || losses > LOSSES) throw error;
      await setTimeout(losses * PAUSE);
    }
  }
  throw new ForgeError(
    'conflict',
    `the pull request for ${request.branch} does not come to rest`,
    'Look whether something else changes it, and publish again.',
  );
}

/** What was done so far, over all rounds. */
interface Progress {
  readonly done: Step['do'][];
  /** The first plan that had something to do. */
  first: Plan | undefined;
  opened: PullRequest | undefined;
}

/** Carries out what is left to do; true where nothing was. */
async function isAtRest(request: PublishRequest, view: View, progress: Progress): Promise<boolean> {
  const { plan, composition } = view;
  if (progress.first === undefined || progress.first.outcome === 'unchanged') progress.first = plan;
  if (request.isDry) {
    progress.done.push(...plan.steps.map((step) => step.do));
    return true;
  }
  let isRest = true;
  for (const step of plan.steps) {
    const did = await perform({ ...request, composition }, step);
    if (did === false) continue;
    isRest = false;
    progress.done.push(step.do);
    if (did !== true) progress.opened = did;
  }
  return isRest;
}

const isLost = (error: unknown): error is SentryError =>
  (error instanceof ForgeError && (error.kind === 'conflict' || error.kind === 'unreachable')) ||
  (error instanceof RemoteError && (error.kind === 'stale' || error.kind === 'unreachable'));

/** What is there, what should be there, and the steps between. */
interface View {
  readonly plan: Plan;
  readonly brought: Brought;
  readonly composition: Composition | undefined;
}

/** @param opened What this very call has opened: a list may not have it yet. */
async function look(request: PublishRequest, opened: PullRequest | undefined): Promise<View> {
  const { repository, remote, forge, sentry, branch, runs, settings } = request;
  const now = request.now?.() ?? new Date();
  const scene = await observe(repository, remote, forge, sentry, branch, now, opened);
  // After the scene: what others have published there can't be for a newer commit.
  const tip = await newestCommit(request);
  const kept = keptOf(scene.open);
  const brought = await broughtTo(repository, tip, sentry, runs, kept, scene.rejected);
  const { set, unknown } = brought;
  if (!set && unknown.length > 0) {
    const resting: Plan = { outcome: 'unchanged', steps: [], pull: kept?.pull };
    return { plan: resting, brought, composition: undefined };
  }
  const usual = branchName(sentry, tip, await repository.commitTime(tip));
  const name = kept?.pull.branch ?? freeName(usual, scene.taken);
  const beside = runs.filter(({ record }) => !record.patch);
  const composition =
    set && (await compositionOf(repository, set, sentry, name, branch, beside, settings));
  const wanted = composition
    ? { branch: name, key: composition.metadata.key, isGenerated: composition.isGenerated }
    : null;
  return { plan: plan(sentry, scene, wanted, settings), brought, composition };
}

/** A name that nobody has: the usual one, else with a number. */
function freeName(name: string, taken: ReadonlySet<string>): string {
  for (let number = 2, tried = name; ; number += 1) {
    if (!taken.has(tried)) return tried;
    tried = `${name}-${number}`;
  }
}

function publishedOf(
  sentry: SentryName,
  { plan: { pull: kept }, brought: { rejected, unknown } }: View,
  { first, done }: Progress,
): Published {
  const outcome = first!.outcome;
  const notes = [SAYS[outcome]];
  if (rejected > 0) notes.push(`turned down before, and left out: ${rejected}`);
  if (unknown.length > 0) notes.push(`not run again: ${unknown.join(', ')}`);
  const pull = kept ?? first!.pull;
  return {
    sentry,
    outcome,
    pull: pull ? { number: pull.number, url: pull.url } : null,
    says: notes.join('; '),
    steps: done,
  };
}

const SAYS: Readonly<Record<Outcome, string>> = {
  opened: 'opened',
  updated: 'updated in place',
  unchanged: 'it is as it should be',
  frozen: 'somebody else has committed to it: it is left alone',
  closed: 'its edits are no longer needed: closed',
  limited: 'as many pull requests are open, or were opened within the hour, as the settings allow',
  nothing: 'there is nothing to publish',
};
