import { readPlan, type Plan } from './read-plan';

const PLAN: Plan = {
  verdict: 'stale-test',
  reason: 'The count is higher now.',
  steps: ['Expect 4 instead of 3.', 'Leave the rest.'],
};

describe('the verdict of a planner is read from', () => {
  it.each([
    {
      what: 'the object that was asked for',
      reply:
        '{"verdict":"stale-test","reason":"The count is higher now.","steps":["Expect 4 instead of 3.","Leave the rest."]}',
    },
    {
      what: 'a fence with prose around',
      reply:
        'Here is my analysis:\n```json\n{"verdict": "stale-test", "reason": "The count is higher now.",\n "steps": ["1. Expect 4 instead of 3.", "2. Leave the rest.",],}\n```\nDone.',
    },
    {
      what: 'an object behind a thought',
      reply:
        'Is it {"verdict": "product-bug"}? No.\n</think>\n{"verdict":"stale-test","reason":"The count is higher now.","steps":["Expect 4 instead of 3.","Leave the rest."]}',
    },
    {
      what: 'a Python dict, other words, numbered steps as text',
      reply:
        "{'verdict': 'Stale Test', 'explanation': 'The count is higher now.', 'plan': '1. Expect 4 instead of 3.\\n2. Leave the rest.'}",
    },
    {
      what: 'steps as objects',
      reply:
        '{"verdict":"stale_test","reason":"The count is higher now.","steps":[{"step":1,"description":"Expect 4 instead of 3."},{"step":2,"description":"Leave the rest."}]}',
    },
    {
      what: 'an object inside of another',
      reply:
        '{"result":{"verdict":"stale","reason":"The count is\\n higher now.","steps":["Expect 4 instead of 3.","Leave the rest."]}}',
    },
    {
      what: 'lines',
      reply:
        '**Verdict:** stale test\n**Reason:** The count is higher now.\n\n**Plan:**\n1. Expect 4 instead of 3.\n2. Leave the rest.\n',
    },
  ])('$what', ({ reply }) => {
    expect(readPlan(reply)).toEqual(PLAN);
  });

  it.each([
    ['product-bug', 'product-bug'],
    ['Suspected product bug', 'product-bug'],
    ['regression', 'product-bug'],
    ['cannot tell', 'cannot-tell'],
    ["can't tell", 'cannot-tell'],
    ['UNSURE', 'cannot-tell'],
  ])('its word: %s', (said, verdict) => {
    expect(readPlan(JSON.stringify({ verdict: said }))).toEqual({ verdict, reason: '', steps: [] });
  });
});

describe('no verdict is read from', () => {
  it.each([
    { what: 'prose', reply: 'The test looks stale to me.', kind: 'nothing-found' },
    {
      what: 'the choices of the prompt',
      reply: '{"verdict":"stale-test or product-bug or cannot-tell"}',
      kind: 'nothing-found',
    },
    {
      what: 'a verdict that is turned around',
      reply: '{"verdict":"not a stale test"}',
      kind: 'nothing-found',
    },
    {
      what: 'an object that was cut',
      reply: '{"verdict":"stale-test","reason":"The cou',
      kind: 'unfinished',
    },
    {
      what: 'a thought that never ends',
      reply: '<think>\n{"verdict":"stale-test"}',
      kind: 'unfinished',
    },
    {
      what: 'two that differ',
      reply: '{"verdict":"stale-test"}\n{"verdict":"product-bug"}',
      kind: 'ambiguous',
    },
  ])('$what', ({ reply, kind }) => {
    expect(readPlan(reply)).toMatchObject({ kind, refused: expect.stringMatching(/\w/) as string });
  });
});
