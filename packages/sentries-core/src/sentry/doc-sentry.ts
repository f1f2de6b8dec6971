import { SentryError } from '../errors';
import type { RunRecord } from '../report/run-record';
import { sweepLeftovers } from '../verify/isolated-copy';
import { unrepaired } from './case';
import { composeDocs, type DocEnding } from './docs/compose';
import { compareBuilds } from './docs/builds';
import { checkExamples } from './docs/examples/examples';
import { findingsOf, type Finding } from './docs/finding';
import { senseDocs } from './docs/sense';
import { workspaceDocs } from './docs/workspace-docs';
import type { DocWorkshop, Generated } from './docs/generate';
import { settle, type Settled } from './docs/settle';
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
    await projectFolder(request);
    await sweepLeftovers();
    range = await watch.time('range', findRange(request));
    const texts = await workspaceDocs(request);
    const tested = await watch.time('relate', testedContent(range, request, [...texts.paths]));
    const outdated = await watch.time('sense', senseDocs(request, range, texts, watch));
    if (!outdated) return { range, watch, change: await tested() };
    const { stale, notes, context, files } = outdated;
    const accepted = acceptedTiers(request.accept);
    const rules = request.strategy === 'model' ? [] : undefined;
    const findings = watch.timeSync('propose', () => findingsOf(stale, context, accepted, rules));
    const { maxFiles, maxLines } = request;
    const isDoc = (path: string): boolean => findings.some(({ file }) => file === path);
    const policy = { tests: { isTest: isDoc, isEditable: isDoc }, maxFiles, maxLines };
    let python: Promise<string> | undefined;
    const interpreter = (): Promise<string> => (python ??= interpreterOf(request));
    const isReport = request.mode === 'report';
    // A report says what would be tried; whether that holds is asked of others like them.
    const tried = isReport ? findings.map((one) => ({ ...one })) : findings;
    const proved = (): Promise<Settled> => settle(tried, context, files, policy, interpreter);
    const prove = (): Promise<Settled> => watch.time('verify', proved());
    const workshop = { range, findings: tried, context, accepted, watch, prove };
    const model = isReport ? undefined : (await generated(await prove(), request, workshop)).model;
    const scene = { request, range, outdated, watch, interpreter, findings: tried, settle: proved };
    const shown = await watch.time('verify', checkExamples(scene));
    const built = isReport
      ? { patch: null }
      : await watch.time('build', withBuilds(shown, tried, request, interpreter));
    return {
      range,
      watch,
      findings,
      notes,
      ...shown,
      ...built,
      ...(model && { model }),
      change: await tested(),
    };
  } catch (error) {
    if (!(error instanceof SentryError)) throw error;
    return { range, watch, error };
  }
}

/** What asks models is loaded only where rules leave something. */
async function generated(
  settled: Settled,
  request: DocRequest,
  workshop: DocWorkshop,
): Promise<Generated> {
  const isDone = workshop.findings.every(({ verdict }) => !verdict);
  if (request.strategy === 'rules' || isDone) return settled;
  const { generateDocs } = await import('./docs/generate.js');
  return generateDocs(settled, request, workshop);
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
