import { NEVER, servers, settingsFor } from '../endpoint/chat.fixture';
import type { Behaviour } from '../endpoint/model-server.fixture';
import { openChat } from '../endpoint/open';
import { probeFormat, probePlan, type ProbeOptions } from './probe';
import { GOOD_EDITS, STALE_VERDICT } from './probe.fixture';
import { STALE_TEST, TEST_FILE } from './story';

const { ollama } = servers();
const OPTIONS: ProbeOptions = { replyTokens: 500, signal: NEVER };

/** A model that answers once, as it is told to. */
async function modelThat(behaviour: Behaviour) {
  const server = await ollama();
  server.will(behaviour);
  return { server, chat: await openChat(settingsFor(server), 'coder:7b') };
}

describe('trying a model on an edit whose result is known', () => {
  it.each(['json', 'blocks', 'function'] as const)('it handles %s', async (format) => {
    const { server, chat } = await modelThat({ reply: GOOD_EDITS[format] });
    const trial = await probeFormat(chat, format, OPTIONS);
    expect(trial.problem).toBeUndefined();
    expect(trial.promptTokens).toBeGreaterThan(100);
    expect(trial.firstTokenAfter).not.toBeNull();
    const asked = JSON.stringify(server.asked[0]);
    expect(asked).toContain('unexpected keyword argument');
    expect('format' in server.asked[0]!).toBe(format === 'json');
  });

  it.each([
    {
      what: 'an edit beside the point',
      reply: GOOD_EDITS.json.replace('unit_price', 'cost'),
      says: 'another edit',
    },
    {
      what: 'an edit that weakens another test too',
      reply: JSON.stringify({
        operations: [
          { file: TEST_FILE, find: 'price=4', replace: 'unit_price=4' },
          { file: TEST_FILE, find: 'total() == 0', replace: 'total() >= 0' },
        ],
      }),
      says: 'another edit',
    },
    { what: 'good advice', reply: 'You should rename the argument.', says: 'holds no edit' },
    {
      what: 'a text that is not there',
      reply: '{"operations":[{"find":"cart.add(\'milk\')","replace":"x"}]}',
      says: `not in ${TEST_FILE}`,
    },
    {
      what: 'the rest left out',
      reply:
        '```python\ndef test_total_is_the_sum_of_the_prices():\n    # ... existing code ...\n```',
      says: '',
    },
  ])('it does not handle a format in which it sends $what', async ({ reply, says }) => {
    const { chat } = await modelThat({ reply });
    const { problem } = await probeFormat(chat, 'json', OPTIONS);
    expect(problem).toContain(says);
    // One line, for a person.
    expect(problem).not.toContain('\n');
  });

  it('a model that finds no end fails the format, and may be tried in the next', async () => {
    const { chat } = await modelThat({ reply: GOOD_EDITS.json, cut: true });
    const { problem } = await probeFormat(chat, 'json', OPTIONS);
    expect(problem).toBe('coder:7b did not finish its reply within 500 tokens.');
  });

  it('a server that fails is no fault of the format', async () => {
    const { chat } = await modelThat({ status: 500, body: { error: 'CUDA out of memory' } });
    await expect(probeFormat(chat, 'json', OPTIONS)).rejects.toMatchObject({
      kind: 'out-of-memory',
    });
  });
});

describe('trying a model on a verdict', () => {
  it('gives what it judged', async () => {
    const { chat } = await modelThat({ reply: STALE_VERDICT });
    expect(await probePlan(chat, OPTIONS)).toMatchObject({ verdict: 'stale-test' });
  });

  it('says why a reply is none', async () => {
    const { chat } = await modelThat({ reply: 'Well, it depends.' });
    const trial = await probePlan(chat, OPTIONS);
    expect(trial.problem).toContain('no verdict');
    expect(trial.verdict).toBeUndefined();
  });
});

it('the known edit has one place, which a find string can name', () => {
  expect(STALE_TEST.split('price=4')).toHaveLength(2);
});
