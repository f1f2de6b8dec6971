import { loadGrammars } from '../docs.fixture';
import { changedReturn } from './changed-return';
import { mended, sensed, type DocStory } from './rules.fixture';

beforeAll(loadGrammars);

const IMPORTS = 'import typing as t\nfrom typing import Iterator, Optional\n\n\n';
const CLASSES = '\n\nclass Purse: ...\n\n\nclass Wallet: ...\n\n\nclass _Own: ...\n';
/** A function whose annotation changes; what its docstring says, on lines of their own. */
const code = (type: string, docstring: string, name = 'find'): string =>
  `${IMPORTS}def ${name}(amount)${type === '' ? '' : ` -> ${type}`}:\n    """Finds it.\n\n${docstring.replace(/^(?=.)/gm, '    ')}\n    """\n    return round(amount, 2)\n${CLASSES}`;

const FILE = 'src/acme/page.py';

const inDocstring = (old: string, now: string, docstring: string): DocStory => ({
  base: { 'src/acme/__init__.py': '', [FILE]: code(old, docstring) },
  change: { [FILE]: code(now, docstring) },
});

const inPage = (old: string, now: string, page: string): DocStory => ({
  base: { 'src/acme/__init__.py': '', 'src/acme/money.py': code(old, ''), 'docs/page.rst': page },
  change: { 'src/acme/money.py': code(now, '') },
});

describe('a changed return type is told', () => {
  it.each<{ what: string; old: string; now: string; docstring: string; after: string }>([
    {
      what: 'in a section of Google',
      ...{ old: 'int', now: 'float' },
      docstring: 'Returns:\n    int: How much.',
      after: 'Returns:\n    float: How much.',
    },
    {
      what: 'in a section of Google that tells nothing else',
      ...{ old: 'bool', now: 'list[str]' },
      docstring: 'Returns:\n    bool',
      after: 'Returns:\n    list[str]',
    },
    {
      what: 'of what is yielded',
      ...{ old: 'Iterator[int]', now: 't.Generator[float, None, None]' },
      docstring: 'Yields:\n    int: The next one.',
      after: 'Yields:\n    float: The next one.',
    },
    {
      what: 'in a section of NumPy',
      ...{ old: 'int', now: 'float' },
      docstring: 'Returns\n-------\nint\n    How much.\n\nNotes\n-----\nAn int is one.',
      after: 'Returns\n-------\nfloat\n    How much.\n\nNotes\n-----\nAn int is one.',
    },
    {
      what: 'in a section of NumPy, with a name',
      ...{ old: 'int', now: 'float' },
      docstring: 'Returns\n-------\nrest : int\n    How much.',
      after: 'Returns\n-------\nrest : float\n    How much.',
    },
    {
      what: 'in a field',
      ...{ old: 'Optional[int]', now: 'Optional[float]' },
      docstring: ':param amount: An int.\n:returns: What is left.\n:rtype: int | None',
      after: ':param amount: An int.\n:returns: What is left.\n:rtype: Optional[float]',
    },
    {
      what: 'in a field right below a text',
      ...{ old: 'int', now: 'float' },
      docstring: 'And tells it.\n:rtype: int',
      after: 'And tells it.\n:rtype: float',
    },
    {
      what: 'by a link to its class',
      ...{ old: '"Purse"', now: '"Wallet"' },
      docstring: ':rtype: :class:`Purse`',
      after: ':rtype: :class:`Wallet`',
    },
    {
      what: 'with its module, where the code has the same one',
      ...{ old: 't.Sequence[int]', now: 't.Union[\n    t.Mapping[int, int],\n    int,\n]' },
      docstring: 'Returns:\n    t.Sequence[int]: All.',
      after: 'Returns:\n    t.Union[t.Mapping[int, int], int]: All.',
    },
    {
      what: 'where it had another module, which the new one does not need',
      ...{ old: 'Purse', now: 'Optional[int]' },
      docstring: 'Returns\n-------\nacme.Purse',
      after: 'Returns\n-------\nOptional[int]',
    },
    {
      what: 'as code, in the spelling of the place',
      ...{ old: 't.List["Purse"]', now: 't.Optional["Wallet"]' },
      docstring: 'Returns:\n    `List[Purse]`: All.',
      after: 'Returns:\n    `Optional[Wallet]`: All.',
    },
  ])('$what', async ({ old, now, docstring, after }) => {
    expect(await mended(changedReturn, inDocstring(old, now, docstring))).toEqual([
      code(now, after),
    ]);
  });

  it('in a signature', async () => {
    const page = '.. function:: acme.money.find(amount) -> int\n\n   An int, maybe.\n';
    const story = inPage('int', 'None', page);
    expect(await mended(changedReturn, story)).toEqual([page.replace('-> int', '-> None')]);
  });

  it('of a function that has another name now, as its class has, on both sides', async () => {
    const named = (name: string, type: string): string =>
      `class ${type}:\n    def close(self, now): return now * 3\n\n\ndef ${name}(amount) -> ${type}:\n    \"\"\"Finds it.\n\n    Returns:\n        Purse: The first.\n    \"\"\"\n    return ${type}(amount, 2)\n`;
    const page = '.. function:: acme.page.find(amount) -> Purse\n';
    const docs = { 'src/acme/__init__.py': '', 'docs/a.rst': page };
    const story = {
      base: { ...docs, [FILE]: named('find', 'Purse') },
      change: { [FILE]: named('seek', 'Wallet') },
    };
    const { stale, context } = await sensed(story);
    expect(stale.map(({ reference, was }) => [reference.file, reference.text, was.name])).toEqual([
      ['docs/a.rst', 'acme.page.find', 'acme.page.find'],
      ['docs/a.rst', 'Purse', 'acme.page.find()'],
      [FILE, 'Purse', 'acme.page.find()'],
    ]);
    const answers = stale.map((one) => changedReturn.propose(one, context));
    expect(
      answers
        .flatMap((one) => (one && 'operations' in one ? one.operations : []))
        .map(({ file, after }) => [file, after]),
    ).toEqual([
      ['docs/a.rst', 'Wallet'],
      [FILE, 'Wallet'],
    ]);
  });

  it('of a function in a module that has another place now', async () => {
    const text = 'Returns:\n    int: How much.';
    const to = 'src/acme/other_page.py';
    const story = {
      base: { 'src/acme/__init__.py': '', [FILE]: code('int', text) },
      change: { [FILE]: null, [to]: code('float', text) },
      moved: { [FILE]: to },
    };
    const [after] = await mended(changedReturn, story);
    expect(after).toContain('    float: How much.');
  });
});

describe('is refused', () => {
  it.each<{ what: string; old: string; now: string; docstring: string; why: string }>([
    {
      what: 'what is told in words',
      ...{ old: 'list[int]', now: 'list[str]' },
      docstring: 'Returns:\n    list of ints: All of them.',
      why: 'acme.page.find returns list[str] instead of list[int], and the text tells it in words',
    },
    {
      what: 'an alternative in words',
      ...{ old: 'Optional[bool]', now: 'int' },
      docstring: ':rtype: bool or None',
      why: 'acme.page.find returns int instead of Optional[bool], and the text tells it in words',
    },
    {
      what: 'what is told of a function that returns nothing now',
      ...{ old: 'int', now: 'None' },
      docstring: 'Returns:\n    int: How much.',
      why: 'acme.page.find returns None instead of int, and what is said of it is about the other',
    },
    {
      what: 'a description that tells of values of the old type',
      ...{ old: 'bool', now: 'int' },
      docstring: 'Returns:\n    bool: True if it is there,\n        False else.',
      why: 'acme.page.find returns int instead of bool, and the text beside it tells of `True`',
    },
    {
      what: 'what is told of a function that returns never now',
      ...{ old: 'int', now: 't.NoReturn' },
      docstring: ':rtype: int',
      why: 'acme.page.find returns t.NoReturn instead of int, and what is said of it is about the other',
    },
    {
      what: 'a description in another field that does so',
      ...{ old: 'Optional[int]', now: 'int' },
      docstring: ':rtype: Optional[int]\n:returns: How much, or None.',
      why: 'acme.page.find returns int instead of Optional[int], and the text beside it tells of `None`',
    },
    {
      what: 'a name that is private',
      ...{ old: 'Purse', now: '_Own' },
      docstring: ':rtype: Purse',
      why: 'acme.page.find returns _Own instead of Purse, which is private: docs may not want to name it',
    },
    {
      what: 'a link that would have to be several',
      ...{ old: 'Purse', now: 'list[Purse]' },
      docstring: ':rtype: :class:`Purse`',
      why: 'acme.page.find returns list[Purse] instead of Purse, and the text has a link to a single name',
    },
    {
      what: 'a type with another module than the code has',
      ...{ old: 'Purse', now: 'Wallet' },
      docstring: ':rtype: acme.page.Purse',
      why: 'acme.page.find returns Wallet instead of Purse, and the text writes it with another module',
    },
    {
      what: 'a function that yields nothing more',
      ...{ old: 'Iterator[int]', now: 'list[int]' },
      docstring: 'Yields:\n    int: The next one.',
      why: 'acme.page.find yields nothing by its type now',
    },
  ])('$what', async ({ old, now, docstring, why }) => {
    expect(await mended(changedReturn, inDocstring(old, now, docstring))).toEqual([
      code(now, docstring),
      `refused: ${why}`,
    ]);
  });
});

describe('is no matter of the change', () => {
  it.each<{ what: string; old: string; now: string; docstring: string }>([
    { what: 'another type', old: 'int', now: 'float', docstring: 'Returns:\n    str: What.' },
    {
      what: 'a spelling',
      old: 'Optional[int]',
      now: 'int | None',
      docstring: ':rtype: int or None',
    },
    { what: 'a text', old: 'int', now: 'float', docstring: 'Returns:\n    The int of it all.' },
    { what: 'the first annotation', old: '', now: 'float', docstring: ':rtype: int' },
    { what: 'the last annotation', old: 'int', now: '', docstring: ':rtype: int' },
    {
      what: 'a type that is told exactly',
      old: 'list',
      now: 'list[int]',
      docstring: ':rtype: list',
    },
    {
      what: 'one that is checked for',
      old: 'bool',
      now: 't.TypeGuard[int]',
      docstring: ':rtype: bool',
    },
    { what: 'one that nothing explains', old: 'int', now: 'Number', docstring: ':rtype: int' },
    {
      what: 'a type that is told in several ways',
      ...{ old: 'tuple', now: 'tuple[int, int] | tuple[int]' },
      docstring: ':rtype: tuple',
    },
    {
      what: 'several parts',
      ...{ old: 'int', now: 'float' },
      docstring: 'Returns\n-------\na : int\n    One.\nb : int\n    Another.',
    },
    {
      what: 'how it was',
      ...{ old: 'int', now: 'float' },
      docstring: '.. versionchanged:: 2.0\n\n   .. function:: find(amount) -> int',
    },
  ])('$what', async ({ old, now, docstring }) => {
    const { stale } = await sensed(inDocstring(old, now, docstring));
    expect(stale).toEqual([]);
  });

  it('another name for a type', async () => {
    const { base, change } = inDocstring('int', 'Amount', ':rtype: int');
    const alias = (text: string): string => `Amount = int | float\n${text}`;
    const story = {
      base: { ...base, [FILE]: alias(base[FILE]!) },
      change: { [FILE]: alias(change[FILE]!) },
    };
    expect((await sensed(story)).stale).toEqual([]);
  });

  it('a class that has another name now, where its link is put right', async () => {
    const named = (name: string, docs: string): string =>
      `class ${name}:\n    def close(self, now): return now * 3\n\n\ndef find(amount) -> ${name}:\n    """Finds it.\n\n    :rtype: ${docs}\n    """\n    return ${name}()\n`;
    const story = (docs: string): DocStory => ({
      base: { 'src/acme/__init__.py': '', [FILE]: named('Purse', docs) },
      change: { [FILE]: named('Wallet', docs) },
    });
    const link = await sensed(story(':class:`Purse`'));
    expect(link.stale.map(({ reference: { kind } }) => kind)).toEqual(['name']);
    const [after] = await mended(changedReturn, story('Purse'));
    expect(after).toBe(named('Wallet', 'Wallet'));
  });
});
