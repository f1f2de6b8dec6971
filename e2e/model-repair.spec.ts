import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { greeting, library, outcomes, REWORDED, sentry } from './library';
import {
  ASSERTION,
  block,
  environment,
  GREET_TEST,
  languages,
  LANGUAGES,
  MENDED,
  modelServer,
  ONE_LANGUAGE,
  planned,
  withModel,
} from './model';

describe('given a failure that no rule can repair, and a model', () => {
  it('the test is repaired, by an edit that is proven like any other', async () => {
    const workspace = languages();
    const { record, asked } = await withModel(workspace, [planned(), block(ASSERTION, MENDED)]);
    expect(record).toMatchObject({
      result: 'repaired',
      verification: { repaired: 1, failOnOldSource: 1 },
      failures: [
        {
          outcome: 'repaired',
          tier: 'generated',
          strategy: 'model',
          reason: 'written by a model: greet needs a language now',
          edits: [{ file: 'lib/tests/test_greet.py', line: 5 }],
          evidence: [
            { file: 'lib/src/greet.py', line: 1, side: 'head' },
            { file: 'lib/src/greet.py', line: 4, side: 'head', text: 'def greet(name, language):' },
          ],
        },
      ],
      model: { calls: 2 },
    });
    expect(record.model.promptTokens).toBeGreaterThan(500);
    expect(record.model.completionTokens).toBeGreaterThan(10);
    expect(asked.map(({ model }) => model)).toEqual(['planner', 'coder:7b']);
    const patch = readFileSync(
      join(workspace.root, '.sentries/greet/sentry-test/changes.patch'),
      'utf8',
    );
    expect(patch).toContain(`+${MENDED}`);
    expect(readFileSync(join(workspace.root, 'lib/tests/test_greet.py'), 'utf8')).toBe(GREET_TEST);
  });

  it('what rules repair is not asked, and holds together with what the model repairs', async () => {
    const workspace = library({
      'lib/src/greet.py': `${ONE_LANGUAGE}\n\ndef leave(name):\n    return f"Bye, {name}"\n`,
      'lib/tests/test_greet.py': GREET_TEST.replace('import greet', 'import greet, leave').concat(
        '\n\ndef test_leave():\n    assert leave("Bo") == "Bye, Bo"\n',
      ),
    });
    workspace.write({
      'lib/src/greet.py': `${LANGUAGES}\n\ndef leave(name):\n    return f"Goodbye, {name}"\n`,
    });
    const { record, asked } = await withModel(workspace, [planned(), block(ASSERTION, MENDED)]);
    expect(record.failures.map(({ strategy, outcome }) => [strategy, outcome])).toEqual([
      ['model', 'repaired'],
      ['expected-literal', 'repaired'],
    ]);
    expect(asked).toHaveLength(2);
    expect(record.patch).toMatchObject({ added: 2, removed: 2 });
  });

  it('one edit of a helper repairs all tests that use it', async () => {
    const workspace = languages({
      'lib/tests/test_greet.py':
        'from greet import greet\n\n\ndef greeted(name):\n    return greet(name)\n\n\ndef test_ann():\n    assert greeted("Ann") == "Hello, Ann!"\n\n\ndef test_bo():\n    assert greeted("Bo") == "Hello, Bo!"\n',
    });
    const { record, asked } = await withModel(workspace, [
      planned(),
      block('    return greet(name)', '    return greet(name, "en")'),
    ]);
    expect(Object.values(outcomes(record))).toEqual(['repaired', 'repaired']);
    expect(asked).toHaveLength(2);
  });

  it('a second attempt is told what was wrong with the first, in another form', async () => {
    const { record, asked } = await withModel(languages(), [
      planned(),
      block(ASSERTION, '    assert greet("Ann", "fr") == "Hello, Ann!"'),
      {
        reply: `lib/tests/test_greet.py::test_greet\n\`\`\`python\ndef test_greet():\n${MENDED}\n\`\`\`\n`,
      },
    ]);
    expect(record.result).toBe('repaired');
    const [, first, second] = asked.map((body) => ({
      prompt: (body['messages'] as { content: string }[])[1]!.content,
      options: body['options'] as { temperature: number },
    }));
    expect(second!.prompt).toContain("KeyError: 'fr'");
    expect(second!.prompt).not.toContain('SEARCH');
    expect(second!.options.temperature).toBeGreaterThan(first!.options.temperature);
  });

  it('with the strategy "model", it is asked in place of the rules', async () => {
    const workspace = library();
    workspace.write({ 'lib/src/greet.py': REWORDED });
    const { record } = await withModel(
      workspace,
      [
        planned('stale-test', 'the greeting was reworded'),
        block('"Hello, Ann!"', '"Good day, Ann!"'),
      ],
      { strategy: 'model' },
    );
    expect(record).toMatchObject({
      result: 'repaired',
      failures: [
        { strategy: 'model', tier: 'generated', reason: /"Hello, Ann!" → "Good day, Ann!"/ },
      ],
    });
  });

  it('with the strategy "rules", no model is asked', async () => {
    const { record, asked } = await withModel(languages(), [planned()], { strategy: 'rules' });
    expect(record).toMatchObject({ result: 'unrepaired', model: { calls: 0 } });
    expect(asked).toEqual([]);
  });

  it('none is asked where rules repair everything, nor with accept "mechanical"', async () => {
    const server = await modelServer();
    const request = { strategy: 'auto', environment: environment(server.base) } as const;
    const workspace = library();
    workspace.write({ 'lib/src/greet.py': REWORDED });
    expect(await sentry(workspace, request)).toMatchObject({ result: 'repaired' });
    await sentry(languages(), { ...request, accept: 'mechanical' });
    expect(server.received).toEqual([]);
  });

  it('nor about what the change took away', async () => {
    const workspace = library({ 'lib/src/greet.py': greeting('greet', 'Hello') });
    workspace.write({ 'lib/src/greet.py': 'def shout(name):\n    return name.upper()\n' });
    const { asked } = await withModel(workspace, [planned()]);
    expect(asked).toEqual([]);
  });

  it('a run can be verified again from its recording, with no server', async () => {
    const workspace = languages();
    const server = await modelServer(planned(), block(ASSERTION, MENDED));
    const recorded = await sentry(workspace, {
      strategy: 'auto',
      environment: { ...environment(server.base), SENTRIES_RECORD: '.sentries/replies.jsonl' },
    });
    await server.stop();
    const replayed = await sentry(workspace, {
      strategy: 'auto',
      environment: { ...environment(server.base), SENTRIES_REPLAY: '.sentries/replies.jsonl' },
    });
    expect(replayed).toEqual({ ...recorded, timings: replayed.timings });
    expect(replayed.result).toBe('repaired');
  });
});
