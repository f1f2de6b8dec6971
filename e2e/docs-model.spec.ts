import { edit, MENDED, PAGE, promptOf, STORY, told, verdict } from './docs-model-library';

describe('what a model wrote', () => {
  it('says so, with the line of the change that it rests on, and what it cost', async () => {
    const { record, asked } = await told(STORY, [verdict(), edit('docs/guide.md', STORY.edits)]);
    expect(record).toMatchObject({
      result: 'repaired',
      verification: { repaired: 1 },
      failures: [
        {
          id: 'lib/docs/guide.md:3',
          outcome: 'repaired',
          tier: 'generated',
          strategy: 'model',
          reason:
            'written by a model: the name is another one; the change has acme.money.exchange in the place of acme.money.convert',
          edits: [{ line: 3, before: 'acme.money.convert', after: 'acme.money.exchange' }],
          evidence: [{ file: 'lib/src/acme/billing.py', side: 'head' }],
        },
      ],
      model: { calls: 2 },
    });
    expect(asked.map(({ model }) => model)).toEqual(['planner', 'coder:7b']);
    const [plan, patch] = asked.map(promptOf);
    for (const prompt of [plan, patch]) {
      expect(prompt).toContain('it meant acme.money.convert');
      expect(prompt).toContain('+def exchange(amount, unit):');
      expect(prompt).toContain(PAGE);
    }
    expect(patch).toContain('SEARCH');
  });

  it('is tried again, told what was wrong, in another form', async () => {
    const { record, asked } = await told(
      STORY,
      [
        verdict(),
        edit('docs/guide.md', [[PAGE, MENDED.replace(' not', '')]]),
        {
          reply: JSON.stringify({
            operations: [{ file: 'lib/docs/guide.md', find: PAGE, replace: MENDED }],
          }),
        },
      ],
      { attempts: 2 },
    );
    expect(record).toMatchObject({ result: 'repaired', model: { calls: 3 } });
    expect(promptOf(asked[2]!)).toContain('"not" went');
    expect(promptOf(asked[2]!)).not.toContain('SEARCH');
  });

  it('holds together with what rules repair, and those are not asked about', async () => {
    const page = `# Guide\n\n${PAGE}\n\nSee \`acme.jobs.run_twice\` and \`acme.jobs.run\`.\n`;
    const {
      record,
      asked,
      page: now,
    } = await told({ page }, [verdict(), edit('docs/guide.md', STORY.edits)]);
    expect(record.failures.map(({ strategy }) => strategy).sort()).toContain('model');
    expect(record.result).toBe('repaired');
    expect(asked).toHaveLength(2);
    expect(now()).toBe(page.replace('convert', 'exchange').replaceAll('jobs.run', 'jobs.execute'));
  });
});

describe('a model is not asked', () => {
  it.each([
    { what: 'with the strategy "rules"', request: { strategy: 'rules' as const } },
    { what: 'in mode "report"', request: { mode: 'report' as const } },
    { what: 'where only refactorings are accepted', request: { accept: 'mechanical' as const } },
  ])('$what', async ({ request }) => {
    const { record, asked } = await told(STORY, [], request);
    expect(record).toMatchObject({ result: 'unrepaired', model: { calls: 0 } });
    expect(asked).toEqual([]);
  });

  it('about what nothing in the change could show to be right', async () => {
    const { record, asked } = await told({ page: '# Guide\n\nSee [it](old.md).\n' }, []);
    expect(record).toMatchObject({ result: 'unrepaired', model: { calls: 0 } });
    expect(record.failures[0]!.reason).toContain('no model was asked: nothing in the change shows');
    expect(asked).toEqual([]);
  });
});

it('with the strategy "model", it is asked in place of the rules', async () => {
  const page = '# Guide\n\nSee `acme.jobs.run`.\n';
  const edits = [['See `acme.jobs.run`.', 'See `acme.jobs.execute`.']] as const;
  const { record } = await told({ page }, [verdict(), edit('docs/guide.md', edits)], {
    strategy: 'model',
  });
  expect(record).toMatchObject({
    result: 'repaired',
    failures: [{ strategy: 'model', tier: 'generated' }],
  });
});

it('where no model answers, that is said once, and the rules go on alone', async () => {
  const said: string[] = [];
  const page = `# Guide\n\n${PAGE}\n\nCall \`acme.money.fmt\`.\n\nSee \`acme.jobs.run\`.\n`;
  const run = (strategy: 'auto' | 'model') =>
    told({ page }, [], {
      strategy,
      environment: { LLM_BASE: 'http://127.0.0.1:9' },
      log: (text) => void said.push(text),
    });
  const { record } = await run('auto');
  expect(record).toMatchObject({ result: 'partial', error: null, model: { calls: 0 } });
  expect(said).toEqual([expect.stringMatching(/no model, rules alone: .*127\.0\.0\.1:9/)]);
  const { record: alone } = await run('model');
  expect(alone.result).toBe('unrepaired');
  for (const { reason } of alone.failures) expect(reason).toMatch(/^no model: /);
});

it.each([
  { kind: 'product-bug', says: 'a model takes this for a bug of the code: who knows' },
  { kind: 'cannot-tell', says: "a model can't tell what should stand there: who knows" },
])('the planner says $kind: nothing is edited', async ({ kind, says }) => {
  const { record, asked } = await told(STORY, [verdict(kind, 'who knows')]);
  expect(record).toMatchObject({ result: 'unrepaired', patch: null });
  expect(record.failures[0]!.reason).toContain(says);
  expect(asked).toHaveLength(1);
});
