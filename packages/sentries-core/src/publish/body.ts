import { code, inert, prose } from '../report/inline';
import type { FailureRecord, RunRecord } from '../report/run-record';
import { verifiedBy } from '../report/verified';
import type { Face } from './forge/forge';
import { hidden, type Metadata } from './metadata';

/** What a pull request tells: runs with their patches, and the runs beside them that have none. */
export interface Story {
  readonly metadata: Metadata;
  readonly records: readonly RunRecord[];
}

/**
 * GitHub takes 65,536 characters. A little is left over for what a person may add.
 * https://github.com/orgs/community/discussions/27190
 */
const SIZE = 64_000;
/** Of these, what the artifacts in the metadata may take. */
const CARRIED_SIZE = 24_000;

/**
 * Title and body of a pull request, for the person who reviews it. Where there is too much to tell, rows are left
 * out and counted; the metadata then go without the artifacts.
 */
export function faceOf({ metadata, records }: Story): Face {
  const repaired = records.flatMap(({ project, failures, patch }) =>
    patch ? failures.filter(isRepaired).map((failure) => ({ project, failure })) : [],
  );
  const projects = records.filter(({ patch }) => patch).map(({ project }) => project);
  const kept = hidden(metadata).length > CARRIED_SIZE ? { ...metadata, runs: [] } : metadata;
  const rest = [...ending(metadata, records), '', hidden(kept)].join('\n');
  const top = [...opening(metadata, records), ''].join('\n');
  const rows = repaired.map(({ project, failure }) => row(project, failure));
  return {
    title: titleOf(metadata.sentry, repaired.length, projects),
    body: [top, ...table(rows, SIZE - top.length - rest.length), '', rest].join('\n'),
  };
}

const isRepaired = ({ outcome }: FailureRecord): boolean => outcome === 'repaired';

function titleOf(sentry: Metadata['sentry'], count: number, projects: readonly string[]): string {
  const [one, many] = sentry === 'sentry-test' ? ['test', 'tests'] : ['passage', 'passages'];
  const what = `${sentry === 'sentry-test' ? 'test' : 'docs'}: bring ${count} ${count === 1 ? one : many}`;
  const named = projects.slice(0, 3).join(', ');
  const where = projects.length > 3 ? `${named} and ${projects.length - 3} more` : named;
  // GitHub takes 256 characters, on one line.
  return inert(`${what} of ${where} in step with the code`).replace(/\s+/g, ' ').slice(0, 250);
}

function opening({ sentry, base, head }: Metadata, records: readonly RunRecord[]): string[] {
  const lines: string[] = [];
  const suspected = records.flatMap(({ project, failures }) =>
    failures
      .filter(({ outcome }) => outcome === 'suspected-regression')
      .map((failure) => ({ project, failure })),
  );
  if (suspected.length > 0) {
    lines.push('### Suspected regressions: the code may be wrong', '');
    lines.push('These stay red. Nothing in this pull request touches them.', '');
    const listed = some(suspected, ({ project, failure }) => [
      `- ${short(failure.id)} (${text(project)}): ${text(failure.reason)}`,
      ...failure.suspects
        .slice(0, 2)
        .map(
          (suspect) =>
            `  - ${short(`${suspect.file}:${suspect.line}`)} ${short(suspect.text.trim())}`,
        ),
    ]);
    lines.push(...listed, '');
  }
  const what = sentry === 'sentry-test' ? 'tests' : 'docs';
  lines.push(
    `The code on ${code(base)} changed, and these ${what} did not. Each edit follows from that change; ` +
      `all of them were verified together ${sentry === 'sentry-test' ? 'in an isolated copy of' : 'on'} commit ${code(head.slice(0, 12))}.`,
  );
  return lines;
}

const SHOWN = 20;

/** The lines of the first of many, and how many are left out. */
function some<T>(all: readonly T[], linesOf: (one: T) => readonly string[]): string[] {
  const lines = all.slice(0, SHOWN).flatMap(linesOf);
  return all.length > SHOWN ? [...lines, `- … and ${all.length - SHOWN} more`] : lines;
}

/** As many rows as there is room for; the rest is counted. */
function table(rows: readonly string[], room: number): string[] {
  const lines = [
    '| where | what changed in the code | what the patch changes | tier | why |',
    '| --- | --- | --- | --- | --- |',
  ];
  let used = lines.join('\n').length + 200;
  for (const [index, line] of rows.entries()) {
    used += line.length + 1;
    if (used > room) {
      const left = rows.length - index;
      lines.push('', `… and ${left} more, which the artifacts of the run tell of (report.md).`);
      break;
    }
    lines.push(line);
  }
  return lines;
}

function row(project: string, failure: FailureRecord): string {
  const { id, evidence, edits, tier, strategy, reason } = failure;
  const changed = evidence.map(
    ({ file, line, text: source }) => `${cell(`${file}:${line}`)} ${cell(source.trim())}`,
  );
  const edited = edits.map(
    ({ file, line, before, after }) =>
      `${cell(`${file}:${line}`)} ${cell(before)} → ${cell(after)}`,
  );
  const cells = [
    `${cell(id)}<br>${bars(text(project))}`,
    few(changed),
    few(edited),
    `${tier ?? ''}<br>${cell(strategy ?? '')}`,
    bars(text(reason)),
  ];
  return `| ${cells.join(' | ')} |`;
}

/** A reviewer sees the rest in the diff. */
function few(parts: readonly string[]): string {
  const shown = parts.slice(0, 4);
  if (parts.length > 4) shown.push(`… and ${parts.length - 4} more`);
  return shown.join('<br>');
}

/** A bar ends a table's cell, even inside of code. */
const bars = (source: string): string => source.replaceAll('|', '\\|');
const cell = (source: string): string => bars(short(source));

/** Code, cut where parameters or values make it long. */
const short = (source: string): string =>
  code(source.length > 160 ? `${source.slice(0, 157)}…` : source);

const text = (source: string): string =>
  inert(prose(source.length > 600 ? `${source.slice(0, 597)}…` : source));

function ending(metadata: Metadata, records: readonly RunRecord[]): string[] {
  const { sentry, head, base, key } = metadata;
  const withPatch = records.filter(({ patch }) => patch);
  const lines = ['### Verification', ''];
  const verified = some(withPatch, ({ project, verification }) =>
    verification ? [`- ${text(project)}: ${verifiedBy(verification)}`] : [],
  );
  lines.push(...verified);
  const left = records.flatMap(({ project, failures }) =>
    failures
      .filter(({ outcome }) => outcome === 'unrepaired' || outcome === 'flaky')
      .map(({ id, outcome, reason }) => ({ project, id, outcome, reason })),
  );
  if (left.length > 0) {
    const listed = some(left, ({ project, id, outcome, reason }) => [
      `- ${short(id)} (${text(project)}), ${outcome}: ${text(reason)}`,
    ]);
    lines.push('', '### Left as they are', '', ...listed);
  }
  lines.push('', '### To see it for yourself', '', '```sh', `git switch --detach ${head}`);
  for (const { project, target, base: from } of withPatch.slice(0, SHOWN)) {
    const task = `${project}:${target}`;
    // Others may copy this into a shell.
    if (/^[\w@/.:+-]+$/.test(task))
      lines.push(`NX_BASE=${from ?? ''} NX_HEAD=${head} npx nx run ${task}`);
  }
  lines.push(
    '```',
    '',
    'As soon as somebody else commits to this branch, the sentry leaves it alone. Closed, it is not opened again ' +
      'for the same edits.',
    '',
    '<details><summary>Metadata</summary>',
    '',
    `- sentry: ${sentry}`,
    `- tested: ${head} on ${code(base)}`,
    `- patch: ${key}`,
    '- projects:',
    ...some(withPatch, ({ project }) => [`  - ${text(project)}`]),
    '',
    '</details>',
  );
  return lines;
}
