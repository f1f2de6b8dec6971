import type { ExecutorContext } from '@nx/devkit';
import { DEFAULTS, runSentry, type SentryRequest } from 'sentries-core/task';
import { taskRequest, type TaskOptions } from '../task-request';
import { ended } from '../terminal-report';

/** The options as in `schema.json`. */
export interface SentryTestOptions extends TaskOptions {
  testPaths?: string[];
  pytestArgs?: string[];
  testTimeout?: number;
}

/** Nx's context in, a core request out; the core does the rest. */
export default async function sentryTest(
  options: SentryTestOptions,
  context: ExecutorContext,
): Promise<{ success: boolean }> {
  return ended(await runSentry(requestOf(options, context)), options);
}

function requestOf(options: SentryTestOptions, context: ExecutorContext): SentryRequest {
  return {
    ...taskRequest(options, context),
    ...(options.testPaths && { testPaths: options.testPaths }),
    pytestArgs: options.pytestArgs ?? [],
    testTimeout: options.testTimeout ?? DEFAULTS.testTimeout,
  };
}
