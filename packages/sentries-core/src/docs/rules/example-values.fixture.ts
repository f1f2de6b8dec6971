import type { DocStory } from './rules.fixture';

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
export const renaming = (page: string, more: Readonly<Record<string, string>> = {}): DocStory => ({
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

export const example = (...lines: readonly string[]): string =>
  `\`\`\`python\n${lines.join('\n')}\n\`\`\`\n`;
