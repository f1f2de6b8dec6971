import type { Settings } from '../../config/settings';
import type { EndpointSettings } from './settings';

/** Where models are asked, out of the settings in force and of the variables that are no settings. */
export function endpointSettings(
  { model }: Settings,
  environment: Readonly<Record<string, string | undefined>>,
): EndpointSettings {
  const { base, api, apiKey, contextTokens, keepAlive, firstTokenTimeout, totalTimeout } = model;
  const { SENTRIES_RECORD: record, SENTRIES_REPLAY: replay } = environment;
  return {
    base,
    ...(api && { api }),
    ...(apiKey !== undefined && { apiKey }),
    contextTokens,
    keepAlive,
    timeouts: { firstToken: firstTokenTimeout, total: totalTimeout },
    ...(record && { record }),
    ...(replay && { replay }),
  };
}
