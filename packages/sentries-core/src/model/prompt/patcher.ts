import type { Context } from './context';
import { ABOUT_BLOCKS, dataBlock } from './data-block';
import { composed, notUsed, type Prompt } from './planner';
import type { EditFormat } from '../reply/read-edits';

/** What an edit has to be, whatever it is of. */
export const EXACTLY =
  '- Copy text that is to be replaced exactly from the file. Never abbreviate: no "…", no "rest unchanged".';

const RULES = `You mend a Python test that a change of the code has made stale. It is to test the same as before, in the new way.
${ABOUT_BLOCKS}
- Edit only the test files that you are shown, and as little as possible.
- Keep every test, assertion, parametrize row and check. Add no skip, xfail, try, if, mock or early return.
- Keep expected values, exception types and match texts, unless the change shows the new one.
${EXACTLY}`;

/** How an answer is asked for in each format. */
export const ANSWERS: Readonly<Record<EditFormat, string>> = {
  json: `Answer with one JSON object and nothing else. "find" is text that stands exactly once in the file, whole lines of it:
{"operations":[{"file":"path of the test file","find":"old lines","replace":"new lines"}]}`,
  blocks: `Answer with one or more blocks like this and nothing else. The text to search for stands exactly once in the file, whole lines of it:
path of the test file
\`\`\`
<<<<<<< SEARCH
old lines
=======
new lines
>>>>>>> REPLACE
\`\`\``,
  function: `Answer with each function that changes, whole, with its decorators, in this form and nothing else:
path of the test file::Class::function
\`\`\`python
def function(...):
    all of its lines
\`\`\`
(without "Class::" for a function outside of a class).`,
};

/** For the format that has a reply which is JSON. */
export const EDITS_SCHEMA = {
  type: 'object',
  properties: {
    operations: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          file: { type: 'string' },
          find: { type: 'string' },
          replace: { type: 'string' },
        },
        required: ['file', 'find', 'replace'],
        additionalProperties: false,
      },
    },
  },
  required: ['operations'],
  additionalProperties: false,
};

/** What an edit is asked for with. */
export interface PatchTask {
  /** The planner's, empty where none was asked. It is made from data, and counts as such. */
  readonly steps: readonly string[];
  readonly format: EditFormat;
  /** Why the edits before this one were not taken, the last one last. */
  readonly refused: readonly string[];
}

/** So many earlier refusals are told; a longer list costs more than it says. */
const MOST_REFUSALS = 2;
const LONGEST_REFUSAL = 1200;

/** Asks for an edit; undefined where what is needed does not fit the budget. */
export function patcherPrompt(
  context: Context,
  { steps, format, refused }: PatchTask,
  budget: number,
): Prompt | undefined {
  const task = taskOf({ steps, refused }, `Mend the failing test. ${ANSWERS[format]}`);
  return composed(RULES, context, task, budget);
}

/** The plan, what was wrong with the edits before, and what is asked for. */
export function taskOf(
  { steps, refused }: Pick<PatchTask, 'steps' | 'refused'>,
  what: string,
): string {
  const plan = steps.map((step, at) => `${at + 1}. ${step}`).join('\n');
  return [
    ...(plan === '' ? [] : [`The plan:\n${dataBlock('plan', plan)}`]),
    ...refused.slice(-MOST_REFUSALS).map((reason) => notUsed(reason.slice(0, LONGEST_REFUSAL))),
    `${what}\n`,
  ].join('\n');
}
