import type { PullRequest } from './forge/forge';
import { GENERATED_LABEL, IDENTITIES, LABEL, type SentryName } from './identity';
import type { Metadata } from './metadata';

/** A branch of ours by its name, and whether all on it is ours by its commits. */
export interface KnownBranch {
  readonly name: string;
  readonly tip: string;
  readonly ours: boolean;
  /** The branch it was made for, the key of its patch, and the projects that it is of; as far as its commits say so. */
  readonly base?: string;
  readonly key?: string;
  readonly projects?: readonly string[];
}

/** An open pull request for the branch under test. */
export interface OpenPull {
  readonly pull: PullRequest;
  /** Undefined where its branch is gone. */
  readonly branch: KnownBranch | undefined;
  readonly metadata: Metadata | undefined;
}

/** What is there now, as far as it matters to one sentry and one branch under test. */
export interface Actual {
  readonly open: readonly OpenPull[];
  /** Branches of ours, made for the branch under test, from which no pull request is open or was turned down. */
  readonly orphans: readonly KnownBranch[];
  /** Pull requests of this sentry: open for whatever branch, and opened within the last hour. */
  readonly openAnywhere: number;
  readonly openedThisHour: number;
}

/** What should be there; null where no patch is needed. */
export interface Wanted {
  /** A name that is free, or that a branch of ours has. */
  readonly branch: string;
  readonly key: string;
  readonly isGenerated: boolean;
}

export interface Limits {
  readonly maxOpen: number;
  readonly maxPerHour: number;
}

export type Step =
  | { readonly do: 'push'; readonly branch: string; readonly expected: string | undefined }
  | { readonly do: 'open'; readonly branch: string }
  | { readonly do: 'update'; readonly number: number }
  | {
      readonly do: 'label';
      readonly number: number;
      readonly add: readonly string[];
      readonly remove: readonly string[];
    }
  /** Said once: a comment with the mark is not written again. */
  | { readonly do: 'say'; readonly number: number; readonly mark: string; readonly text: string }
  | { readonly do: 'close'; readonly number: number; readonly body: string; readonly why: string }
  | { readonly do: 'delete'; readonly branch: string; readonly expected: string };

export type Outcome =
  'opened' | 'updated' | 'unchanged' | 'frozen' | 'closed' | 'limited' | 'nothing';

/** The next steps, in their order, to make what is there what should be there; none where it is. */
export interface Plan {
  readonly outcome: Outcome;
  readonly steps: readonly Step[];
  /** The pull request that stays. */
  readonly pull: PullRequest | undefined;
}

/**
 * Plans how the one pull request of a sentry and a branch comes to be as it should. Pure. Of several
 * (two publishers may have met) one stays.
 */
export function plan(
  sentry: SentryName,
  actual: Actual,
  wanted: Wanted | null,
  limits: Limits,
): Plan {
  const kept = keptOf(actual.open);
  const others = actual.open.filter((one) => one !== kept);
  const twins = others.filter(isOurs).flatMap((other) => [
    {
      do: 'say',
      number: other.pull.number,
      mark: 'twin',
      text: `#${kept!.pull.number} is the same for this branch, and stays.`,
    } as const,
    ...ending(other, `twin of #${kept!.pull.number}`),
  ]);
  const stale = actual.orphans
    .filter(({ name }) => name !== wanted?.branch)
    .map(({ name, tip }) => ({ do: 'delete', branch: name, expected: tip }) as const);
  const tidy = [...twins, ...stale];
  if (!kept) return opening(actual, wanted, limits, tidy);
  const staying = { pull: kept.pull };
  if (!isOurs(kept)) {
    return { ...staying, outcome: 'frozen', steps: [frozen(kept.pull.number), ...tidy] };
  }
  if (!wanted) return { ...staying, outcome: 'closed', steps: [...closing(sentry, kept), ...tidy] };
  const steps = updating(sentry, kept, wanted);
  const isDone = steps.length === 0;
  return { ...staying, outcome: isDone ? 'unchanged' : 'updated', steps: [...steps, ...tidy] };
}

/** The one that stays: what a person has committed to, else the oldest. */
export function keptOf(open: readonly OpenPull[]): OpenPull | undefined {
  return open.toSorted(
    (a, b) => Number(isOurs(a)) - Number(isOurs(b)) || a.pull.number - b.pull.number,
  )[0];
}

/** A branch that is gone can hold nothing of a person. */
const isOurs = ({ branch }: OpenPull): boolean => branch?.ours ?? true;

function opening(
  actual: Actual,
  wanted: Wanted | null,
  limits: Limits,
  tidy: readonly Step[],
): Plan {
  const none = { pull: undefined };
  if (!wanted) return { ...none, outcome: 'nothing', steps: tidy };
  if (actual.openAnywhere >= limits.maxOpen || actual.openedThisHour >= limits.maxPerHour)
    return { ...none, outcome: 'limited', steps: tidy };
  const there = actual.orphans.find(({ name }) => name === wanted.branch);
  const isPushed = there?.key === wanted.key;
  const push = { do: 'push', branch: wanted.branch, expected: there?.tip } as const;
  const steps: Step[] = [
    ...(isPushed ? [] : [push]),
    { do: 'open', branch: wanted.branch },
    ...tidy,
  ];
  return { ...none, outcome: 'opened', steps };
}

function updating(
  sentry: SentryName,
  { pull, branch, metadata }: OpenPull,
  wanted: Wanted,
): Step[] {
  const { number, labels } = pull;
  const steps: Step[] = [];
  if (branch?.key !== wanted.key)
    steps.push({ do: 'push', branch: pull.branch, expected: branch?.tip });
  const isTold =
    metadata?.key === wanted.key && metadata.base === pull.base && metadata.ended === null;
  if (!isTold) steps.push({ do: 'update', number });
  const all = labelsOf(sentry, wanted.isGenerated);
  // Who takes single labels away means it. Without any, whoever opened it came no further.
  const isUnlabelled = !all.some((label) => labels.includes(label));
  if (steps.length > 0 || isUnlabelled) {
    const add = all.filter((label) => !labels.includes(label));
    const extra = [
      IDENTITIES[sentry].labels.noop,
      ...(wanted.isGenerated ? [] : [GENERATED_LABEL]),
    ];
    const remove = extra.filter((label) => labels.includes(label));
    if (add.length + remove.length > 0) steps.push({ do: 'label', number, add, remove });
  }
  return steps;
}

/** The labels of a pull request with a patch. */
function labelsOf(sentry: SentryName, isGenerated: boolean): string[] {
  const { labels } = IDENTITIES[sentry];
  return [LABEL, labels.sentry, labels.done, ...(isGenerated ? [GENERATED_LABEL] : [])];
}

function closing(sentry: SentryName, one: OpenPull): Step[] {
  const { number, labels } = one.pull;
  const { done, noop } = IDENTITIES[sentry].labels;
  const remove = labels.filter((label) => label === done);
  return [
    {
      do: 'say',
      number,
      mark: 'closed',
      text: 'None of these edits is needed any longer: the sentry ran again, and nothing is out of step.',
    },
    { do: 'label', number, add: [noop], remove },
    ...ending(one, 'no longer needed'),
  ];
}

function ending({ pull, branch }: OpenPull, why: string): Step[] {
  const { number, body } = pull;
  const steps: Step[] = [{ do: 'close', number, body, why }];
  if (branch) steps.push({ do: 'delete', branch: branch.name, expected: branch.tip });
  return steps;
}

function frozen(number: number): Step {
  return {
    do: 'say',
    number,
    mark: 'frozen',
    text:
      'Somebody else has committed to this branch. The sentry leaves it alone from now on: it is yours. ' +
      'Close it if you do not want it; it is not opened again for the same edits.',
  };
}
