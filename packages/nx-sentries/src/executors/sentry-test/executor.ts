import type { ExecutorContext } from '@nx/devkit';
import { runSentry } from 'sentries-core/task';
import { ProgressLine } from '../../cli/progress-line';
import { ended } from '../terminal-report';
import { sentryTestRequest, type SentryTestOptions } from './request';

/** Nx's context in, a core request out; the core does the rest. */
export default async function sentryTest(
  options: SentryTestOptions,
  context: ExecutorContext,
): Promise<{ success: boolean }> {
  const shown = process.stdout.isTTY
    ? { progress: progressOn(new ProgressLine(process.stdout)) }
    : {};
  const request = { ...sentryTestRequest(options, context), ...shown };
  return ended(await runSentry(request), options);
}

const progressOn =
  (shown: ProgressLine) =>
  (line: string): void =>
    line === '' ? shown.clear() : shown.show(line);
