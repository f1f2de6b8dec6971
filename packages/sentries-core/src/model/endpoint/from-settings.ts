import { resolve } from 'node:path';
import type { Settings } from '../../config/settings';
import type { EndpointSettings } from './settings';

/** Where models are asked, out of the settings in force. */
export function endpointSettings(model: Settings['model']): EndpointSettings {
  const { base, api, apiKey, contextTokens, keepAlive, firstTokenTimeout, totalTimeout } = model;
  return {
    base,
    ...(api && { api }),
    ...(apiKey !== undefined && { apiKey }),
    contextTokens,
    keepAlive,
    timeouts: { firstToken: firstTokenTimeout, total: totalTimeout },
  };
}

/** The recordings that the environment names, from the root of the workspace. */
export function recordings(
  environment: Readonly<Record<string, string | undefined>>,
  workspace: string,
): Pick<EndpointSettings, 'record' | 'replay'> {
  const { SENTRIES_RECORD: record, SENTRIES_REPLAY: replay } = environment;
  return {
    ...(record && { record: resolve(workspace, record) }),
    ...(replay && { replay: resolve(workspace, replay) }),
  };
}
