import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { library, sentry } from './library';
import {
  ASSERTION,
  block,
  environment,
  GREET_TEST,
  languages,
  LANGUAGES,
  MENDED,
  modelServer,
  planned,
  withModel,
} from './model';

/** What becomes of the one failing test where a model says this, time and again. */
async function told(
  behaviour: ReturnType<typeof block>,
  request: Parameters<typeof withModel>[2] = {},
): Promise<{ outcome: string; reason: string }> {
  const { record } = await withModel(languages(), [planned(), behaviour], {
    attempts: 1,
    ...request,
  });
  expect(record).toMatchObject({ patch: null, result: 'unrepaired' });
  const [{ outcome, reason }] = record.failures as [(typeof record.failures)[0]];
  return { outcome, reason };
}

describe('given a model that lies, the test stays red, where its edit', () => {
  it.each([
    {
      what: 'takes the assertion out',
      behaviour: block(ASSERTION, '    greet("Ann", "en")'),
      says: 'the edit makes greet("Ann", "en") of assert',
    },
    {
      what: 'hides it behind an if',
      behaviour: block(ASSERTION, `    if False:\n    ${MENDED}`),
      says: 'the edit makes if False: of assert',
    },
    {
      what: 'skips the test',
      behaviour: block('def test_greet', 'import pytest\n\n\n@pytest.mark.skip\ndef test_greet'),
      says: 'imports pytest, which is none of the code under test',
    },
    {
      what: 'makes the equality a truth',
      behaviour: block(ASSERTION, '    assert greet("Ann", "en")'),
      says: 'the edit makes assert greet("Ann", "en") of assert',
    },
    {
      what: 'patches the code',
      behaviour: block(
        ASSERTION,
        `    from unittest.mock import patch\n\n    with patch("greet.WORDS", {"en": "Hello"}):\n    ${MENDED}`,
      ),
      says: 'imports unittest.mock.patch, which is none of the code under test',
    },
    {
      what: 'expects any exception',
      behaviour: block(
        ASSERTION,
        `    import pytest\n\n    with pytest.raises(TypeError):\n    ${ASSERTION}`,
      ),
      says: 'imports pytest, which is none of the code under test',
    },
    {
      what: 'no longer calls the code',
      behaviour: block(
        ASSERTION,
        '    word, name = "Hello", "Ann"\n    assert f"{word}, {name}!" == "Hello, Ann!"',
      ),
      says: 'more than calling the code under test',
    },
    {
      what: 'writes into the code under test',
      behaviour: block(
        'def greet(name, language):',
        'def greet(name, language="en"):',
        'lib/src/greet.py',
      ),
      says: 'lib/src/greet.py',
    },
    {
      what: 'writes out of the project',
      behaviour: block('x', 'y', '../../etc/passwd'),
      says: 'came to nothing',
    },
    {
      what: 'leaves something out',
      behaviour: block(
        'def test_greet():\n' + ASSERTION,
        'def test_greet():\n    # ... existing code ...',
      ),
      says: '1 attempt of a model came to nothing',
    },
    { what: 'is garbage', behaviour: { reply: 'Sure! {"op: <<<<<<< ]]' }, says: 'came to nothing' },
    {
      what: 'is empty',
      behaviour: { reply: '<think>I do not know.</think>' },
      says: 'came to nothing',
    },
    {
      what: 'does not help',
      behaviour: block(ASSERTION, '    assert greet("Ann", "de") == "Hello, Ann!"'),
      says: 'with the edit the test still fails: AssertionError',
    },
    {
      what: 'adds a test',
      behaviour: block(ASSERTION, `${MENDED}\n\n\ndef test_more():\n    assert greet("Bo", "de")`),
      says: 'the edit adds the test test_more',
    },
  ])('$what', async ({ behaviour, says }) => {
    const { outcome, reason } = await told(behaviour);
    expect(outcome).toBe('unrepaired');
    expect(reason).toContain(says);
  });

  it('writes down what the code gives now: that is shown, and not made', async () => {
    const workspace = languages();
    const { record } = await withModel(workspace, [
      planned(),
      block(ASSERTION, '    assert greet("Ann", "de") == "Hallo, Ann!"'),
    ]);
    expect(record).toMatchObject({
      patch: null,
      failures: [
        {
          outcome: 'suspected-regression',
          tier: 'generated',
          edits: [{ after: expect.stringContaining('Hallo') as string }],
        },
      ],
    });
    expect(record.failures[0]!.reason).toContain(
      'with "Hello, Ann!" → "Hallo, Ann!", which nothing in the change explains',
    );
    expect(readFileSync(join(workspace.root, 'lib/tests/test_greet.py'), 'utf8')).toBe(GREET_TEST);
  });

  it('does so where everything is accepted: then it is made, and says what it is', async () => {
    const { record } = await withModel(
      languages(),
      [planned(), block(ASSERTION, '    assert greet("Ann", "de") == "Hallo, Ann!"')],
      { accept: 'all' },
    );
    expect(record).toMatchObject({
      result: 'repaired',
      failures: [{ tier: 'generated', reason: expect.stringContaining('"Hallo, Ann!"') as string }],
    });
  });

  it('makes a bug pass that the model calls a stale test', async () => {
    const source = (operator: string): string => `def area(a, b):\n    return a ${operator} b\n`;
    const workspace = library({
      'lib/src/greet.py': source('*'),
      'lib/tests/test_greet.py':
        'from greet import area\n\n\ndef test_area():\n    assert area(2, 3) == 6\n',
    });
    workspace.write({ 'lib/src/greet.py': source('+') });
    const { record } = await withModel(
      workspace,
      [
        planned(),
        block('area(2, 3) == 6', 'area(2, 4) == 6'),
        block('area(2, 3) == 6', 'area(2, 3) == 5'),
      ],
      { strategy: 'model', attempts: 2 },
    );
    expect(record).toMatchObject({ patch: null, failures: [{ outcome: 'suspected-regression' }] });
  });
});

describe('given what a planner says', () => {
  it('a bug of the code stays red, and nothing is proposed', async () => {
    const { record, asked } = await withModel(languages(), [
      planned('product-bug', 'the language should have a default'),
    ]);
    expect(record.failures[0]).toMatchObject({
      outcome: 'suspected-regression',
      reason: 'a model takes this for a bug of the code: the language should have a default',
      edits: [],
    });
    expect(asked).toHaveLength(1);
  });

  it('what it can not tell is left alone', async () => {
    const { record } = await withModel(languages(), [planned('cannot-tell', 'both may be')]);
    expect(record.failures[0]).toMatchObject({
      outcome: 'unrepaired',
      reason:
        "argument-changed: greet needs a value for language; a model can't tell whether the test is stale: both may be",
    });
  });

  it('what can not be read twice is no verdict', async () => {
    const { record, asked } = await withModel(languages(), [{ reply: 'Hm.' }, { reply: 'Well.' }]);
    expect(record.failures[0]!.reason).toContain('no verdict that can be read');
    expect(asked).toHaveLength(2);
  });
});

describe('given no usable model, what rules find stands', () => {
  const both = (): ReturnType<typeof library> =>
    languages({
      'lib/src/leave.py': 'def leave(name):\n    return f"Bye, {name}"\n',
      'lib/tests/test_leave.py':
        'from leave import leave\n\n\ndef test_leave():\n    assert leave("Bo") == "Bye, Bo"\n',
    });

  it.each([
    { what: 'no server', env: { LLM_BASE: 'http://127.0.0.1:1' }, says: 'Nothing answers' },
    {
      what: 'a server without the model',
      env: { MODEL_PATCH: 'other' },
      says: 'has no model other',
    },
    { what: 'a setting that is none', env: { LLM_API: 'soap' }, says: 'LLM_API' },
  ])('$what: said once', async ({ env, says }) => {
    const workspace = both();
    workspace.write({ 'lib/src/leave.py': 'def leave(name):\n    return f"Goodbye, {name}"\n' });
    const server = await modelServer();
    const log: string[] = [];
    const record = await sentry(workspace, {
      strategy: 'auto',
      environment: { ...environment(server.base), ...env },
      log: (text) => log.push(text),
    });
    expect(record).toMatchObject({ result: 'partial', error: null, model: { calls: 0 } });
    const said = log.filter((text) => text.includes('no model, rules alone'));
    expect(said).toHaveLength(1);
    expect(said[0]).toContain(says);
    expect(server.asked).toEqual([]);
  });

  it.each([
    { what: 'breaks', behaviour: { breaks: 'during' } as const, says: 'did not answer' },
    { what: 'is cut', behaviour: { reply: 'def', cut: true }, says: 'did not answer' },
    {
      what: 'is out of memory',
      behaviour: {
        status: 500,
        body: { error: 'model requires more system memory (9 GiB) than is available' },
      },
      says: 'argument-changed',
    },
  ])('a reply that $what', async ({ behaviour, says }) => {
    const { reason } = await told(behaviour);
    expect(reason).toContain(says);
  });
});

describe('given limits', () => {
  const limited = (perFailure: object): ReturnType<typeof library> => {
    const workspace = languages();
    workspace.write({ 'sentries.config.json': JSON.stringify({ model: { perFailure } }) });
    return workspace;
  };
  const wrong = block(ASSERTION, '    assert greet("Ann", "de") == "Hello, Ann!"');

  it.each([
    {
      limit: { requests: 2 },
      asks: 2,
      says: 'the limit model.perFailure.requests of 2 is reached',
    },
    { limit: { tokens: 50 }, asks: 0, says: 'the limit model.perFailure.tokens of 50 is reached' },
    {
      limit: { seconds: 0.5 },
      asks: 2,
      says: 'the limit model.perFailure.seconds of 0.5 is reached',
    },
  ])('$says', async ({ limit, asks, says }) => {
    const hangs = 'seconds' in limit;
    const { record, asked } = await withModel(limited(limit), [
      planned(),
      hangs ? { hang: 'during' } : wrong,
      wrong,
    ]);
    expect(record.failures[0]!.reason).toContain(says);
    expect(asked).toHaveLength(asks);
  });

  it('of the task, for all its failures', async () => {
    const workspace = languages({
      'lib/tests/test_greet.py': `${GREET_TEST}\n\ndef test_other():\n    assert greet("Bo") == "Hello, Bo!"\n`,
    });
    workspace.write({
      'sentries.config.json': JSON.stringify({ model: { perTask: { requests: 1 } } }),
      'lib/src/greet.py': LANGUAGES,
    });
    const { record } = await withModel(workspace, [planned('cannot-tell')]);
    expect(record.failures.map(({ reason }) => reason.split('; ').at(-1))).toEqual([
      expect.stringContaining("can't tell"),
      'the limit model.perTask.requests of 1 is reached',
    ]);
  });
});
