/*
 * The face for who asks about docs alone: it loads the grammars, and nothing of pytest or models.
 */
export { searchFor } from './changed-words';
export { globsOf } from '../config/settings';
export { checkDocs, readCode, readReferences, type BrokenReference, type DocsCheck } from './check';
export type { CodeFolder } from './code/modules';
export { commitTree, overlaid, placedAt, together, workingTree, type FileTree } from './code/tree';
export type { ProjectCode } from './code/project-code';
export type {
  CallShape,
  CodeSymbol,
  Evidence,
  Reference,
  ReferenceContext,
  ReferenceKind,
  Resolution,
} from './reference';
export { resolve } from './resolve/resolve';
export { staleReferences, type StaleReference } from './stale';
export { workspaceTexts } from './workspace-texts';
