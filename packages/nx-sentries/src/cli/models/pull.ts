import {
  endpointSettings,
  ModelError,
  openEndpoint,
  SentryError,
  type Endpoint,
  type ModelInfo,
  type PullProgress,
} from 'sentries-core';
import { currentSettings } from '../current-settings';
import { interruptible } from '../interruptible';
import { ProgressLine } from '../progress-line';
import { modelsInUse } from './used-as';

/** What `sentries models pull` has done, as it prints it with `--json`. */
export interface Pulled {
  /** Without user, password or query. */
  readonly server: string;
  readonly pulled: readonly ModelInfo[];
  /** Models that are set, and that were there already. */
  readonly there: readonly ModelInfo[];
}

/**
 * Has the server fetch a model, or all that are set and not there. A model that is named is asked for although it
 * is there: it may have become newer.
 *
 * @throws UsageError where the server can't be told to; ModelError for everything that it fails with.
 */
export async function pullModels(name: string | undefined): Promise<Pulled> {
  const { settings } = await currentSettings();
  const stopped = new SentryError('stopped', 'Run it again to go on: what was fetched is kept.');
  const line = new ProgressLine();
  return interruptible(stopped, async (signal) => {
    const endpoint = await openEndpoint(endpointSettings(settings.model), signal);
    const pulled: ModelInfo[] = [];
    const there: ModelInfo[] = [];
    for (const model of name === undefined ? modelsInUse(settings).keys() : [name]) {
      const known = name === undefined ? await tryShow(endpoint, model, signal) : null;
      if (known !== null) {
        there.push(known);
        continue;
      }
      try {
        await endpoint.pull(model, signal, (progress) => line.show(progressText(model, progress)));
      } finally {
        line.clear();
      }
      pulled.push(await endpoint.show(model, signal));
    }
    return { server: endpoint.address.shown, pulled, there };
  });
}

async function tryShow(
  endpoint: Endpoint,
  model: string,
  signal: AbortSignal,
): Promise<ModelInfo | null> {
  try {
    return await endpoint.show(model, signal);
  } catch (error) {
    if (error instanceof ModelError && error.kind === 'missing-model') return null;
    throw error;
  }
}

function progressText(model: string, { status, completed, total }: PullProgress): string {
  const share =
    completed !== null && total !== null && total > 0
      ? ` ${String(Math.floor((completed / total) * 100))} %`
      : '';
  return `${model}: ${status}${share}`;
}
