import { join } from 'node:path';
import { DEFAULTS, type DocRequest } from 'sentries-core/task';
import { declaredRoots } from '../../graph/manifest/declared-roots';
import { taskRequest, type TaskContext, type TaskOptions } from '../task-request';

/** The options as in `schema.json`. */
export interface SentryDocOptions extends TaskOptions {
  docPaths?: string[];
  docstrings?: boolean;
  buildDocs?: boolean;
  buildTimeout?: number;
  pytestArgs?: string[];
  testTimeout?: number;
}

/** What `sentry-doc` is asked, from its options and Nx's context. */
export function sentryDocRequest(options: SentryDocOptions, context: TaskContext): DocRequest {
  const request = taskRequest(options, context);
  const rootsOf = (folder: string): string[] => declaredRoots(join(request.workspace, folder));
  return {
    ...request,
    ...(options.docPaths && { docPaths: options.docPaths }),
    docstrings: options.docstrings ?? true,
    pytestArgs: options.pytestArgs ?? DEFAULTS.pytestArgs,
    testTimeout: options.testTimeout ?? DEFAULTS.testTimeout,
    buildDocs: options.buildDocs ?? false,
    ...(options.buildTimeout !== undefined && { buildTimeout: options.buildTimeout }),
    sourceRoots: rootsOf(request.folder),
    dependencyRoots: Object.fromEntries(
      request.dependencies.map((folder) => [folder, rootsOf(folder)]),
    ),
  };
}
