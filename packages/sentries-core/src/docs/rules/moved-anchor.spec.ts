import { loadGrammars } from '../docs.fixture';
import { movedAnchor } from './moved-anchor';
import { mended, type DocStory } from './rules.fixture';

beforeAll(loadGrammars);

const TARGET =
  '# Use\n\n## Setting up\n\nRun it.\n\nThen wait.\n\n## Next steps {#next}\n\nGo on.\n';

const story = (now: string, page: string): DocStory => ({
  base: { 'src/acme/__init__.py': '', 'docs/use.md': TARGET, 'docs/page.md': page },
  change: { 'docs/use.md': now },
});

const told = (from: string, to: string, page: string): Promise<string[]> =>
  mended(movedAnchor, story(TARGET.replace(from, to), page));

describe('a link follows its heading', () => {
  it.each<{ what: string; from: string; to: string; page: string; after: string }>([
    {
      what: 'that has other words',
      from: 'Setting up',
      to: 'Getting `acme` ready',
      page: 'See [there](use.md#setting-up).\n',
      after: 'See [there](use.md#getting-acme-ready).\n',
    },
    {
      what: 'by a name of its own',
      from: '{#next}',
      to: '{#later}',
      page: 'See [there](./use.md#next).\n',
      after: 'See [there](./use.md#later).\n',
    },
  ])('$what', async ({ from, to, page, after }) => {
    expect(await told(from, to, page)).toEqual([after]);
  });

  it('on the page itself, beside a heading that only looks like it', async () => {
    const page = (name: string, anchor: string): string =>
      `# A\n\n[up](#${anchor})\n\n\`\`\`sh\n# setting up\n\`\`\`\n\n## ${name}\n\nRun it.\n`;
    const [old, now] = [page('Setting up', 'setting-up'), page('Starting', 'setting-up')];
    const base = { 'src/acme/__init__.py': '', 'docs/page.md': old };
    expect(await mended(movedAnchor, { base, change: { 'docs/page.md': now } })).toEqual([
      page('Starting', 'starting'),
    ]);
  });

  it('and a role its label', async () => {
    const page = 'See :ref:`setup` and :ref:`it <Setup>`.\n';
    const labelled = (name: string): string =>
      `.. _${name}:\n\nSetting up\n==========\n\nRun it.\n`;
    const base = { 'docs/use.rst': labelled('setup'), 'docs/page.rst': page };
    expect(
      await mended(movedAnchor, { base, change: { 'docs/use.rst': labelled('start') } }),
    ).toEqual(['See :ref:`start` and :ref:`it <start>`.\n']);
  });
});

describe('a link is told of', () => {
  const page = 'See [there](use.md#setting-up).\n';
  it.each<{ what: string; from: string; to: string }>([
    { what: 'whose section is gone', from: '## Setting up\n\nRun it.\n\nThen wait.\n\n', to: '' },
    {
      what: 'in whose place another section stands',
      from: '## Setting up\n\nRun it.\n\nThen wait.\n',
      to: '## Taking it down\n\nStop it.\n',
    },
    { what: 'whose heading has another level', from: '## Setting up', to: '### Starting' },
    { what: 'where GitHub and MkDocs differ', from: 'Setting up', to: 'Set up & run' },
  ])('$what', async ({ from, to }) => {
    expect(await told(from, to, page)).toEqual([
      page,
      'refused: nothing says what became of the heading of docs/use.md#setting-up',
    ]);
  });
});

it('a link that any tool could follow is no one’s fault', async () => {
  const page = 'See [a](use.md#setting_up_1), [b](use.md#Setting-Up), [c](use.md#acme.money).\n';
  expect(await told('Then wait', 'Then go', page)).toEqual([page]);
});

it('a heading with nothing below it may have made way for another one', async () => {
  const [old, now] = [
    '# Use\n\n## Install\n\n## Next\n\nGo.\n',
    '# Use\n\n## Remove\n\n## Next\n\nGo.\n',
  ];
  const page = '[Set up](use.md#install)\n';
  const { base } = story(now, page);
  const found = await mended(movedAnchor, {
    base: { ...base, 'docs/use.md': old },
    change: { 'docs/use.md': now },
  });
  expect(found).toEqual([page, expect.stringMatching(/^refused: nothing says/)]);
});
