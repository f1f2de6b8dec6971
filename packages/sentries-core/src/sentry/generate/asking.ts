import { EDITS_SCHEMA } from '../../model/prompt/patcher';
import type { Prompt } from '../../model/prompt/planner';
import type { EditFormat } from '../../model/reply/read-edits';
import { readPlan, type Plan } from '../../model/reply/read-plan';
import type { Stopwatch } from '../stopwatch';
import type { Account } from './limits';
import type { Models } from './models';

/** Who is asked, about what, and what it may cost. */
export interface Asking {
  readonly models: Models;
  readonly account: Account;
  /** Shown while a model is asked. */
  readonly subject: string;
  /** What has to fit into the prompt: `the failing test`. */
  readonly what: string;
  readonly watch: Stopwatch;
}

/** No answer that could be used came of it; completes "unrepaired: …". */
interface GaveUp {
  readonly gaveUp: string;
}

/** So often the planner is asked, where its answer can't be read. */
const PLANS = 2;
/** The first answer is the likeliest, later ones have to be others. */
const TEMPERATURES = [0.1, 0.4, 0.7, 0.9];

const tooLarge = (what: string): GaveUp => ({
  gaveUp: `${what} does not fit the context of the model: raise model.contextTokens, with a model that has it`,
});

/**
 * Has the planner judge, once more where its answer can't be read.
 *
 * @param promptOf The prompt, told why the answer before could not be read; undefined where it does not fit.
 */
export async function askForPlan(
  promptOf: (refused: string | undefined) => Prompt | undefined,
  schema: object,
  { models, account, subject, what, watch }: Asking,
): Promise<Plan | GaveUp> {
  let refused: string | undefined;
  for (let at = 0; at < PLANS; at += 1) {
    const prompt = watch.timeSync('generate', () => promptOf(refused));
    if (!prompt) return tooLarge(what);
    const how = { schema, temperature: TEMPERATURES[at] ?? 0 };
    const reply = await models.ask('plan', prompt, how, account, subject);
    if ('limit' in reply) return { gaveUp: reply.limit };
    if ('failed' in reply) {
      refused = undefined;
      if (at + 1 === PLANS) return { gaveUp: `the model did not answer: ${reply.failed.message}` };
      continue;
    }
    const plan = watch.timeSync('generate', () => readPlan(reply.text));
    if (!('refused' in plan)) return plan;
    refused = plan.refused;
  }
  return { gaveUp: `the model gave no verdict that can be read: ${oneLine(refused ?? '')}` };
}

/**
 * Has the patcher try: each time told what was wrong before, in another format, at another temperature.
 *
 * @param tryOut What comes of a reply; or why not, in words that help the model.
 */
export async function askForEdit<T extends object>(
  { attempts, formats }: { readonly attempts: number; readonly formats: readonly EditFormat[] },
  promptOf: (format: EditFormat, refused: readonly string[]) => Prompt | undefined,
  tryOut: (reply: string, format: EditFormat) => Promise<T | { readonly refused: string }>,
  { models, account, subject, what, watch }: Asking,
): Promise<T | GaveUp> {
  const refused: string[] = [];
  const replies = new Set<string>();
  let limit: string | undefined;
  for (let at = 0; at < attempts; at += 1) {
    const format = formats[at % formats.length]!;
    const prompt = watch.timeSync('generate', () => promptOf(format, refused));
    if (!prompt) return tooLarge(what);
    const temperature = TEMPERATURES[Math.min(at, TEMPERATURES.length - 1)]!;
    const how = { temperature, ...(format === 'json' && { schema: EDITS_SCHEMA }) };
    const reply = await models.ask('patch', prompt, how, account, subject);
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
    const tried = isRepeated
      ? { refused: 'it is the same edit as before' }
      : await tryOut(reply.text, format);
    if (!('refused' in tried)) return tried;
    refused.push(tried.refused);
  }
  const last = refused.at(-1);
  const tries = `${refused.length} ${refused.length === 1 ? 'attempt' : 'attempts'} of a model`;
  const told = last === undefined ? [] : [`${tries} came to nothing, the last: ${oneLine(last)}`];
  return { gaveUp: [...told, ...(limit === undefined ? [] : [limit])].join('; ') };
}

/** What a model said is shown on one line, and not in full. */
export function oneLine(text: string): string {
  const flat = text.replaceAll(/\s+/g, ' ').trim();
  return flat.length > 300 ? `${flat.slice(0, 299)}…` : flat;
}
