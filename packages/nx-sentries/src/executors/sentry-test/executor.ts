import type { ExecutorContext } from '@nx/devkit';
import { runSentry } from 'sentries-core/task';
import { ended } from '../terminal-report';
import { sentryTestRequest, type SentryTestOptions } from './request';

/** Nx's context in, a core request out; the core does the rest. */
export default async function sentryTest(
  options: SentryTestOptions,
  context: ExecutorContext,
): Promise<{ success: boolean }> {
  return ended(await runSentry(sentryTestRequest(options, context)), options);
}
