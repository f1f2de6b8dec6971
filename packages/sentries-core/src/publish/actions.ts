import { appendFile } from 'node:fs/promises';
import { inert } from '../report/inline';
import { markdownReport } from '../report/markdown';
import type { RunRecord } from '../report/run-record';
import type { Published } from './publish';
import type { Run } from './runs';

type Environment = Readonly<Record<string, string | undefined>>;

/** True where GitHub Actions runs us. */
export const isInActions = (environment: Environment): boolean =>
  environment['GITHUB_ACTIONS'] === 'true';

/** A step's summary may have a mebibyte: https://docs.github.com/en/actions/reference/workflow-commands */
const SUMMARY = 900_000;
/** More annotations of a step are dropped. */
const ANNOTATIONS = 10;

/**
 * Tells GitHub Actions of runs: the summary of the step, annotations on failing lines, and outputs of the step
 * (`result`, `pull-request-url`).
 *
 * @returns the workflow commands, for the standard output.
 */
export async function tellActions(
  runs: readonly Run[],
  published: readonly Published[],
  environment: Environment,
): Promise<string> {
  const { GITHUB_STEP_SUMMARY: summary, GITHUB_OUTPUT: output } = environment;
  const records = runs.map(({ record }) => record);
  const url = published.find(({ pull }) => pull)?.pull?.url ?? '';
  const outputs = { result: worstResult(records), 'pull-request-url': url };
  if (summary) await append(summary, summaryOf(records));
  if (output) {
    const lines = Object.entries(outputs).map(([name, value]) => `${name}=${flat(value)}\n`);
    await append(output, lines.join(''));
  }
  return annotations(records).join('');
}

/** For want of a nicety nothing fails. */
const append = (file: string, text: string): Promise<void> =>
  appendFile(file, text).catch(() => undefined);

function summaryOf(records: readonly RunRecord[]): string {
  let text = '';
  for (const record of records) {
    const report = inert(`${markdownReport(record)}\n`);
    if (Buffer.byteLength(text + report) > SUMMARY)
      return `${text}\n… the rest is in the artifacts.\n`;
    text += report;
  }
  return text;
}

/** An error on the line of each failure that stays, suspected regressions first, with what makes it one. */
export function annotations(records: readonly RunRecord[]): string[] {
  const red = records
    .flatMap(({ failures }) => failures)
    .filter(({ outcome }) => outcome !== 'repaired')
    .toSorted((a, b) => rank(a.outcome) - rank(b.outcome));
  return red.slice(0, ANNOTATIONS).map(({ id, outcome, reason, place }) => {
    const properties = [
      ...(place ? [`file=${property(place.file)}`, `line=${place.line}`] : []),
      `title=${property(`${outcome}: ${id}`)}`,
    ];
    const level = outcome === 'flaky' ? 'warning' : 'error';
    return `::${level} ${properties.join(',')}::${data(reason)}\n`;
  });
}

const rank = (outcome: string): number => (outcome === 'suspected-regression' ? 0 : 1);

function worstResult(records: readonly RunRecord[]): RunRecord['result'] {
  const order = ['error', 'unrepaired', 'partial', 'repaired', 'green'] as const;
  return order.find((result) => records.some((record) => record.result === result)) ?? 'green';
}

const flat = (text: string): string => text.replace(/[\r\n]+/g, ' ');
// As the runner itself writes them: percent, line ends, and in properties the separators.
const data = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
