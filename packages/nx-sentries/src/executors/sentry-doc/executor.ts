import type { ExecutorContext } from '@nx/devkit';
import { runDocSentry } from 'sentries-core/task';
import { ended } from '../terminal-report';
import { sentryDocRequest, type SentryDocOptions } from './request';

/** Nx's context in, a core request out; the core does the rest. */
export default async function sentryDoc(
  options: SentryDocOptions,
  context: ExecutorContext,
): Promise<{ success: boolean }> {
  return ended(await runDocSentry(sentryDocRequest(options, context)), options);
}
