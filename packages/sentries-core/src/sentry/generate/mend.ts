import { contextOf, type Context, type Scene } from '../../model/prompt/context';
import { EDITS_SCHEMA, patcherPrompt } from '../../model/prompt/patcher';
import { PLAN_SCHEMA, plannerPrompt } from '../../model/prompt/planner';
import type { EditFormat } from '../../model/reply/read-edits';
import { readPlan, type Plan } from '../../model/reply/read-plan';
import type { LiteralChange } from '../../change/literals';
import { unrepaired, type Case, type Verdict } from '../case';
import { editRecords, type Workshop } from '../plan-round';
import type { ProvingGround, Repaired } from '../repair-loop';
import type { SentryRequest } from '../request';
import { candidateFrom, proposalOf, type Candidate } from './candidate';
import type { Account } from './limits';
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

/** So often the planner is asked, where its answer can't be read. */
const PLANS = 2;
const FORMATS: readonly EditFormat[] = ['blocks', 'function', 'json'];
/** The first answer is the likeliest, later ones have to be others. */
const TEMPERATURES = [0.1, 0.4, 0.7, 0.9];

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
  const account = models.accountOfFailure();
  const planned = await planFor(one, context, account, desk);
  if (!('plan' in planned)) return planned;
  const { verdict, reason, steps } = planned.plan;
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
  return attempts(one, open, standing, { desk, scene, context, account, steps, why });
}

async function planFor(
  one: Case,
  context: Context,
  account: Account,
  { workshop, models }: Desk,
): Promise<{ readonly plan: Plan } | { readonly verdict: Verdict }> {
  let refused: string | undefined;
  for (let at = 0; at < PLANS; at += 1) {
    const prompt = workshop.watch.timeSync('generate', () =>
      plannerPrompt(context, models.promptBudget, refused),
    );
    if (!prompt) return { verdict: unrepaired(TOO_LARGE) };
    const how = { schema: PLAN_SCHEMA, temperature: TEMPERATURES[at] ?? 0 };
    const reply = await models.ask('plan', prompt, how, account, one.first.id);
    if ('limit' in reply) return { verdict: unrepaired(reply.limit) };
    if ('failed' in reply) {
      refused = undefined;
      if (at + 1 === PLANS)
        return { verdict: unrepaired(`the model did not answer: ${reply.failed.message}`) };
      continue;
    }
    const plan = workshop.watch.timeSync('generate', () => readPlan(reply.text));
    if (!('refused' in plan)) return { plan };
    refused = plan.refused;
  }
  return {
    verdict: unrepaired(`the model gave no verdict that can be read: ${oneLine(refused ?? '')}`),
  };
}

const TOO_LARGE =
  'the failing test does not fit the context of the model: raise model.contextTokens, with a model that has it';

interface Task {
  readonly desk: Desk;
  readonly scene: Scene;
  readonly context: Context;
  readonly account: Account;
  readonly steps: readonly string[];
  readonly why: string;
}

async function attempts(
  one: Case,
  open: readonly Case[],
  standing: Repaired,
  task: Task,
): Promise<Repaired | { readonly verdict: Verdict }> {
  const { desk, scene, context, account, steps } = task;
  const { request, workshop, ground, models } = desk;
  const formats = formatsFor(context, models.settings.format);
  const refused: string[] = [];
  const replies = new Set<string>();
  /** An edit with which the test passes, and that nothing explains. */
  let unexplained: Verdict | undefined;
  let limit: string | undefined;
  for (let at = 0; at < request.attempts; at += 1) {
    const format = formats[at % formats.length]!;
    const prompt = workshop.watch.timeSync('generate', () =>
      patcherPrompt(context, { steps, format, refused }, models.promptBudget),
    );
    if (!prompt) return { verdict: unrepaired(TOO_LARGE) };
    const temperature = TEMPERATURES[Math.min(at, TEMPERATURES.length - 1)]!;
    const how = { temperature, ...(format === 'json' && { schema: EDITS_SCHEMA }) };
    const reply = await models.ask('patch', prompt, how, account, one.first.id);
    if ('limit' in reply) {
      limit = reply.limit;
      break;
    }
    if ('failed' in reply) {
      refused.push(`the model did not answer: ${reply.failed.message}`);
      continue;
    }
    const isRepeated = replies.has(reply.text);
    replies.add(reply.text);
    const candidate = isRepeated
      ? { refused: 'it is the same edit as before' }
      : workshop.watch.timeSync('generate', () =>
          candidateFrom(reply.text, format, scene, context),
        );
    if ('refused' in candidate) {
      refused.push(candidate.refused);
      continue;
    }
    const tried = await tryOut(one, open, candidate, workshop, ground);
    if ('refused' in tried) {
      refused.push(tried.refused);
      continue;
    }
    const settled = await proven(one, candidate, tried, standing, task);
    if (!('refused' in settled)) return settled;
    refused.push(settled.refused);
    unexplained = settled.verdict ?? unexplained;
  }
  if (unexplained) return { verdict: unexplained };
  const last = refused.at(-1);
  const tries = `${refused.length} ${refused.length === 1 ? 'attempt' : 'attempts'} of a model`;
  const told = last === undefined ? [] : [`${tries} came to nothing, the last: ${oneLine(last)}`];
  return { verdict: unrepaired([...told, ...(limit === undefined ? [] : [limit])].join('; ')) };
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

/** What a model said is shown on one line, and not in full. */
function oneLine(text: string): string {
  const flat = text.replaceAll(/\s+/g, ' ').trim();
  return flat.length > 300 ? `${flat.slice(0, 299)}…` : flat;
}
