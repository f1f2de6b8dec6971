import { loadGrammars } from '../docs.fixture';
import { example, renaming } from './example-values.fixture';
import { renamedSymbol } from './renamed-symbol';
import { mended, type DocStory } from './rules.fixture';

beforeAll(loadGrammars);

const now = (page: string): string =>
  page
    .replace(/fetch_all/g, 'collect')
    .replace(/\.send\b/g, '.post')
    .replace(/open_client/g, 'connected');

describe('what an example asks a value for gets its new name', () => {
  it.each([
    {
      what: 'where an earlier example made the value',
      page:
        example('from acme import Client', 'client = Client("x")') +
        example('client.fetch_all("/")'),
    },
    {
      what: 'where it is asked at once',
      page: example('import acme', 'acme.Client("x").fetch_all("/")'),
    },
    {
      what: 'where a function says what it gives',
      page: example('import acme', 'c = acme.opened("x")', 'c.send("a")'),
    },
    {
      what: 'where a function of the class says so',
      page: example('import acme', 'acme.Client.local().send("a")'),
    },
    {
      what: 'where a value is bound by `with`',
      page: example('from acme import Client', 'with Client("x") as c:', '    c.send("a")'),
    },
    {
      what: 'where its type is written',
      page: example('import acme', 'def load(one: acme.Client):', '    one.send("a")'),
    },
    {
      what: 'where the example’s own class inherits it',
      page: example(
        'from acme import Client',
        'class Own(Client):',
        '    def load(self):',
        '        return self.fetch_all("/")',
        'Own("x").send("a")',
      ),
    },
    {
      what: 'where nothing says what the value is, and the word is unmistakable',
      page: example('import acme', 'def load(anything):', '    anything.fetch_all("/")'),
    },
    {
      what: 'where the value has the name of its class',
      page: example('import acme', 'mirror.send("a")'),
    },
    {
      what: 'where the value has the name that the code gives it',
      page: example('import acme', 'client.send("a")'),
    },
    {
      what: 'also in prose',
      page: '`acme.Client` connects. Then `client.send("a")` is called.\n',
    },
    {
      what: 'behind other values',
      page: example('import acme', 'app.clients.first.fetch_all("/")'),
    },
  ])('$what', async ({ page }) => {
    expect(await mended(renamedSymbol, renaming(page))).toEqual([now(page)]);
  });

  it.each([
    { what: 'imports it', before: example('from acme import Client') },
    { what: 'names something of it in full', before: 'This makes an `acme.client.Client`:\n' },
  ])('and so does a name that only the project has, on a page that $what', async ({ before }) => {
    const page = before + example('one = open_client("x")');
    expect(await mended(renamedSymbol, renaming(page))).toEqual([now(page)]);
  });

  it('and of a class with a new name the rest stays as it is', async () => {
    const page =
      example('import acme', 'client = acme.Client("x")', 'client.url') + example('print(client)');
    const story: DocStory = {
      base: {
        'acme/__init__.py': 'class Client:\n    def __init__(self, url):\n        self.url = url\n',
        'docs/page.md': page,
      },
      change: {
        'acme/__init__.py':
          'class Session:\n    def __init__(self, url):\n        self.url = url\n',
      },
    };
    const after = page.replace('acme.Client', 'acme.Session');
    expect(await mended(renamedSymbol, story)).toEqual([after]);
  });
});
