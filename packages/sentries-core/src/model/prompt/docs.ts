import type { ChangeSet } from '../../change/change-set';
import type { Evidence } from '../../report/run-record';
import type { EditFormat } from '../reply/read-edits';
import type { Part } from './budget';
import { changedDefinitions, evidenceFrom, shownChange } from './changed-definitions';
import { ABOUT_BLOCKS, dataBlock } from './data-block';
import { ANSWERS, EXACTLY, taskOf, type PatchTask } from './patcher';
import { composed, notUsed, type Prompt } from './planner';

/** What is at hand when a passage of documentation is put before a model. */
interface DocScene {
  /** From the workspace root. */
  readonly file: string;
  /** The part of the file around the stale places, as it stands. */
  readonly section: string;
  /** The lines that may change, as they stand. */
  readonly lines: readonly string[];
  /** For each stale place: what it says, what it meant, and what became of that. */
  readonly places: readonly string[];
  /** Names that the stale places have and had, without what holds them. */
  readonly names: ReadonlySet<string>;
  readonly change: ChangeSet;
  readonly pullRequest: { readonly title: string; readonly body: string } | undefined;
}

/** What a model is told of a passage. All of it is data. */
export interface DocPromptContext {
  /** In order of worth. */
  readonly parts: readonly Part[];
  /** Lines of the change that bear on the passage. */
  readonly evidence: readonly Evidence[];
}

/** What bears on stale places, in order of worth. Pure. */
export function docContextOf(scene: DocScene): DocPromptContext {
  const { file, section, lines, places, names, change, pullRequest } = scene;
  const changed = changedDefinitions(change, names, names, []).filter(
    ({ distance }) => distance === 0,
  );
  const told = pullRequest && `title: ${pullRequest.title}\n\n${pullRequest.body}`.trim();
  const parts: Part[] = [
    {
      title: 'The places that the change made stale',
      required: true,
      pieces: [dataBlock('stale places', places.join('\n'))],
    },
    {
      title: 'The section that they stand in',
      required: true,
      pieces: [dataBlock('section', section, file)],
    },
    {
      title: 'The lines of it that may change; all others stay as they are',
      required: true,
      pieces: [dataBlock('lines', lines.join('\n'))],
    },
    {
      title: 'What the change did to the code that they name (- before, + now)',
      pieces: changed.map((one) => dataBlock('change', shownChange(one))),
    },
    {
      title: 'What its author says of the change',
      pieces: told === undefined ? [] : [dataBlock('pull request', told)],
    },
  ];
  return {
    parts: parts.filter(({ pieces }) => pieces.length > 0),
    evidence: evidenceFrom(changed),
  };
}

const PLANNER = `You judge a passage of documentation that names code which a change of the code took away or gave another name.
${ABOUT_BLOCKS}
Decide between three verdicts:
- "stale-docs": the change meant the code to be this way, and the passage still tells of the old way.
- "product-bug": the passage tells what the code should still have, and the change took it away by mistake.
- "cannot-tell": neither is clear from what you see, or what the passage should say instead is not.
If in doubt, choose "cannot-tell".
For "stale-docs" give a short numbered plan: which name is to stand in the place of which. Nothing else of the passage may change: not its meaning, its numbers, its links or its style.
Answer with one JSON object and nothing else:
{"verdict":"stale-docs","reason":"one sentence","steps":["1. …","2. …"]}`;

/** The reply that is asked for. */
export const DOC_PLAN_SCHEMA = {
  type: 'object',
  properties: {
    verdict: { type: 'string', enum: ['stale-docs', 'product-bug', 'cannot-tell'] },
    reason: { type: 'string' },
    steps: { type: 'array', items: { type: 'string' } },
  },
  required: ['verdict', 'reason', 'steps'],
  additionalProperties: false,
};

const PLAN_TASK =
  'Which verdict is it, and if the passage is stale: what is to stand there? One JSON object.\n';

/**
 * Asks for a verdict on a passage, and a plan.
 *
 * @param refused Why the last answer could not be read.
 * @returns undefined where what is needed does not fit the budget.
 */
export const docPlannerPrompt = (
  context: DocPromptContext,
  budget: number,
  refused?: string,
): Prompt | undefined =>
  composed(
    PLANNER,
    context,
    [...(refused === undefined ? [] : [notUsed(refused)]), PLAN_TASK].join('\n'),
    budget,
  );

const PATCHER = `You mend a passage of documentation that a change of the code has made stale. It is to say the same as before, with the names that the code has now.
${ABOUT_BLOCKS}
- Change only the lines that you are told may change, and in them only the stale names. Keep every other word, number, sign and line end.
- Beside a name, "a" may become "an", and the word for what it is may follow it: "function", "class", "method".
- Name only what the code has now. Add no link, no HTML, no heading, no line.
- An import of several names may become several imports. A parameter that is gone may go from a call. An item of a list or a row of a table that is about nothing but what is gone may go as a whole.
${EXACTLY}`;

/** Asks for an edit of a passage; undefined where what is needed does not fit the budget. */
export function docPatcherPrompt(
  context: DocPromptContext,
  { steps, format, refused }: PatchTask,
  budget: number,
): Prompt | undefined {
  const answer = ANSWERS[format].replaceAll('the test file', 'the file');
  const task = taskOf({ steps, refused }, `Mend the passage. ${answer}`);
  return composed(PATCHER, context, task, budget);
}

/** No functions: documentation is text, in a module as well. */
export const DOC_FORMATS: readonly EditFormat[] = ['blocks', 'json'];
