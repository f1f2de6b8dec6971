import { both, CODE, told, type Files } from './changed-words.fixture';
import { loadGrammars } from './docs.fixture';

beforeAll(loadGrammars);

const edited = (...edits: readonly [file: string, before: string, after: string][]): Files => {
  const files: Record<string, string> = { ...CODE };
  for (const [file, before, after] of edits) {
    expect(files[file]).toContain(before);
    files[file] = files[file]!.replaceAll(before, after);
  }
  return files;
};

describe('what a change may have made stale is looked for', () => {
  it.each<{ what: string; head: () => Files; stale: string; read: string }>([
    {
      what: 'a method, by its name, also where it is inherited',
      head: () => edited(['acme/money.py', 'def open', 'def begin']),
      stale: 'acme.Konto.open',
      read: '8 of 63',
    },
    {
      what: 'a base, by the classes that inherit from it',
      head: () => edited(['acme/money.py', 'class Account(Base)', 'class Account']),
      stale: 'acme.Konto.open',
      read: '15 of 63',
    },
    {
      what: 'a parameter',
      head: () => edited(['acme/rates.py', 'of)', 'into)'], ['acme/more.py', 'to, by', 'whom, by']),
      stale: 'to',
      read: '21 of 63',
    },
    {
      what: 'a variable of the environment',
      head: () => edited(['acme/cli.py', 'ACME_HOME', 'ACME_ROOT']),
      stale: 'ACME_HOME',
      read: '3 of 63',
    },
    {
      what: 'a file, however its name is written',
      head: () => {
        const { 'guide.md': gone, ...rest } = CODE;
        return { ...rest, 'manual.md': gone! };
      },
      stale: '../g%75ide.md',
      read: '4 of 63',
    },
    {
      what: 'the own links of a page that moved',
      head: () => {
        const { 'guide.md': gone, ...rest } = CODE;
        return { ...rest, 'manual/guide.md': gone! };
      },
      stale: 'index.rst',
      read: '4 of 63',
    },
    {
      what: 'a page that a table of contents lists',
      head: () => {
        const { 'index.rst': gone, ...rest } = CODE;
        return { ...rest, 'start.rst': gone! };
      },
      stale: '../index',
      read: '4 of 63',
    },
    {
      what: 'a heading, everywhere',
      head: () => edited(['guide.md', '## Second part', '## Third part']),
      stale: 'second-part',
      read: '63 of 63',
    },
    {
      what: 'a label, everywhere',
      head: () => edited(['index.rst', 'start here', 'begin']),
      stale: 'Start  Here',
      read: '63 of 63',
    },
    {
      what: 'a method of a dependency, by the classes that inherit it',
      head: () => edited(['libs/base/ground/soil.py', 'sweep', 'brush']),
      stale: 'acme.depot.Depot.sweep',
      read: '3 of 63',
    },
    {
      what: 'a default of a dependency',
      head: () => edited(['libs/base/ground/soil.py', 'deep=3', 'deep=4']),
      stale: '3',
      read: '2 of 63',
    },
    {
      what: 'the declared default of an option',
      head: () => edited(['acme/cli.py', 'default=3', 'default=4']),
      stale: '3',
      read: '15 of 63',
    },
    {
      what: 'a variable that is made of a field',
      head: () => edited(['acme/depot.py', 'timeout', 'patience']),
      stale: 'ACME_TIMEOUT',
      read: '2 of 63',
    },
    {
      what: 'a signature that lacks a parameter',
      head: () => edited(['acme/money.py', 'rate=3', 'rate=3, places=2']),
      stale: 'acme.convert',
      read: '11 of 63',
    },
    {
      what: 'the signature of a class that inherits its constructor from a dependency',
      head: () => edited(['libs/base/ground/soil.py', 'self, wide', 'self, wide, long=1']),
      stale: 'acme.depot.Depot',
      read: '6 of 63',
    },
    {
      what: 'an exception',
      head: () => edited(['acme/more.py', 'ValueError', 'LookupError']),
      stale: 'ValueError',
      read: '7 of 63',
    },
    {
      what: 'a type that is returned',
      head: () => edited(['acme/more.py', '-> int', '-> list[int]']),
      stale: 'int',
      read: '7 of 63',
    },
    {
      what: 'what takes a parameter, where both have new names',
      head: () =>
        edited(
          ['libs/base/ground/soil.py', 'dig(deep', 'bore(far'],
          ['acme/depot.py', 'dig', 'bore'],
        ),
      stale: 'deep',
      read: '2 of 63',
    },
    {
      what: 'a name that only the change shows to be gone',
      head: () => edited(['acme/tax.py', 'levy', 'charge']),
      stale: 'acme.tax.levy',
      read: '2 of 63',
    },
    {
      what: 'a page that tells all that something new stands beside',
      head: () => edited(['acme/shop.py', 'def rent(): ...', 'def rent(): ...\ndef lend(): ...']),
      stale: 'acme.shop.lend is new; here all others of acme.shop are told',
      read: '2 of 63',
    },
  ])('$what', async ({ head, stale, read }) => {
    const found = await both(CODE, head());
    expect(told(found.some).map((text) => text.split(': ')[0])).toContain(stale);
    expect(found.some).toEqual(found.all);
    expect(found.read).toBe(read);
  });

  it('nowhere, where it left all names as they were', async () => {
    const found = await both(
      CODE,
      edited(['acme/money.py', '"""Converts.', '"""Makes other money.']),
    );
    // What a changed module says of itself is read in any case.
    expect(found.read).toBe('1 of 63');
    expect(told(found.all)).toEqual([]);
  });

  it('everywhere, where names come by a star from another place', async () => {
    const found = await both(
      CODE,
      edited(['acme/__init__.py', '.more import *', '.rates import *']),
    );
    expect(found.read).toBe('63 of 63');
    expect(found.some).toEqual(found.all);
  });
});
