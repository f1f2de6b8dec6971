import {
  endpointSettings,
  ModelError,
  openEndpoint,
  SentryError,
  type Endpoint,
  type ModelInfo,
} from 'sentries-core';
import { currentSettings } from '../current-settings';
import { interruptible } from '../interruptible';
import { modelsInUse, type Use } from './used-as';

/** What `sentries models list` says, as it prints it with `--json`. */
export interface ModelList {
  /** Without user, password or query. */
  readonly server: string;
  readonly api: Endpoint['api'];
  readonly models: readonly (ModelInfo & { readonly usedAs: readonly Use[] })[];
  /** Models that are set, and that the server does not have. */
  readonly missing: readonly {
    readonly name: string;
    readonly usedAs: readonly Use[];
    /** What to do about it. */
    readonly hint: string;
  }[];
}

/** @throws ModelError where no model server answers; UsageError for settings that are none. */
export async function listModels(): Promise<ModelList> {
  const { settings } = await currentSettings();
  const stopped = new SentryError('stopped', 'Run it again when you want its answer.');
  return interruptible(stopped, async (signal) => {
    const endpoint = await openEndpoint(endpointSettings(settings.model), signal);
    const there = await endpoint.models(signal);
    const inUse = new Map<string, Use[]>();
    const missing: ModelList['missing'][number][] = [];
    for (const [name, usedAs] of modelsInUse(settings)) {
      try {
        const info = await endpoint.show(name, signal);
        inUse.set(info.name, [...(inUse.get(info.name) ?? []), ...usedAs]);
      } catch (error) {
        if (!(error instanceof ModelError) || error.kind !== 'missing-model') throw error;
        missing.push({ name, usedAs, hint: error.hint });
      }
    }
    const models = there.map(async (info) => ({
      ...info,
      contextTokens: await contextOf(info, endpoint, signal),
      usedAs: inUse.get(info.name) ?? [],
    }));
    const { address, api } = endpoint;
    return { server: address.shown, api, models: await Promise.all(models), missing };
  });
}

/** Ollama tells it of one model at a time. What can't be told of one is no reason to show none. */
async function contextOf(
  { name, contextTokens }: ModelInfo,
  endpoint: Endpoint,
  signal: AbortSignal,
): Promise<number | null> {
  if (contextTokens !== null || endpoint.api !== 'ollama') return contextTokens;
  return endpoint.show(name, signal).then(
    (info) => info.contextTokens,
    (error: unknown) => {
      if (signal.aborted) throw error;
      return null;
    },
  );
}
