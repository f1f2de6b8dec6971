import { DEFAULTS, type SentryRequest } from 'sentries-core/task';
import { taskRequest, type TaskContext, type TaskOptions } from '../task-request';

/** The options as in `schema.json`. */
export interface SentryTestOptions extends TaskOptions {
  testPaths?: string[];
  pytestArgs?: string[];
  testTimeout?: number;
}

/** What `sentry-test` is asked, from its options and Nx's context. */
export function sentryTestRequest(options: SentryTestOptions, context: TaskContext): SentryRequest {
  return {
    ...taskRequest(options, context),
    ...(options.testPaths && { testPaths: options.testPaths }),
    pytestArgs: options.pytestArgs ?? DEFAULTS.pytestArgs,
    testTimeout: options.testTimeout ?? DEFAULTS.testTimeout,
  };
}
