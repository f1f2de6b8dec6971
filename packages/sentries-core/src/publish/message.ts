import { inert } from '../report/inline';
import type { FailureRecord, RunRecord } from '../report/run-record';
import { isSentry } from './identity';
import type { Tier } from '../report/tiers';

/** What identifies a commit of ours, besides its tree. */
export interface Trailers {
  readonly sentry: RunRecord['sentry'];
  /** The branch under test. */
  readonly base: string;
  /** The commit that was tested. */
  readonly head: string;
  /** The key of the patch set. */
  readonly key: string;
  /** The projects that the patch set is of. */
  readonly projects: readonly string[];
}

/** Which of how many commits it is. */
export interface Part {
  readonly number: number;
  readonly of: number;
}

const NAMES = {
  sentry: 'Sentry',
  base: 'Base',
  head: 'Head',
  key: 'Key',
  projects: 'Projects',
  part: 'Part',
  tree: 'Tree',
} as const;

/** Entries of a message; the rest is in the pull request. */
const MOST_ENTRIES = 40;
const MOST_CHARS = 300;

/** What is done for whom and why, and whose commit it is; sealed once its tree is known. */
export function commitMessage(
  tier: Tier,
  failures: readonly FailureRecord[],
  { sentry, base, head, key, projects }: Trailers,
  { number, of }: Part,
): string {
  const { length } = failures;
  const tests = `${length} ${length === 1 ? 'test' : 'tests'}`;
  const listed = failures
    .slice(0, MOST_ENTRIES)
    .map(({ id, reason }) => `- ${inert(oneLine(id))}\n  ${inert(oneLine(reason))}`);
  if (length > MOST_ENTRIES) listed.push(`- … and ${length - MOST_ENTRIES} more`);
  return [
    `test: ${SUBJECTS[tier](tests)}`,
    WHY[tier],
    listed.join('\n'),
    [
      trailer('sentry', sentry),
      trailer('base', base),
      trailer('head', head),
      trailer('key', key),
      // A name may have anything in it.
      trailer('projects', JSON.stringify(projects)),
      trailer('part', `${number}/${of}`),
    ].join('\n'),
  ].join('\n\n');
}

const SUBJECTS: Readonly<Record<Tier, (tests: string) => string>> = {
  mechanical: (tests) => `follow the refactored code in ${tests}`,
  explained: (tests) => `expect what the change shows in ${tests}`,
  unexplained: (tests) => `expect what the code does now in ${tests}`,
  generated: (tests) => `repair ${tests} with edits of a model`,
};

const WHY: Readonly<Record<Tier, string>> = {
  mechanical:
    'The code was renamed, moved or given another signature. What the tests\ncheck is untouched.',
  explained: 'An expected value changed, and the change itself shows the new one.',
  unexplained:
    'An expected value changed, and nothing in the change says that it was\nmeant to. Look at these first: the code may be wrong.',
  generated: 'Written by a model, and held to the same checks as all edits.',
};

/** Names the tree of the very commit, so that no other one can pass for it. */
export const sealed = (message: string, tree: string): string =>
  `${message}\n${trailer('tree', tree)}\n`;

/** What a commit of ours says of itself. */
export interface Said extends Trailers {
  readonly part: Part;
  readonly tree: string;
}

/** Reads what a commit says of itself; undefined for a message that is none of ours. */
export function readTrailers(message: string): Said | undefined {
  const last = message.trimEnd().split('\n\n').at(-1)!;
  const lines = last.split('\n');
  const valueOf = (name: keyof typeof NAMES): string | undefined =>
    lines.findLast((line) => line.startsWith(trailer(name, '')))?.slice(trailer(name, '').length);
  const [sentry, base, head] = [valueOf('sentry'), valueOf('base'), valueOf('head')];
  const [key, tree] = [valueOf('key'), valueOf('tree')];
  const [projects, part] = [namesIn(valueOf('projects')), partIn(valueOf('part'))];
  if (!sentry || !isSentry(sentry) || !base || !head || !key || !tree) return undefined;
  return projects && part && { sentry, base, head, key, projects, part, tree };
}

function namesIn(text: string | undefined): string[] | undefined {
  try {
    const names: unknown = JSON.parse(text ?? '');
    return Array.isArray(names) ? names.filter((name) => typeof name === 'string') : undefined;
  } catch {
    return undefined;
  }
}

function partIn(text: string | undefined): Part | undefined {
  const found = /^(\d+)\/(\d+)$/.exec(text ?? '');
  return found ? { number: Number(found[1]), of: Number(found[2]) } : undefined;
}

const trailer = (name: keyof typeof NAMES, value: string): string =>
  `Sentries-${NAMES[name]}: ${value}`;

function oneLine(text: string): string {
  const flat = inert(text.replace(/[\0-\x1f\x7f\s]+/g, ' ').trim());
  return flat.length > MOST_CHARS ? `${flat.slice(0, MOST_CHARS - 1)}…` : flat;
}
