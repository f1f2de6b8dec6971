import { loadGrammars, told } from '../docs.fixture';
import { referencesIn } from './document';

beforeAll(loadGrammars);

/** The types that the docstring of a function tells. */
const inDocstring = (text: string): string[] => {
  const lines = text.replace(/^(?=.)/gm, '    ');
  return told('acme.py', `def find():\n    """Finds it.\n\n${lines}\n    """\n`, 'acme').filter(
    (one) => /^(return|yield) /.test(one),
  );
};

describe('a type that is returned is read', () => {
  it.each<{ what: string; text: string; found: string }>([
    {
      what: 'with a description',
      text: 'Returns:\n    dict[str, int]: All: of\n    them.',
      found: 'return dict[str, int]',
    },
    { what: 'alone', text: 'Returns:\n    bool\n\nNote:\n    More.', found: 'return bool' },
    { what: 'of what is yielded', text: 'Yields:\n  int: Each.', found: 'yield int' },
    {
      what: 'behind a role',
      text: 'Return:\n    :class:`~acme.Purse`: It.',
      found: 'return :class:`~acme.Purse` → acme.Purse',
    },
    {
      what: 'in words',
      text: 'Returns:\n    list of str or None: Them.',
      found: 'return list of str or None',
    },
    {
      what: 'in a section of NumPy',
      text: 'Returns\n-------\nOptional[int]\n    How much.\n\n    Or none.',
      found: 'return Optional[int]',
    },
    {
      what: 'in a section of NumPy, with a name',
      text: 'Yields\n------\nrest : `int`\n    How much.',
      found: 'yield `int` → int',
    },
    { what: 'in a field', text: ':returns: it\n:rtype:  int | None', found: 'return int | None' },
  ])('$what', ({ text, found }) => {
    expect(inDocstring(text)).toEqual([`${found} of acme.find`]);
    expect(inDocstring(text.replaceAll('\n', '\r\n'))).toEqual([`${found} of acme.find`]);
  });

  it('in a signature, and not the types of parameters', () => {
    const text =
      '.. py:method:: Purse.find(a: int = f(1), b="-> x") -> Optional[int]\n\n.. class:: Purse(a)\n\n.. function:: shut(a)\n   open(a) -> int\n';
    const found = told('page.rst', text).filter((one) => one.startsWith('return '));
    expect(found).toEqual(['return Optional[int] of Purse.find']);
  });

  it('with its exact place', () => {
    const text = 'def f():\n    """F.\n\n    Returns:\n        bool: Is it?\n    """\n';
    const [found] = referencesIn('acme.py', text, 'acme');
    const start = text.indexOf('bool');
    expect(found).toMatchObject({ kind: 'return', line: 5, span: { start, end: start + 4 } });
  });
});

it.each([
  'Returns:\n    True if it is: there.',
  'Returns:\n    A list: of them.',
  'Returns:\n    Them\n    all.',
  'Returns:\n    (str, int): Both.',
  'Returns:\n    Purse (named): It.',
  'Returns\n-------\na : int\n    One.\nb : int\n    Another.',
  'Returns\n-------\nndarray, shape (n,)\n    Them.',
  ':rtype: int, but not always',
  'Returns:\n\nNote:\n    More.',
])('no type is read in %j', (text) => {
  expect(inDocstring(text)).toEqual([]);
});
