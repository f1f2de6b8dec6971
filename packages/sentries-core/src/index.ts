export * from './task';
export { SentryError, UsageError, RepositoryError, EnvironmentError, PatchError } from './errors';
export { artifactFolder, readArtifacts } from './report/artifacts';
export { markdownReport } from './report/markdown';
export { verifyArtifacts, type Verified } from './sentry/verify-artifacts';
export { verifyDocs } from './sentry/verify-docs';
export { verifyTests } from './sentry/verify-tests';
export { runRecord, runRecordSchema } from './report/run-record';
export { Repository } from './git/repository';
export { applyPatches, planPatches } from './patch/apply-patch';
export { SENTRIES } from './publish/identity';
export { readRun, readRuns, type Run } from './publish/runs';
export { openPublishing, type Publishing } from './publish/open';
export { publishRuns, type PublishedRuns, type PublishOptions } from './publish/publish-runs';
export type { Published } from './publish/publish';
export { status, type BranchStatus } from './publish/status';
export { cleanUp, planCleanup, type CleanupEntry } from './publish/cleanup';
export { isInActions, tellActions } from './publish/actions';
export { Remote, type RemoteOptions } from './publish/remote';
export { RemoteError, type RemoteProblem } from './publish/remote-error';
export { ForgeError, type ForgeErrorKind } from './publish/forge/forge-error';
export { leftovers, sweepLeftovers } from './verify/isolated-copy';
export { configSchema } from './config/schema';
export { CONFIG_FILE, loadSettings, type Effective, type Origin } from './config/load';
export { ADDRESSES, DEFAULT_SETTINGS, VARIABLES, type Settings } from './config/settings';
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
