import { loadGrammars } from '../docs.fixture';
import { example, renaming } from './example-values.fixture';
import { renamedSymbol } from './renamed-symbol';
import { mended, type DocStory } from './rules.fixture';

beforeAll(loadGrammars);

describe('what an example asks a value for stays', () => {
  it.each([
    {
      what: 'where another package made the value',
      page: example('import acme, other', 'client = other.connect()', 'client.fetch_all("/")'),
    },
    {
      what: 'where another package gave its name',
      page: example('import acme', 'from other import client', 'client.send("a")'),
    },
    {
      what: 'where the word is a plain one, and the value has a name of its own',
      page: example('import acme', 'queue.send("a")'),
    },
    {
      what: 'where the page writes a class of that name itself',
      page: example('import acme', 'class Client:', '    pass', 'Client("x").send("a")'),
    },
    {
      what: 'where a function on the page gives the value',
      page: example('import acme', 'def client():', '    return 1', 'client().fetch_all("/")'),
    },
    {
      what: 'where a fixture on the page gives it',
      page: example(
        'import acme',
        'def client():',
        '    pass',
        'def test(client):',
        '    client.send("a")',
      ),
    },
    {
      what: 'where the example’s own class has it, and the word is unmistakable',
      page: example(
        'from acme import Client',
        'class Own(Client):',
        '    def fetch_all(self, path):',
        '        pass',
        'Own("x").fetch_all("/")',
      ),
    },
    {
      what: 'where the example’s own class inherits it from another package',
      page: example(
        'import acme',
        'from other import Client',
        'class Own(Client):',
        '    def load(self):',
        '        self.fetch_all("/")',
        'Own("x").fetch_all("/")',
      ),
    },
    {
      what: 'where its type may be none, and is another package’s',
      page: example(
        'import acme, other',
        'def load(client: other.Client | None):',
        '    client.send("a")',
      ),
    },
    {
      what: 'where its type is optional, and another package’s',
      page: example(
        'import acme, other',
        'def load(client: Optional[other.Client]):',
        '    client.send("a")',
      ),
    },
    {
      what: 'where a class of another name has it',
      page: example('import acme', 'Session("x").fetch_all("/")'),
    },
    {
      what: 'in prose, where it is another class’s',
      page: `${example('import acme')}\nSee \`other.Client.send()\`, \`Session.fetch_all\` and \`other.load.fetch_all\`.\n`,
    },
    {
      what: 'where the page is about something else',
      page: example('anything.fetch_all("/")'),
    },
    {
      what: 'where the page is about something else, though the code calls its values so',
      page: example('client.send("a")') + 'Then `client.send("b")` is called.\n',
    },
    {
      what: 'where the example’s own class defines it',
      page: example(
        'from acme import Client',
        'class Own(Client):',
        '    def send(self, text):',
        '        pass',
        'Own("x").send("a")',
      ),
    },
    {
      what: 'where the example makes two things of one name',
      page: example('from acme import Client', 'x = Client("x")', 'x = other()', 'x.send("a")'),
    },
    {
      what: 'where it is a text that is asked',
      page: example('import acme', '"a".send("a")'),
    },
    {
      what: 'where the example defines the name itself',
      page: example('import acme', 'def open_client(url):', '    pass', 'open_client("x")'),
    },
    {
      what: 'where a function of the project has the name, and a value is asked for it',
      page: example('import acme', 'browser.open_client("x")'),
    },
    {
      what: 'where another package gave all its names',
      page: example('import acme', 'from other import *', 'open_client("x")'),
    },
    {
      what: 'in prose, where nothing says what the value is',
      page: '`acme.Client` connects. Then `queue.send("a")` is called.\n',
    },
    {
      what: 'in prose, where a plain word is called that other values have, too',
      page: '`acme.Client` connects. Its `.send("a")` is not that of a socket, `send()`.\n',
    },
  ])('$what', async ({ page }) => {
    expect(await mended(renamedSymbol, renaming(page))).toEqual([page]);
  });

  it('where the code still asks other values for it', async () => {
    const page = example('import acme', 'answer.fetch_all("/")');
    const more = { 'acme/other.py': 'def load(answer):\n    return answer.fetch_all("/")\n' };
    expect(await mended(renamedSymbol, renaming(page, more))).toEqual([page]);
  });

  it('where values of Python’s own types have it, too', async () => {
    const source = (name: string): string =>
      `class Store:\n    def ${name}(self):\n        return 1\n`;
    const page = example('import acme', 'for path in paths:', '    path.read_text()');
    const story: DocStory = {
      base: { 'acme/__init__.py': source('read_text'), 'docs/page.md': page },
      change: { 'acme/__init__.py': source('load_text') },
    };
    expect(await mended(renamedSymbol, story)).toEqual([page]);
  });

  it('where two classes of the project have it', async () => {
    const page = example('import acme', 'anything.fetch_all("/")');
    const more = { 'acme/other.py': 'class Other:\n    def fetch_all(self):\n        return 1\n' };
    expect(await mended(renamedSymbol, renaming(page, more))).toEqual([page]);
  });
});
