import { readCode } from '../check';
import type { ProjectCode } from '../code/project-code';
import { loadGrammars, treeOf } from '../docs.fixture';
import { referencesIn } from '../read/document';
import { guessOf } from './guesses';
import { isLikely } from './likely';

beforeAll(loadGrammars);

const FILES = {
  'acme/__init__.py': '',
  'acme/client.py':
    'class HttpClient:\n    def fetch_all(self):\n        pass\n\n    def send(self):\n        pass\n\n    def read_text(self):\n        pass\n\n\nclass Local(HttpClient):\n    pass\n\n\ndef connect():\n    pass\n\n\ndef open_all():\n    pass\n',
  'acme/app.py':
    'from acme.client import HttpClient\n\n\ndef run(remote: "HttpClient", other: str):\n    near = HttpClient()\n    return near, remote, other\n',
};

let code: ProjectCode;
beforeAll(async () => {
  code = await readCode(treeOf(FILES));
});

const example = (line: string): string => `\`\`\`python\n${line}\n\`\`\`\n`;

/** Whether what stands last on a page, of which its last word alone tells what it is, is likely what it is guessed to be. */
function isBelieved(page: string, head = code, isAbout = true): boolean {
  const reference = referencesIn('page.md', page, null).at(-1)!;
  const guess = guessOf(reference.name.split('.'), code)!;
  return isLikely(reference, guess.symbol, code, head, isAbout);
}

describe('a guess is believed', () => {
  it.each([
    { what: 'where the value is called as its class is', page: example('http_client.send()') },
    { what: 'where it is called as a class is that inherits', page: example('local.send()') },
    { what: 'where the class itself is asked', page: example('HttpClient.send(1)') },
    { what: 'where the code gives the value that name', page: example('near.send()') },
    { what: 'where the code says that it is of the class', page: example('remote.send()') },
    { what: 'also in prose', page: 'Then `remote.send()` is called.' },
    { what: 'where a function is asked of its module', page: example('client.connect()') },
    { what: 'where no other value has such a name', page: example('answer.fetch_all()') },
    { what: 'also of a value of a value', page: example('app.values.fetch_all()') },
    { what: 'of a class alone', page: example('Local') },
    { what: 'of a word that can hardly be one of English', page: example('open_all') },
    { what: 'of a function that is called', page: example('connect()') },
  ])('$what: $page', ({ page }) => expect(isBelieved(page)).toBe(true));
});

describe('a guess is not believed', () => {
  it.each([
    { what: 'where the value is called otherwise', page: example('queue.send()') },
    { what: 'where the code gives that name to another type', page: example('other.send()') },
    { what: 'where values of Python have it, too', page: example('answer.read_text()') },
    { what: 'where another class is asked', page: example('Session.fetch_all()') },
    {
      what: 'where a package stands before the class',
      page: example('web.HttpClient.fetch_all()'),
    },
    { what: 'where a function of that name gives the value', page: example('remote().send()') },
    { what: 'where a value is asked for a function', page: example('queue.open_all()') },
    { what: 'in prose where it is one of a module', page: 'See `client.connect()`.' },
    { what: 'in prose where more stands before it', page: 'See `web.remote.send()`.' },
    { what: 'of a plain word alone', page: example('>>> connect') },
  ])('$what: $page', ({ page }) => expect(isBelieved(page)).toBe(false));

  it('where the page is about something else', () => {
    expect(isBelieved(example('remote.send()'), code, false)).toBe(false);
  });

  it('where the code still asks values for it after the change', async () => {
    const app = 'def run(answer):\n    return answer.fetch_all()\n';
    const head = await readCode(treeOf({ 'acme/__init__.py': '', 'acme/app.py': app }));
    expect(isBelieved(example('answer.fetch_all()'), head)).toBe(false);
    expect(isBelieved(example('remote.fetch_all()'), head)).toBe(true);
  });
});
