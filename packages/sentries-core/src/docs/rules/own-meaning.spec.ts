import { loadSyntax } from '../../python/syntax';
import { hasOwnMeaning, isNamedIn } from './own-meaning';

beforeAll(loadSyntax);

const isOwn = (root: string): boolean => root === 'acme';

describe('`convert` has a meaning of its own on a page', () => {
  it.each([
    { what: 'that gives it a value', page: 'convert = other()' },
    { what: 'that gives it one in a session', page: '>>> convert = other()' },
    { what: 'that defines it', page: '    def convert(a):' },
    { what: 'that defines it in a session', page: '>>> if a:\n...     async def convert(a):' },
    { what: 'that has a class of that name', page: '> class convert:' },
    { what: 'that has it from another package', page: 'from other.units import a, convert' },
    { what: 'that has it from there over lines', page: 'from other import (\n    convert,\n)' },
    { what: 'that has it from there with others', page: 'from other import convert, ...' },
    { what: 'that has it from there over a backslash', page: 'from other import a, \\\n  convert' },
    { what: 'that calls another thing so', page: 'from other import change as convert' },
    { what: 'that calls it otherwise', page: 'from other import convert as change' },
    { what: 'that imports such a module', page: 'import convert' },
    { what: 'that says so in words', page: 'Begin with `from other import convert`.' },
  ])('$what', ({ page }) => expect(hasOwnMeaning('convert', page, isOwn)).toBe(true));
});

describe('`convert` has none on a page', () => {
  it.each([
    { what: 'that imports it from the project', page: 'from acme.money import convert' },
    { what: 'that imports it from beside', page: 'from .money import convert' },
    { what: 'that calls it', page: 'convert(a)\nx = convert' },
    { what: 'that compares it', page: 'convert == a' },
    { what: 'that gives it as a keyword', page: 'run(convert=True)' },
    { what: 'that has a longer word', page: 'reconvert = 1\nconverted = 2\ndef convert_all():' },
    { what: 'that has one like it', page: 'from other import converter' },
  ])('$what', ({ page }) => expect(hasOwnMeaning('convert', page, isOwn)).toBe(false));
});

it.each([
  { code: 'for tables in all:', is: true },
  { code: 'acme.tables.rate()', is: true },
  { code: 'my_tables = tablespoons', is: false },
])('that `tables` is named in $code: $is', ({ code, is }) => {
  expect(isNamedIn('tables', code)).toBe(is);
});
