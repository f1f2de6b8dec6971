/*
 * The face for tasks: what it takes to run a sentry, and nothing that a green run does not need. Loading the
 * rest would cost a task more than its own work.
 */
export { runSentry } from './sentry/run';
export type { Scope } from './change/scope';
export { DEFAULTS, type Accept, type Mode, type SentryRequest } from './sentry/request';
export { summary } from './report/markdown';
export type { FailureRecord, RunRecord } from './report/run-record';
