import type { OpenPlace } from '../../docs/rewrite/open-place';
import { openLines, rewritingOf, type Rewriting } from '../../docs/rewrite/rewrite';
import { sectionAround } from '../../docs/rewrite/section';
import { successorsOf } from '../../docs/rewrite/successors';
import type { DocContext } from '../../docs/rules/rule';
import { ModelError } from '../../model/model-error';
import {
  DOC_FORMATS,
  DOC_PLAN_SCHEMA,
  docContextOf,
  docPatcherPrompt,
  docPlannerPrompt,
  type DocPromptContext,
} from '../../model/prompt/docs';
import { readTextEdits } from '../../model/reply/read-edits';
import type { Proposal } from '../../repair/strategy';
import { conflicts } from '../../patch/operation';
import { LineIndex } from '../../python/text';
import type { RunRecord } from '../../report/run-record';
import type { Tier } from '../../report/tiers';
import { unrepaired } from '../case';
import { askForEdit, askForPlan, oneLine, type Asking } from '../generate/asking';
import { Cancelling, withoutModel } from '../generate/ending';
import { Models } from '../generate/models';
import type { Range } from '../relate';
import type { DocRequest } from '../request';
import type { Stopwatch } from '../stopwatch';
import { admittedOf, unwritable, type Finding } from './finding';
import { operationsOf } from './proof';
import { pullRequestText, type PullRequestText } from './pull-request';
import type { Settled } from './settle';

/** What stands so far, and what it takes to prove more. */
export interface DocWorkshop {
  readonly range: Range;
  readonly findings: readonly Finding[];
  readonly context: DocContext;
  readonly accepted: ReadonlySet<Tier>;
  readonly watch: Stopwatch;
  /** Proves all findings that have no verdict; those that don't hold get theirs. */
  readonly prove: () => Promise<Settled>;
}

export interface Generated extends Settled {
  readonly model?: RunRecord['model'];
}

/** Stale references of one passage, which one edit has to repair. */
interface Passage {
  readonly findings: readonly Finding[];
  /** All stale references of the page. */
  readonly places: readonly OpenPlace[];
}

interface Desk extends DocWorkshop {
  readonly request: DocRequest;
  readonly models: Models;
  readonly pullRequest: PullRequestText | undefined;
}

/**
 * Puts what the rules have left before a model, passage by passage; each edit is read as narrowly as
 * {@link rewritingOf} does, and proven together with all that holds already. Where no model is to be had, what the rules
 * found stands.
 */
export async function generateDocs(
  settled: Settled,
  request: DocRequest,
  workshop: DocWorkshop,
): Promise<Generated> {
  const passages = workshop.watch.timeSync('generate', () => passagesOf(workshop));
  if (passages.length === 0) return settled;
  const cancelling = new Cancelling();
  let standing: Generated = settled;
  let models: Models | undefined;
  try {
    models = await Models.open(request, workshop.watch, cancelling.signal);
    const pullRequest = await workshop.watch.time(
      'generate',
      pullRequestText(workshop.range, request),
    );
    const desk: Desk = { ...workshop, request, models, pullRequest };
    for (const passage of passages) {
      cancelling.check();
      // What repaired another passage may have repaired this one, too.
      if (passage.findings.every(({ verdict }) => !verdict)) continue;
      const mended = await mend(passage, desk);
      if (!('reason' in mended)) standing = mended;
      else for (const one of passage.findings) told(one, mended.reason);
    }
  } catch (error) {
    cancelling.check(error);
    if (models && !(error instanceof ModelError)) throw error;
    const reason = withoutModel(error, request);
    if (reason !== undefined)
      for (const { findings } of passages)
        for (const one of findings) if (one.verdict) one.verdict = unrepaired(reason);
  } finally {
    cancelling.end();
  }
  return { ...standing, ...(models && { model: models.usage }) };
}

/** What the rules said of it is still true. */
function told(one: Finding, reason: string): void {
  if (one.verdict) one.verdict = { ...one.verdict, reason: `${one.verdict.reason}; ${reason}` };
}

/** What a model may be asked about: where the change shows what an edit could rest on. */
function passagesOf({ findings, context, accepted }: DocWorkshop): Passage[] {
  if (!accepted.has('generated')) return [];
  const places = new Map(
    findings.map((one) => [
      one,
      { stale: one.stale, successors: successorsOf(one.stale, context) },
    ]),
  );
  const passages = new Map<string, Finding[]>();
  for (const one of findings) {
    const { verdict, planned, file, stale } = one;
    const { names, isGone, told: became } = places.get(one)!.successors;
    if (!verdict || (planned && !accepted.has(planned.proposal.tier))) continue;
    if (unwritable(file) !== undefined) continue;
    if (names.size === 0 && !isGone) {
      told(one, NOTHING_SHOWN);
      continue;
    }
    if (became === undefined) continue;
    const key = `${file}:${stale.reference.context.passage.start}`;
    passages.set(key, [...(passages.get(key) ?? []), one]);
  }
  return [...passages.values()].map((own) => ({
    findings: own,
    places: findings.filter(({ file }) => file === own[0]!.file).map((one) => places.get(one)!),
  }));
}

const NOTHING_SHOWN =
  'no model was asked: nothing in the change shows what stands in its place, or that it is gone for good';

interface Refusal {
  readonly reason: string;
}

/** Has one passage judged, mended and proven; or says why it is not. */
async function mend(passage: Passage, desk: Desk): Promise<Settled | Refusal> {
  const { models, watch, request } = desk;
  const [first] = passage.findings;
  const context = watch.timeSync('generate', () => docContextOf(sceneOf(passage, desk)));
  const asking: Asking = {
    models,
    account: models.accountOfFailure(),
    subject: first!.id,
    what: 'the section',
    watch,
  };
  const plan = await askForPlan(
    (refused) => docPlannerPrompt(context, models.promptBudget, refused),
    DOC_PLAN_SCHEMA,
    asking,
  );
  if ('gaveUp' in plan) return { reason: plan.gaveUp };
  const { verdict, reason, steps } = plan;
  const why = oneLine(reason);
  if (verdict === 'product-bug')
    return { reason: `a model takes this for a bug of the code: ${why}` };
  if (verdict === 'cannot-tell')
    return { reason: `a model can't tell what should stand there: ${why}` };
  const own = models.settings.format;
  const formats = own && DOC_FORMATS.includes(own) ? [own, ...DOC_FORMATS] : DOC_FORMATS;
  const answer = await askForEdit(
    { attempts: request.attempts, formats: [...new Set(formats)] },
    (format, refused) => docPatcherPrompt(context, { steps, format, refused }, models.promptBudget),
    async (reply, format) => {
      const { file, stale } = first!;
      const text = desk.context.text(stale.reference.file);
      const read = watch.timeSync('generate', () => {
        const edits = readTextEdits(reply, format, file, { text, lines: new LineIndex(text) });
        if ('refused' in edits) return { refused: edits.refused };
        return rewritingOf(edits.operations, passage.places, desk.context);
      });
      return 'refused' in read ? read : tryOut(read, passage, context, why, desk);
    },
    asking,
  );
  return 'gaveUp' in answer ? { reason: answer.gaveUp } : answer;
}

function sceneOf({ findings, places }: Passage, { context, pullRequest }: Desk) {
  const { file, stale } = findings[0]!;
  const text = context.text(stale.reference.file);
  const lines = new LineIndex(text);
  const own = findings.map((one) => places.find((place) => place.stale === one.stale)!);
  const names = own.flatMap(({ stale: { reference, was }, successors }) =>
    [reference.name, was.name, ...successors.names.keys()].flatMap((name) =>
      name.split(/[^\w]+/).slice(-2),
    ),
  );
  return {
    file,
    section: sectionAround(stale.reference.file, text, stale.reference.context.passage),
    lines: openLines(text, own).map((line) => lines.line(line)),
    places: own.map(
      ({ stale: { reference, was }, successors }) =>
        `\`${reference.text}\` on the line ${JSON.stringify(lines.line(reference.line).trim())}: it meant ${was.name}; ${successors.told!}`,
    ),
    names: new Set(names.filter((name) => name !== '')),
    change: context.change,
    pullRequest,
  };
}

/** Proves an edit with all that holds already, and keeps it only if nothing speaks against any of it. */
async function tryOut(
  rewriting: Rewriting,
  { findings: own, places }: Passage,
  { evidence }: DocPromptContext,
  why: string,
  { findings, context, prove }: Desk,
): Promise<Settled | { readonly refused: string }> {
  const held = findings.filter(({ verdict }) => !verdict);
  const edits = [...rewriting.values()].flatMap(({ operations }) => operations);
  if (operationsOf(held).some((one) => edits.some((other) => conflicts(one, other))))
    return { refused: 'The edit changes what is repaired already, in another way.' };
  const restore = new Map(findings.map((one) => [one, remembered(one)]));
  const tried = findings.filter(
    (one) => one.verdict && (own.includes(one) || rewriting.has(one.stale)),
  );
  // These say what they should already, once the text around them does.
  const riders = findings.filter(
    (one) =>
      one.verdict &&
      !tried.includes(one) &&
      one.file === own[0]!.file &&
      one.planned?.proposal.operations.length === 0,
  );
  for (const one of tried) {
    const { successors } = places.find(({ stale }) => stale === one.stale)!;
    const rewritten = rewriting.get(one.stale);
    const proposal: Proposal = {
      strategy: 'model',
      tier: 'generated',
      operations: rewritten?.operations ?? [],
      evidence: rewritten && rewritten.evidence.length > 0 ? rewritten.evidence : evidence,
      causes: [],
      says: `written by a model: ${why}${successors.told === undefined ? '' : `; ${successors.told}`}`,
    };
    one.planned = admittedOf(proposal, context.text(one.stale.reference.file));
    one.leadsTo = rewritten
      ? rewritten.leadsTo
      : ([...successors.names.keys()][0] ?? one.stale.was.name);
    delete one.verdict;
  }
  for (const one of riders) delete one.verdict;
  const settled = await prove();
  const failed = [...tried, ...held].find(({ verdict }) => verdict);
  if (failed) {
    const refused = `\`${failed.stale.reference.text}\`: ${failed.verdict!.reason}`;
    for (const back of restore.values()) back();
    return { refused };
  }
  for (const one of riders) if (one.verdict) restore.get(one)!();
  return settled;
}

function remembered(one: Finding): () => void {
  const { verdict, planned, leadsTo } = one;
  return () => {
    one.planned = planned;
    one.leadsTo = leadsTo;
    if (verdict) one.verdict = verdict;
    else delete one.verdict;
  };
}
