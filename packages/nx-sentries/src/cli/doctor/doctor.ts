import {
  ADDRESSES,
  readAddress,
  UsageError,
  type ChatProgress,
  type Effective,
} from 'sentries-core';
import { currentSettings, workspaceFolder } from '../current-settings';
import { failed, type Check } from './check';
import { modelChecks } from './models';
import type { FormatTrial } from './trials';
import { workspaceChecks } from './workspace';

/** What `sentries doctor` says, as it prints it with `--json`. */
export interface Diagnosis {
  /** False where something is broken that is needed. */
  readonly healthy: boolean;
  readonly checks: readonly Check[];
  /** The settings in force, and where each comes from; secrets without their value. */
  readonly settings: Effective['origins'];
  /** How the patch model did in each format; empty where it was not asked. */
  readonly formats: readonly FormatTrial[];
}

export interface Watcher {
  readonly onCheck: (check: Check) => void;
  readonly onProgress: (phase: string, progress: ChatProgress) => void;
}

/** Looks at everything that a run needs, one thing after the other. */
export async function diagnose(signal: AbortSignal, watcher: Watcher): Promise<Diagnosis> {
  const checks: Check[] = [];
  const take = (check: Check): void => {
    checks.push(check);
    watcher.onCheck(check);
  };
  for await (const check of workspaceChecks(workspaceFolder())) take(check);
  signal.throwIfAborted();
  const { effective, check } = await settingsCheck();
  take(check);
  let formats: readonly FormatTrial[] = [];
  if (effective) {
    const { settings } = effective;
    const onTrials = (trials: readonly FormatTrial[]): void => void (formats = trials);
    const { onProgress } = watcher;
    for await (const one of modelChecks({ settings, signal, onProgress, onTrials })) take(one);
  } else {
    take({
      id: 'server',
      status: 'skipped',
      seen: 'not asked, because the settings are not known',
    });
  }
  return {
    healthy: checks.every(({ status }) => status !== 'failed'),
    checks,
    settings: effective ? shown(effective.origins) : [],
    formats,
  };
}

async function settingsCheck(): Promise<{ effective?: Effective; check: Check }> {
  try {
    const effective = await currentSettings();
    const sources = new Set(effective.origins.map(({ source }) => source));
    const seen = `from ${[...sources].sort().join(', ')}`;
    return { effective, check: { id: 'settings', status: 'ok', seen } };
  } catch (error) {
    if (error instanceof UsageError) return { check: failed('settings', error) };
    throw error;
  }
}

/** Addresses without their passwords. */
function shown(origins: Effective['origins']): Effective['origins'] {
  return origins.map((origin) =>
    ADDRESSES.has(origin.key)
      ? { ...origin, value: readAddress(String(origin.value)).shown }
      : origin,
  );
}
