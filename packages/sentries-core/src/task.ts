/*
 * The face for tasks: what it takes to run a sentry, and nothing that a green run does not need. Loading the
 * rest would cost a task more than its own work.
 */
import type { RunRecord } from './report/run-record';
import type { DocRequest } from './sentry/request';

export { runSentry } from './sentry/run';
export type { Scope } from './change/scope';
export {
  DEFAULTS,
  type Accept,
  type DocRequest,
  type Mode,
  type SentryRequest,
  type ModelTaskRequest,
  type TaskRequest,
} from './sentry/request';
export { summary } from './report/view';
export type { FailureRecord, RunRecord } from './report/run-record';

/** Loaded when it is asked for: it reads texts by grammars of their own. */
export async function runDocSentry(request: DocRequest): Promise<RunRecord> {
  const { runDocSentry: run } = await import('./sentry/doc-sentry.js');
  return run(request);
}
