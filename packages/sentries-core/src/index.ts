export * from './task';
export { SentryError, UsageError, RepositoryError, EnvironmentError, PatchError } from './errors';
export { artifactFolder, readArtifacts } from './report/artifacts';
export { runRecord, runRecordSchema } from './report/run-record';
export { Repository } from './git/repository';
export { applyPatches } from './patch/apply-patch';
export { configSchema } from './config/schema';
export { CONFIG_FILE, loadSettings, type Effective, type Origin } from './config/load';
export type { Settings } from './config/settings';
export { findInterpreter } from './python/interpreter';
export type { Chat, ChatProgress } from './model/chat';
export { ModelError } from './model/model-error';
export { readAddress } from './model/endpoint/address';
export type { Endpoint, ModelInfo, PullProgress } from './model/endpoint/endpoint';
export { endpointSettings } from './model/endpoint/from-settings';
export { openChat, openEndpoint } from './model/endpoint/open';
export type { EndpointSettings } from './model/endpoint/settings';
export {
  EDIT_FORMATS,
  probeFormat,
  probePlan,
  type ProbeOptions,
  type Trial,
} from './model/probe/probe';
export type { EditFormat } from './model/reply/read-edits';
export { countTokens } from './model/prompt/tokens';
