import { loadGrammars } from '../docs.fixture';
import { renamedSymbol } from './renamed-symbol';
import { mended } from './rules.fixture';

beforeAll(loadGrammars);

/** A module with constants that says in a docstring what may be given; one of them gets the name `FIRM`. */
const story = (said: string, { strict = 'STRICT', value = '1' } = {}) => {
  const constants = (name: string): string => `${name} = ${value}\nLOOSE = 2\nRATE = "RATE"\n\n\n`;
  const uses = (name: string): string =>
    `def check(mode):\n    """Checks.\n\n    :param mode: ${said}\n    """\n    return mode == ${name}\n`;
  const page = 'src/acme/page.py';
  return {
    base: { 'src/acme/__init__.py': '', [page]: constants(strict) + uses(strict) },
    change: { [page]: constants('FIRM') + uses('FIRM') },
    after: constants('FIRM') + uses('FIRM'),
  };
};

const told = async (own: ReturnType<typeof story>): Promise<string[]> => mended(renamedSymbol, own);

it.each([{ said: 'One of `STRICT` or `LOOSE`.' }, { said: 'Either ``STRICT``, or ``LOOSE``.' }])(
  'a constant among others follows: $said',
  async ({ said }) => {
    const own = story(said);
    expect(await told(own)).toEqual([own.after.replace('STRICT', 'FIRM')]);
  },
);

it('a name with an underscore is no word', async () => {
  const own = story('Not `VERY_STRICT`, please.', { strict: 'VERY_STRICT' });
  expect(await told(own)).toEqual([own.after.replace('VERY_STRICT', 'FIRM')]);
});

it.each([
  { what: 'alone', said: 'May be `STRICT`.' },
  { what: 'beside one that is written otherwise', said: 'One of `STRICT` or ``LOOSE``.' },
  { what: 'beside a word that is none', said: 'One of `STRICT` or `HTML`.' },
  { what: 'beside one that is its own text', said: 'One of `STRICT` or `RATE`.' },
])('a word in capitals is left $what', async ({ said }) => {
  const own = story(said);
  expect(await told(own)).toEqual([own.after, expect.stringContaining('is a word as well')]);
});

it('a word in capitals is left where its value is the same text', async () => {
  const own = story('One of `STRICT` or `LOOSE`.', { value: '"STRICT"' });
  expect((await told(own))[0]).toBe(own.after);
});

describe('the name of a class', () => {
  const named = (said: string, name = 'Result') => {
    const text = (own: string): string =>
      `class ${own}:\n    def value(self):\n        return self.amount * 2\n\n\ndef check(mode):\n    """${said}"""\n    return ${own}(mode)\n`;
    const page = 'src/acme/page.py';
    return {
      base: { 'src/acme/__init__.py': '', [page]: text(name) },
      change: { [page]: text('Outcome') },
      after: text('Outcome'),
    };
  };

  it.each([{ said: 'Gives a `Result` back.' }, { said: 'Gives a\n    ``Result`` back.' }])(
    'follows within a sentence about its module: $said',
    async ({ said }) => {
      const own = named(said);
      expect(await told(own)).toEqual([own.after.replace('Result', 'Outcome')]);
    },
  );

  it.each([
    { said: '`Result` it is.' },
    { said: 'Checks. `Result` it is.' },
    { said: 'See:\n\n    `Result`' },
  ])('is left where a capital letter says nothing: $said', async ({ said }) => {
    const own = named(said);
    expect(await told(own)).toEqual([own.after, expect.stringContaining('is a word as well')]);
  });
});
