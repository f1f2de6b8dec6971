import { join } from 'node:path';
import type { ExecutorContext } from '@nx/devkit';
import { runDocSentry } from 'sentries-core/task';
import { declaredRoots } from '../../graph/manifest/declared-roots';
import { taskRequest, type TaskOptions } from '../task-request';
import { ended } from '../terminal-report';

/** The options as in `schema.json`. */
export interface SentryDocOptions extends TaskOptions {
  docPaths?: string[];
  docstrings?: boolean;
  buildDocs?: boolean;
  buildTimeout?: number;
}

/** Nx's context in, a core request out; the core does the rest. */
export default async function sentryDoc(
  options: SentryDocOptions,
  context: ExecutorContext,
): Promise<{ success: boolean }> {
  const request = taskRequest(options, context);
  const rootsOf = (folder: string): string[] => declaredRoots(join(request.workspace, folder));
  const record = await runDocSentry({
    ...request,
    ...(options.docPaths && { docPaths: options.docPaths }),
    docstrings: options.docstrings ?? true,
    buildDocs: options.buildDocs ?? false,
    ...(options.buildTimeout !== undefined && { buildTimeout: options.buildTimeout }),
    sourceRoots: rootsOf(request.folder),
    dependencyRoots: Object.fromEntries(
      request.dependencies.map((folder) => [folder, rootsOf(folder)]),
    ),
  });
  return ended(record, options);
}
