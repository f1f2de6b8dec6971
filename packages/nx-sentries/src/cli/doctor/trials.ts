import {
  EDIT_FORMATS,
  probeFormat,
  probePlan,
  type Chat,
  type EditFormat,
  type ProbeOptions,
  type Trial,
} from 'sentries-core';
import { failed, type Check } from './check';

/** How a patch model did in one format. */
export interface FormatTrial extends Trial {
  readonly format: EditFormat;
}

/** Has the planner judge a failure whose verdict is plain. */
export async function planCheck(chat: Chat, options: ProbeOptions): Promise<Check> {
  const trial = await probePlan(chat, options);
  const { problem, verdict } = trial;
  if (problem !== undefined)
    return failed('plan-reply', {
      message: `no verdict can be read from what ${chat.model} says to a plainly stale test: ${problem}`,
      hint: OTHER_MODEL.plan,
    });
  const seen = `a plainly stale test is judged: ${verdict!} (${cost(trial)})`;
  if (verdict === 'stale-test') return { id: 'plan-reply', status: 'ok', seen };
  return { id: 'plan-reply', status: 'warning', seen, hint: OTHER_MODEL.plan };
}

const OTHER_MODEL = {
  plan: 'Name a model in MODEL_PLAN that follows instructions better.',
  patch: 'Name a model in MODEL_PATCH that was trained on code and instructions.',
};

/** Has the patcher make a known edit in each format, and says which is the best that it handles. */
export async function formatsCheck(
  chat: Chat,
  pinned: EditFormat | undefined,
  options: ProbeOptions,
  onTrials: (trials: readonly FormatTrial[]) => void,
): Promise<Check> {
  const trials: FormatTrial[] = [];
  for (const format of EDIT_FORMATS)
    trials.push({ format, ...(await probeFormat(chat, format, options)) });
  onTrials(trials);
  const told = trials.map(trialText).join('; ');
  const [best] = trials.filter(({ problem }) => problem === undefined);
  if (best === undefined)
    return failed('edit-formats', {
      message: `${chat.model} makes a known edit in no format: ${told}`,
      hint: OTHER_MODEL.patch,
    });
  if (pinned === undefined) {
    const hint = `Put "model": { "format": "${best.format}" } into sentries.config.json to pin the best.`;
    return { id: 'edit-formats', status: 'ok', seen: told, hint };
  }
  const own = trials.find(({ format }) => format === pinned)!;
  if (own.problem === undefined)
    return { id: 'edit-formats', status: 'ok', seen: `${told}; ${pinned} is set` };
  return failed('edit-formats', {
    message: `${chat.model} does not handle the format that is set, ${pinned}: ${told}`,
    hint: `Set model.format to "${best.format}" in sentries.config.json.`,
  });
}

const trialText = ({ format, problem, elapsed }: FormatTrial): string =>
  problem === undefined ? `${format} yes (${seconds(elapsed)})` : `${format} no (${problem})`;

function cost({ promptTokens, completionTokens, elapsed, firstTokenAfter }: Trial): string {
  const first = firstTokenAfter === null ? '' : `, the first after ${seconds(firstTokenAfter)}`;
  return `${String(promptTokens)} + ${String(completionTokens)} tokens in ${seconds(elapsed)}${first}`;
}

const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`;
