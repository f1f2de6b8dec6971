import {
  edit,
  line,
  MENDED,
  PAGE,
  promptOf,
  STORY,
  told,
  verdict,
  type PageStory,
} from './docs-model-library';

const FENCE = '```';
const example = (...lines: string[]): string =>
  `# Guide\n\n${FENCE}python\n${lines.join('\n')}\n${FENCE}\n`;

const HONEST: readonly (PageStory & { what: string; is: string | null })[] = [
  {
    what: 'a name that the change uses in the place of another',
    ...line(
      'Call `acme.money.convert` 3 times, but not `acme.money.double`.',
      'Call `acme.money.exchange` 3 times, but not `acme.money.double`.',
    ),
  },
  {
    what: 'a name alone',
    ...line(
      'The function `acme.money.fmt` must not be called twice.',
      'The function `acme.money.format_amount` must not be called twice.',
    ),
  },
  {
    what: 'another article',
    ...line(
      'An `acme.money.Rounder` is made once, for 2 digits.',
      'An `acme.money.evenly` is made once, for 2 digits.',
    ),
  },
  {
    what: 'another word for its kind',
    ...line(
      'Use the `acme.money.Rounder` class for a price.',
      'Use the `acme.money.evenly` function for a price.',
    ),
  },
  {
    what: 'a word that could be English, below the heading of its module',
    page: '# Guide\n\n## `acme.jobs`\n\nWhat `run` is given is called.\n',
    edits: [['What `run` is given is called.', 'What `execute` is given is called.']],
    is: '# Guide\n\n## `acme.jobs`\n\nWhat `execute` is given is called.\n',
  },
  {
    what: 'an import that becomes two',
    page: example('from acme.money import (double, split)', '', 'print(split(double(3), 2))'),
    edits: [
      [
        'from acme.money import (double, split)',
        'from acme.fx import split\nfrom acme.money import double',
      ],
    ],
    is: example(
      'from acme.fx import split',
      'from acme.money import double',
      '',
      'print(split(double(3), 2))',
    ),
  },
  {
    what: 'an import in parentheses',
    page: example(
      'from acme.money import (',
      '    double,',
      '    split,',
      ')',
      '',
      'print(split(double(3), 2))',
    ),
    edits: [['    double,\n    split,\n)', '    double,\n)\nfrom acme.fx import split']],
    is: example(
      'from acme.money import (',
      '    double,',
      ')',
      'from acme.fx import split',
      '',
      'print(split(double(3), 2))',
    ),
  },
  {
    what: 'an import in a doctest',
    page: example(
      '>>> from acme.money import (double, split)',
      '>>> split(double(3), 2)',
      '[3.0, 3.0]',
    ),
    edits: [
      [
        '>>> from acme.money import (double, split)',
        '>>> from acme.money import double\n>>> from acme.fx import split',
      ],
    ],
    is: example(
      '>>> from acme.money import double',
      '>>> from acme.fx import split',
      '>>> split(double(3), 2)',
      '[3.0, 3.0]',
    ),
  },
  {
    what: 'an item of a list about what is gone',
    page: '# Guide\n\n- `acme.money.double`: twice.\n- `acme.money.legacy_total`: the sum\n  of all.\n- `acme.money.rate`: the rate.\n',
    edits: [['- `acme.money.legacy_total`: the sum\n  of all.\n', '']],
    is: '# Guide\n\n- `acme.money.double`: twice.\n- `acme.money.rate`: the rate.\n',
  },
  {
    what: 'a row of a table about what is gone',
    page: '# Guide\n\n| name | what |\n| --- | --- |\n| `acme.money.legacy_total` | the sum |\n| `acme.money.rate` | the rate |\n',
    edits: [['| `acme.money.legacy_total` | the sum |\n', '']],
    is: '# Guide\n\n| name | what |\n| --- | --- |\n| `acme.money.rate` | the rate |\n',
  },
  {
    what: 'a keyword of a call that is taken no more',
    page: example('from acme.money import rate', '', 'print(rate("EUR", day=1))'),
    edits: [['print(rate("EUR", day=1))', 'print(rate("EUR"))']],
    is: example('from acme.money import rate', '', 'print(rate("EUR"))'),
  },
  {
    what: 'several places on one line',
    ...line(
      'From `acme.money.convert` to `acme.money.fmt`: 2 steps.',
      'From `acme.money.exchange` to `acme.money.format_amount`: 2 steps.',
    ),
  },
  {
    what: 'CRLF',
    page: '# Guide\r\n\r\nCall `acme.money.convert`.\r\n',
    edits: [['Call `acme.money.convert`.', 'Call `acme.money.exchange`.']],
    is: '# Guide\r\n\r\nCall `acme.money.exchange`.\r\n',
  },
  {
    what: 'a role in RST',
    path: 'docs/api.rst',
    page: 'API\n===\n\nSee :func:`acme.money.convert` for more.\n',
    edits: [
      ['See :func:`acme.money.convert` for more.', 'See :func:`acme.money.exchange` for more.'],
    ],
    is: 'API\n===\n\nSee :func:`acme.money.exchange` for more.\n',
  },
  {
    what: 'an item in RST',
    path: 'docs/api.rst',
    page: 'API\n===\n\n* :func:`acme.money.legacy_total` sums.\n* :func:`acme.money.double` doubles.\n',
    edits: [['* :func:`acme.money.legacy_total` sums.\n', '']],
    is: 'API\n===\n\n* :func:`acme.money.double` doubles.\n',
  },
  {
    what: 'a link with a title of its own',
    page: '# Guide\n\n[the `acme.money.convert` function](https://example.org/a)\n',
    edits: [
      [
        '[the `acme.money.convert` function](https://example.org/a)',
        '[the `acme.money.exchange` function](https://example.org/a)',
      ],
    ],
    is: '# Guide\n\n[the `acme.money.exchange` function](https://example.org/a)\n',
  },
  {
    what: 'an entry of a docstring',
    path: 'src/acme/money.py',
    edits: [['        day (int): On which day,\n            counted from 0.\n', '']],
    is: null,
  },
  {
    what: 'another name for a member',
    page: '# Guide\n\nThe method `acme.jobs.Queue.push` adds one.\n',
    edits: [
      ['The method `acme.jobs.Queue.push` adds one.', 'The method `acme.jobs.Queue.put` adds one.'],
    ],
    is: '# Guide\n\nThe method `acme.jobs.Queue.put` adds one.\n',
  },
];

describe('given a passage that no rule can mend, a model may', () => {
  it.each(HONEST)('$what', async ({ is, ...story }) => {
    const path = story.path ?? 'docs/guide.md';
    const { record, page } = await told(story, [verdict(), edit(path, story.edits)]);
    expect(record.failures.map(({ outcome, reason }) => [outcome, reason])).toEqual(
      record.failures.map(() => ['repaired', expect.any(String) as string]),
    );
    expect(record.result).toBe('repaired');
    expect(record.failures.map(({ tier, strategy }) => [tier, strategy])).toContainEqual([
      'generated',
      'model',
    ]);
    if (is === null) expect(page()).not.toContain('day (int)');
    else expect(page()).toBe(is);
  });
});

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
