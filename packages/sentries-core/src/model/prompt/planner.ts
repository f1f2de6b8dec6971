import { fit } from './budget';
import type { Context } from './context';
import { ABOUT_BLOCKS, dataBlock } from './data-block';
import { countTokens, likelyTokens } from './tokens';

/** What is sent to a model, and its size. */
export interface Prompt {
  readonly system: string;
  readonly prompt: string;
  /** At most; never above the budget. */
  readonly tokens: number;
  /** What the server may be expected to count. */
  readonly likelyTokens: number;
}

const SYSTEM = `You judge why a Python test fails after a change of the code that it tests.
${ABOUT_BLOCKS}
Decide between three verdicts:
- "stale-test": the change meant the code to behave or to be called in this new way, and the test still asks for the old way.
- "product-bug": the test asks for what the code should still do, and the change broke it. A test that is right must stay red.
- "cannot-tell": neither is clear from what you see.
A value that came out otherwise is no proof that it was meant to. If in doubt, choose "cannot-tell".
For "stale-test" give a short numbered plan: what to change in which function of the test file so that it tests the same as before, in the new way. Never weaken the test: no assertion, case or check may go, and no expected value may change unless the change shows the new one.
Answer with one JSON object and nothing else:
{"verdict":"stale-test","reason":"one sentence","steps":["1. …","2. …"]}`;

/** The reply that is asked for. */
export const PLAN_SCHEMA = {
  type: 'object',
  properties: {
    verdict: { type: 'string', enum: ['stale-test', 'product-bug', 'cannot-tell'] },
    reason: { type: 'string' },
    steps: { type: 'array', items: { type: 'string' } },
  },
  required: ['verdict', 'reason', 'steps'],
  additionalProperties: false,
};

const TASK =
  'Which verdict is it, and if the test is stale: what is to be done? One JSON object.\n';

/**
 * Asks for a verdict, and a plan.
 *
 * @param refused Why the last answer could not be read.
 * @returns undefined where what is needed does not fit the budget.
 */
export const plannerPrompt = (
  context: Context,
  budget: number,
  refused?: string,
): Prompt | undefined =>
  composed(
    SYSTEM,
    context,
    [...(refused === undefined ? [] : [notUsed(refused)]), TASK].join('\n'),
    budget,
  );

/** Says what was wrong with an answer; it may quote files. */
export const notUsed = (reason: string): string =>
  `Your last answer could not be used:\n${dataBlock('why', reason)}`;

/** The context as far as it fits beside the system's text and the task. */
export function composed(
  system: string,
  { parts }: Pick<Context, 'parts'>,
  task: string,
  budget: number,
): Prompt | undefined {
  const heading = '## Your task\n\n';
  const own = countTokens(`${system}\n`) + countTokens(`${heading}${task}\n`);
  // More only where the test itself needs it: small models lose sight of what matters in long prompts.
  const fitted = fit(parts, Math.min(budget, ENOUGH) - own) ?? fit(parts, budget - own);
  if (!fitted) return undefined;
  const prompt = `${fitted.text}${heading}${task}`;
  const all = `${system}\n${prompt}`;
  return { system, prompt, tokens: countTokens(all), likelyTokens: likelyTokens(all) };
}

const ENOUGH = 2400;
