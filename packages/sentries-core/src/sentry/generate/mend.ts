import { contextOf, type Context, type Scene } from '../../model/prompt/context';
import { patcherPrompt } from '../../model/prompt/patcher';
import { PLAN_SCHEMA, plannerPrompt } from '../../model/prompt/planner';
import type { EditFormat } from '../../model/reply/read-edits';
import type { LiteralChange } from '../../change/literals';
import { unrepaired, type Case, type Verdict } from '../case';
import { editRecords, type Workshop } from '../plan-round';
import type { ProvingGround, Repaired } from '../repair-loop';
import type { SentryRequest } from '../request';
import { askForEdit, askForPlan, oneLine, type Asking } from './asking';
import { candidateFrom, proposalOf, type Candidate } from './candidate';
import type { Models } from './models';
import { sceneOf } from './scene';
import { settle, tryOut, type Promising } from './trial';

/** What it takes to mend tests with models. */
export interface Desk {
  readonly request: Pick<SentryRequest, 'attempts' | 'accept'>;
  readonly workshop: Workshop;
  readonly ground: ProvingGround;
  readonly models: Models;
}

const FORMATS: readonly EditFormat[] = ['blocks', 'function', 'json'];

/**
 * Has one failing test judged and mended by models, and the edit proven.
 *
 * @param open All failing tests that are not repaired.
 * @returns everything with the edit in it; or the verdict on this failure.
 */
export async function mend(
  one: Case,
  open: readonly Case[],
  standing: Repaired,
  desk: Desk,
): Promise<Repaired | { readonly verdict: Verdict }> {
  const { workshop, ground, models } = desk;
  const scene = await sceneOf(one, workshop, ground);
  const context = workshop.watch.timeSync('generate', () => contextOf(scene));
  if (!context)
    return { verdict: unrepaired('there is no Python test that a model could be shown') };
  if (!context.changed.some(({ distance }) => distance < 2)) {
    return {
      verdict: unrepaired(
        'no model was asked: nothing shows that the change touches what this test reaches',
      ),
    };
  }
  const asking: Asking = {
    models,
    account: models.accountOfFailure(),
    subject: one.first.id,
    what: 'the failing test',
    watch: workshop.watch,
  };
  const planned = await askForPlan(
    (refused) => plannerPrompt(context, models.promptBudget, refused),
    PLAN_SCHEMA,
    asking,
  );
  if ('gaveUp' in planned) return { verdict: unrepaired(planned.gaveUp) };
  const { verdict, reason, steps } = planned;
  const why = oneLine(reason);
  if (verdict === 'product-bug') {
    return {
      verdict: {
        outcome: 'suspected-regression',
        reason: `a model takes this for a bug of the code: ${why}`,
      },
    };
  }
  if (verdict === 'cannot-tell') {
    return { verdict: unrepaired(`a model can't tell whether the test is stale: ${why}`) };
  }
  return attempts(one, open, standing, { desk, scene, context, asking, steps, why });
}

interface Task {
  readonly desk: Desk;
  readonly scene: Scene;
  readonly context: Context;
  readonly asking: Asking;
  readonly steps: readonly string[];
  readonly why: string;
}

async function attempts(
  one: Case,
  open: readonly Case[],
  standing: Repaired,
  task: Task,
): Promise<Repaired | { readonly verdict: Verdict }> {
  const { desk, scene, context, asking, steps } = task;
  const { request, workshop, ground, models } = desk;
  const formats = formatsFor(context, models.settings.format);
  /** An edit with which the test passes, and that nothing explains. */
  let unexplained: Verdict | undefined;
  const answer = await askForEdit(
    { attempts: request.attempts, formats },
    (format, refused) => patcherPrompt(context, { steps, format, refused }, models.promptBudget),
    async (reply, format) => {
      const candidate = workshop.watch.timeSync('generate', () =>
        candidateFrom(reply, format, scene, context),
      );
      if ('refused' in candidate) return candidate;
      const tried = await tryOut(one, open, candidate, workshop, ground);
      if ('refused' in tried) return tried;
      const settled = await proven(one, candidate, tried, standing, task);
      if ('refused' in settled) unexplained = settled.verdict ?? unexplained;
      return settled;
    },
    asking,
  );
  if (!('gaveUp' in answer)) return answer;
  return { verdict: unexplained ?? unrepaired(answer.gaveUp) };
}

/**
 * The edit with the reasons that the change gives for its values; where it gives none, it is made only where all is accepted, and
 * shown otherwise.
 */
async function proven(
  one: Case,
  candidate: Candidate,
  tried: Promising,
  standing: Repaired,
  { desk: { request, workshop, ground }, context, why }: Task,
): Promise<Repaired | { readonly refused: string; readonly verdict?: Verdict }> {
  const settleWith = (causes: readonly LiteralChange[]): ReturnType<typeof settle> => {
    const proposal = proposalOf(candidate, causes, context, why);
    return settle(one, tried, candidate, proposal, standing, workshop, ground);
  };
  if (candidate.causes) {
    const settled = await settleWith(candidate.causes);
    if (!('refused' in settled) || !settled.isUncaused) return settled;
  }
  if (request.accept === 'all') return settleWith([]);
  const altered = candidate.altered.join(', ');
  const proposal = proposalOf(candidate, [], context, why);
  return {
    refused: `the edit alters values, and the change does not show the new ones: ${altered}`,
    verdict: {
      outcome: 'suspected-regression',
      reason: `an edit of a model would make it pass, with ${altered}, which nothing in the change explains`,
      known: { proposal, edits: editRecords(proposal, workshop.files) },
    },
  };
}

/** The one that is set first. Outside of functions, no function can be given whole. */
function formatsFor({ code }: Context, first: EditFormat | undefined): EditFormat[] {
  const isFunction = code.test.every(({ node }) => node.type.endsWith('definition'));
  const all = [...new Set([...(first ? [first] : []), ...FORMATS])];
  return all.filter((format) => isFunction || format !== 'function');
}
