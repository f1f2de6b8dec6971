import { readCode } from '../check';
import type { ProjectCode } from '../code/project-code';
import { loadGrammars, treeOf } from '../docs.fixture';
import { guessOf } from './guesses';

beforeAll(loadGrammars);

const FILES = {
  'acme/__init__.py': '',
  'acme/client.py':
    'class Client:\n    def fetch(self):\n        pass\n\n    def __call__(self):\n        pass\n\n    def print(self):\n        pass\n\n\ndef connect():\n    pass\n',
  'acme/mirror.py':
    'from acme.client import Client\n\n\nclass Mirror(Client):\n    def fetch(self):\n        pass\n\n    def send(self):\n        pass\n',
  'acme/queue.py':
    'class Queue:\n    def send(self):\n        pass\n\n    def connect(self):\n        pass\n\n\ndef twice():\n    pass\n',
  'acme/again.py': 'def twice():\n    pass\n',
};

let code: ProjectCode;
beforeAll(async () => {
  code = await readCode(treeOf(FILES));
});

describe('a name of an example is guessed to mean', () => {
  it.each([
    { what: 'the only thing of its last word', name: 'one.Mirror', is: 'acme.mirror.Mirror' },
    { what: 'a class by its word alone', name: 'Client', is: 'acme.client.Client' },
    {
      what: 'a member that a class defines anew',
      name: 'one.fetch',
      is: 'acme.client.Client.fetch',
    },
    {
      what: 'a function, not the member of that name, by its word alone',
      name: 'connect',
      is: 'acme.client.connect',
    },
  ])('$what: $name', ({ name, is }) => {
    expect(guessOf(name.split('.'), code)?.symbol.name).toBe(is);
  });
});

describe('nothing is guessed of', () => {
  it.each([
    { what: 'what the project has not', name: 'one.close' },
    { what: 'a member of two classes that have nothing in common', name: 'one.send' },
    { what: 'a member by its word alone', name: 'fetch' },
    { what: 'what is a function as well as a member', name: 'one.connect' },
    { what: 'a function of two modules', name: 'twice' },
    { what: 'what Python gives to everybody', name: 'one.print' },
    { what: 'what Python asks for', name: 'one.__call__' },
  ])('$what: $name', ({ name }) => {
    expect(guessOf(name.split('.'), code)).toBeUndefined();
  });

  it('what a project has that this one depends on', async () => {
    const tree = treeOf({ 'main/acme.py': '', 'lib/other.py': 'def fetch_all():\n    pass\n' });
    const lib = { folder: 'lib', roots: [] };
    const both = await readCode(tree, { folder: 'main', dependencies: [lib] });
    expect(both.named('fetch_all')).toHaveLength(1);
    expect(guessOf(['fetch_all'], both)).toBeUndefined();
  });
});
