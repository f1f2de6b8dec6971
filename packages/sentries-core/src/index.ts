export * from './task';
export { SentryError, UsageError, RepositoryError, EnvironmentError, PatchError } from './errors';
export { artifactFolder, readArtifacts } from './report/artifacts';
export { runRecord, runRecordSchema } from './report/run-record';
export { Repository } from './git/repository';
export { applyPatches } from './patch/apply-patch';
export { countTokens } from './model/prompt/tokens';
