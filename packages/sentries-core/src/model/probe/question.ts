import type { ChatRequest } from '../chat';
import type { EditFormat } from '../reply/read-edits';
import { FACTS, PLAN, TEST_FILE } from './story';

type Question = Pick<ChatRequest, 'system' | 'prompt' | 'schema'>;

/** Asks for the planner's verdict on the known failure. */
export const PLAN_QUESTION: Question = {
  system:
    'You judge why a Python test fails after a change of the code. ' +
    'Answer with one small JSON object and nothing else.',
  prompt: `${FACTS}
Is the test stale, because the code was meant to change, or did the change break the code?
{"verdict": "stale-test" or "product-bug" or "cannot-tell", "reason": "one sentence", "steps": ["what to edit"]}
`,
  schema: {
    type: 'object',
    properties: {
      verdict: { type: 'string', enum: ['stale-test', 'product-bug', 'cannot-tell'] },
      reason: { type: 'string' },
      steps: { type: 'array', items: { type: 'string' } },
    },
    required: ['verdict', 'reason', 'steps'],
  },
};

/** Asks for the known edit, in a format. */
export function editQuestion(format: EditFormat): Question {
  return {
    system:
      'You mend a Python test that is out of date. Change as little as possible, in the form that is asked for.',
    prompt: `${FACTS}\nThe plan: ${PLAN}\n\n${FORMS[format]}\n`,
    ...(format === 'json' ? { schema: EDITS } : {}),
  };
}

const FORMS: Readonly<Record<EditFormat, string>> = {
  json: `Answer with one JSON object. "find" is text that stands exactly once in the file:
{"operations": [{"file": "${TEST_FILE}", "find": "old text", "replace": "new text"}]}`,
  blocks: `Answer with a block like this. The text to search for stands exactly once in the file:
${TEST_FILE}
\`\`\`
<<<<<<< SEARCH
old lines
=======
new lines
>>>>>>> REPLACE
\`\`\``,
  function: `Answer with the whole function as it is to be, below its place:
${TEST_FILE}::name_of_the_function
\`\`\`python
def name_of_the_function():
    all of its lines
\`\`\``,
};

const TEXT = { type: 'string' };
const EDITS = {
  type: 'object',
  properties: {
    operations: {
      type: 'array',
      items: {
        type: 'object',
        properties: { file: TEXT, find: TEXT, replace: TEXT },
        required: ['file', 'find', 'replace'],
      },
    },
  },
  required: ['operations'],
};
