import { loadGrammars } from '../docs.fixture';
import { renamedSymbol } from './renamed-symbol';
import { mended, type DocStory } from './rules.fixture';

beforeAll(loadGrammars);

const CLIENT = `from acme.errors import Failure


class Client:
    def __init__(self, url):
        self.url = url

    @classmethod
    def local(cls) -> "Client":
        return cls("http://127.0.0.1")

    def fetch_all(self, path):
        return [self.url, path]

    def send(self, text):
        return text


class Mirror(Client):
    pass


def mirrored(client: Client):
    return client


def opened(url) -> Client:
    return Client(url)


def open_client(url):
    return Client(url)
`;

/** The change gives members of the class, and a function, new names. */
const renaming = (page: string, more: Readonly<Record<string, string>> = {}): DocStory => ({
  base: {
    'acme/__init__.py': 'from acme.client import Client, Mirror, open_client, opened\n',
    'acme/errors.py': 'class Failure(Exception):\n    pass\n',
    'acme/client.py': CLIENT,
    'docs/page.md': page,
    ...more,
  },
  change: {
    'acme/__init__.py': 'from acme.client import Client, Mirror, connected, opened\n',
    'acme/client.py': CLIENT.replace('fetch_all', 'collect')
      .replace('def send', 'def post')
      .replace('open_client', 'connected'),
  },
});

const example = (...lines: readonly string[]): string =>
  `\`\`\`python\n${lines.join('\n')}\n\`\`\`\n`;
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
