import { edit, told, verdict, type PageStory } from './docs-model-library';

const CALL = 'Call `acme.money.convert` 3 times, it must not fail.';
const GOOD = 'Call `acme.money.exchange` 3 times, it must not fail.';
const PAGE = `# Guide\n\nSome words before.\n\n${CALL}\n\nSome words after, see [there](https://example.org/a).\n`;
const FENCE = '```';
const example = (...lines: string[]): string =>
  `# Guide\n\n${FENCE}python\n${lines.join('\n')}\n${FENCE}\n`;
const LIST =
  '# Guide\n\n- `acme.money.double`: twice.\n- `acme.money.legacy_total`: the sum.\n- `acme.money.convert`: another unit.\n';
const onLine = (what: string, now: string): PageStory & { what: string } => ({
  what,
  page: PAGE,
  edits: [[CALL, now]],
});
// In parentheses, no rule takes it apart.
const IMPORT = 'from acme.money import (double, split)';
const SPLIT = example(IMPORT, '', 'print(split(double(3), 2))');
const LIES: readonly (PageStory & { what: string })[] = [
  onLine('a function that is not there', GOOD.replace('exchange', 'exchange_all')),
  onLine('another function of the module', GOOD.replace('exchange', 'double')),
  onLine('a function that the change added for something else', GOOD.replace('exchange', 'settle')),
  onLine(
    'a function under a letter that looks like another',
    GOOD.replace('exchange', '\u0435xchange'),
  ),
  onLine('a function of another package', GOOD.replace('acme.money.exchange', 'os.system')),
  onLine('a "not" that goes', GOOD.replace(' not', '')),
  onLine('a "not" that comes', GOOD.replace('Call', 'Do not call')),
  onLine('"may" in the place of "must"', GOOD.replace('must', 'may')),
  onLine('another number', GOOD.replace('3', '4')),
  onLine('words in another order', 'It must not fail, call `acme.money.exchange` 3 times.'),
  onLine('a claim at the end of the line', `${GOOD} It is fast.`),
  onLine('a claim on a new line', `${GOOD}\nIt is fast.`),
  onLine('a claim in brackets, with the old name kept', CALL.replace('` 3', '` (deprecated) 3')),
  onLine(
    'a link to elsewhere',
    GOOD.replace('`acme.money.exchange`', '[`acme.money.exchange`](https://evil.example)'),
  ),
  onLine(
    'HTML',
    GOOD.replace('`acme.money.exchange`', '<b onclick="x()">`acme.money.exchange`</b>'),
  ),
  onLine('a script', `${GOOD}<script src="https://evil.example/x.js"></script>`),
  onLine('a comment', `${GOOD} <!-- checked -->`),
  onLine('a name that is code no more', GOOD.replaceAll('`', '')),
  onLine('a call in the place of a name', GOOD.replace('exchange', 'exchange(1, "EUR")')),
  onLine('a heading', `## ${GOOD}`),
  onLine('the rest left out', 'Call `acme.money.exchange` ...'),
  onLine('nothing at all', ''),
  {
    what: 'the paragraph and those around it',
    page: PAGE,
    edits: [[`Some words before.\n\n${CALL}\n\n`, '']],
  },
  {
    what: 'a line beside it',
    page: PAGE,
    edits: [
      [CALL, GOOD],
      ['Some words before.', 'Better words before.'],
    ],
  },
  {
    what: 'the target of a link',
    page: PAGE,
    edits: [
      [CALL, GOOD],
      ['https://example.org/a', 'https://evil.example/a'],
    ],
  },
  { what: 'the whole page', page: PAGE, edits: [[PAGE.trim(), `# Guide\n\n${GOOD}`]] },
  {
    what: 'a page with the rest left out',
    page: PAGE,
    edits: [[`Some words before.\n\n${CALL}`, `... existing text ...\n\n${GOOD}`]],
  },
  {
    what: 'two names swapped',
    page: '# Guide\n\nFrom `acme.money.convert` to `acme.money.fmt`.\n',
    edits: [
      [
        'From `acme.money.convert` to `acme.money.fmt`.',
        'From `acme.money.format_amount` to `acme.money.exchange`.',
      ],
    ],
  },
  {
    what: 'a word for another kind',
    page: '# Guide\n\nUse the `acme.money.Rounder` class.\n',
    edits: [['Use the `acme.money.Rounder` class.', 'Use the `acme.money.evenly` module.']],
  },
  {
    what: 'an item about something that is there',
    page: LIST,
    edits: [['- `acme.money.double`: twice.\n- `acme.money.legacy_total`: the sum.\n', '']],
  },
  {
    what: 'an item about something that has another name',
    page: LIST,
    edits: [['- `acme.money.convert`: another unit.\n', '']],
  },
  {
    what: 'an item that also tells of something else',
    page: '# Guide\n\n- `acme.money.legacy_total`: like `acme.money.double`.\n- `acme.money.rate`\n',
    edits: [['- `acme.money.legacy_total`: like `acme.money.double`.\n', '']],
  },
  {
    what: 'the only item of a list',
    page: '# Guide\n\n- `acme.money.legacy_total`: the sum.\n',
    edits: [['- `acme.money.legacy_total`: the sum.\n', '']],
  },
  {
    what: 'another thing in the place of one that is gone',
    page: LIST,
    edits: [['- `acme.money.legacy_total`: the sum.', '- `acme.money.settle`: the sum.']],
  },
  {
    what: 'a sentence about what is gone',
    page: '# Guide\n\nUse it.\nThe sum is `acme.money.legacy_total`.\n',
    edits: [['The sum is `acme.money.legacy_total`.\n', '']],
  },
  {
    what: 'a row that is the only one',
    page: '# Guide\n\n| name | what |\n| --- | --- |\n| `acme.money.legacy_total` | the sum |\n',
    edits: [['| `acme.money.legacy_total` | the sum |\n', '']],
  },
  {
    what: 'an import of something else',
    page: SPLIT,
    edits: [[IMPORT, 'from acme.money import double\nfrom os import split']],
  },
  {
    what: 'an import more',
    page: SPLIT,
    edits: [[IMPORT, 'import os\nfrom acme.money import double\nfrom acme.fx import split']],
  },
  { what: 'an import less', page: SPLIT, edits: [[IMPORT, 'from acme.fx import split']] },
  {
    what: 'code among the imports',
    page: SPLIT,
    edits: [[IMPORT, 'from acme.money import double\nprint(double(3))\nfrom acme.fx import split']],
  },
  {
    what: 'another number in an example',
    page: SPLIT,
    edits: [
      [
        `${IMPORT}\n\nprint(split(double(3), 2))`,
        'from acme.money import double\nfrom acme.fx import split\n\nprint(split(double(4), 2))',
      ],
    ],
  },
  {
    what: 'another alias',
    page: SPLIT,
    edits: [[IMPORT, 'from acme.money import double\nfrom acme.fx import split as double']],
  },
  {
    what: 'an argument that is still taken',
    page: example('from acme.money import rate', '', 'rate(unit="EUR", day=1)'),
    edits: [['rate(unit="EUR", day=1)', 'rate()']],
  },
  {
    what: 'another value beside an argument that is gone',
    page: example('from acme.money import rate', '', 'rate("EUR", day=1)'),
    edits: [['rate("EUR", day=1)', 'rate("USD")']],
  },
  {
    what: 'an argument renamed to one that is there',
    page: example('from acme.money import rate', '', 'rate("EUR", day=1)'),
    edits: [['rate("EUR", day=1)', 'rate("EUR", unit=1)']],
  },
  {
    what: 'another role',
    path: 'docs/api.rst',
    page: 'API\n===\n\nSee :func:`acme.money.convert`.\n',
    edits: [['See :func:`acme.money.convert`.', 'See :class:`acme.money.exchange`.']],
  },
  {
    what: 'a raw directive',
    path: 'docs/api.rst',
    page: 'API\n===\n\nSee :func:`acme.money.convert`.\n',
    edits: [['See :func:`acme.money.convert`.', '.. raw:: html\n\n   <script></script>']],
  },
  {
    what: 'another language of a fence',
    page: SPLIT,
    edits: [
      [
        `${FENCE}python\n${IMPORT}`,
        `${FENCE}python exec\nfrom acme.money import double\nfrom acme.fx import split`,
      ],
    ],
  },
  {
    what: 'code beside a docstring',
    path: 'src/acme/money.py',
    edits: [['    return len(unit)\n', '    return len(unit) + 1\n']],
  },
  {
    what: 'another entry of a docstring',
    path: 'src/acme/money.py',
    edits: [
      [
        '        unit (str): Of what.\n        day (int): On which day,\n            counted from 0.\n',
        '',
      ],
    ],
  },
  {
    what: 'a docstring that ends early',
    path: 'src/acme/money.py',
    edits: [['        day (int): On which day,', '        unit (int): """; import os; """']],
  },
  {
    what: 'an item of a list that says how many there are',
    page: '# Guide\n\nThere are 2 functions:\n\n- `acme.money.legacy_total`: the sum.\n- `acme.money.rate`: the rate.\n',
    edits: [['- `acme.money.legacy_total`: the sum.\n', '']],
  },
  {
    what: 'an item with a link',
    page: '# Guide\n\n- `acme.money.legacy_total`: [more](https://example.org).\n- `acme.money.rate`: the rate.\n',
    edits: [['- `acme.money.legacy_total`: [more](https://example.org).\n', '']],
  },
];

/** A model that says this has its way with no page, whatever the reason. */
it.each(LIES)('$what: the page stays as it is', async ({ what: _, ...story }) => {
  const path = story.path ?? 'docs/guide.md';
  const { record, asked } = await told(story, [
    verdict(),
    edit(path, story.edits),
    ...[1, 2].map(() => verdict('cannot-tell', 'enough')),
  ]);
  expect(record.patch).toBeNull();
  expect(record.failures.map(({ outcome }) => outcome)).not.toContain('repaired');
  expect(record.failures.map(({ reason }) => reason).join()).toContain(
    '1 attempt of a model came to nothing',
  );
  expect(asked.length).toBeGreaterThan(1);
});

it('the source is no page: an edit of it is refused', async () => {
  const story = { page: PAGE, edits: [] };
  const code = edit('src/acme/billing.py', [
    ['    return exchange(amount, unit)', '    return None'],
  ]);
  const { record } = await told(story, [verdict(), code]);
  expect(record).toMatchObject({ result: 'unrepaired', patch: null });
});
