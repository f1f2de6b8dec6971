import { loadSettings } from '../config/load';
import { globsOf } from '../config/settings';
import type { FileTree } from '../docs/code/tree';
import { SentryError, UsageError } from '../errors';
import type { RunRecord } from '../report/run-record';
import { unrepaired } from './case';
import { composeDocs, type DocEnding } from './docs/compose';
import { compareBuilds } from './docs/builds';
import { findingsOf, type Finding } from './docs/finding';
import { senseDocs } from './docs/sense';
import { settle, type Settled } from './docs/settle';
import { workspaceTexts } from '../docs/workspace-texts';
import { interpreterOf, projectFolder } from './project';
import { carryOut } from './record';
import { findRange, type Range } from './relate';
import { acceptedTiers, type DocRequest } from './request';
import { Stopwatch } from './stopwatch';
import { testedContent } from './tested';

/**
 * The pipeline for documentation: what a change left behind in it, and the edits that follow from the change. It
 * changes nothing but the artifacts.
 *
 * @returns the record that was written. Errors of the user's side end in a record with the result `error`;
 *   only a defect of ours is thrown.
 */
export function runDocSentry(asked: DocRequest): Promise<RunRecord> {
  return carryOut(asked, 'sentry-doc', async (request) => composeDocs(request, await run(request)));
}

async function run(request: DocRequest): Promise<DocEnding> {
  const watch = new Stopwatch();
  let range: Range | undefined;
  try {
    if (request.strategy === 'model')
      throw new UsageError(
        'no model mends documentation yet',
        'Set strategy to rules, or leave it out.',
      );
    await projectFolder(request);
    range = await watch.time('range', findRange(request));
    const texts = await workspaceDocs(request);
    const tested = await watch.time('relate', testedContent(range, request, [...texts.paths]));
    const outdated = await watch.time('sense', senseDocs(request, range, texts, watch));
    if (!outdated) return { range, watch, change: await tested() };
    const { stale, context, files } = outdated;
    const findings = watch.timeSync('propose', () =>
      findingsOf(stale, context, acceptedTiers(request.accept)),
    );
    if (request.mode === 'report') return { range, watch, findings, change: await tested() };
    const { maxFiles, maxLines } = request;
    const isDoc = (path: string): boolean => findings.some(({ file }) => file === path);
    const policy = { tests: { isTest: isDoc, isEditable: isDoc }, maxFiles, maxLines };
    let python: Promise<string> | undefined;
    const interpreter = (): Promise<string> => (python ??= interpreterOf(request));
    const settled = await watch.time(
      'verify',
      settle(findings, context, files, policy, interpreter),
    );
    const built = await watch.time('build', withBuilds(settled, findings, request, interpreter));
    return { range, watch, findings, ...built, change: await tested() };
  } catch (error) {
    if (!(error instanceof SentryError)) throw error;
    return { range, watch, error };
  }
}

/** The texts outside of the project that the workspace's configuration gives it to look after. */
async function workspaceDocs({ workspace, project, log }: DocRequest): Promise<FileTree> {
  const { settings } = await loadSettings(workspace, {});
  return workspaceTexts(workspace, globsOf(settings.docs.workspace, project), log);
}

/** Holds a patch to the builds of the documentation, where that is asked for: a patch is refused as a whole. */
async function withBuilds(
  settled: Settled,
  findings: readonly Finding[],
  request: DocRequest,
  interpreter: () => Promise<string>,
): Promise<Settled> {
  const { patch, verification } = settled;
  if (!patch || !verification || request.buildDocs !== true) return settled;
  const { refused, builds } = await compareBuilds(request, patch, interpreter);
  if (refused === undefined) return { patch, verification: { ...verification, builds } };
  for (const one of findings) one.verdict ??= unrepaired(refused, one.planned);
  return { patch: null, verification: null };
}
