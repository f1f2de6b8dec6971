import type { ChatRequest } from '../chat';
import { ANSWERS, EDITS_SCHEMA } from '../prompt/patcher';
import type { EditFormat } from '../reply/read-edits';
import { FACTS, PLAN } from './story';

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

/** Asks for the known edit, in a format, as runs ask for theirs. */
export function editQuestion(format: EditFormat): Question {
  return {
    system:
      'You mend a Python test that is out of date. Change as little as possible, in the form that is asked for.',
    prompt: `${FACTS}\nThe plan: ${PLAN}\n\n${ANSWERS[format]}\n`,
    ...(format === 'json' ? { schema: EDITS_SCHEMA } : {}),
  };
}
