import { edit, line, told, verdict, type PageStory } from './docs-model-library';

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
