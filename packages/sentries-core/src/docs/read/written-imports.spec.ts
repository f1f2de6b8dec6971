import { array, assert, constantFrom, option, property, record, uniqueArray } from 'fast-check';
import { loadSyntax } from '../../python/syntax';
import { importAt, importsIn, type WrittenImport } from './written-imports';

beforeAll(loadSyntax);

/** What an import says, in words. */
const told = ({ module, names }: WrittenImport): string => {
  const list = names.map(({ name, alias }) => (alias === null ? name : `${name} as ${alias}`));
  return `${module === null ? '' : `${module.name}: `}${list.join(', ')}`;
};

describe('an import is read', () => {
  it.each([
    { what: 'on a line', text: 'from acme.money import a, b as c', is: ['acme.money: a, b as c'] },
    { what: 'of modules', text: 'import acme.money as m, os', is: ['acme.money as m, os'] },
    { what: 'from beside', text: 'from .money import a', is: ['.money: a'] },
    { what: 'of what is to come', text: 'from __future__ import a', is: ['__future__: a'] },
    { what: 'in a session', text: '>>> from acme import a\n>>> a()', is: ['acme: a'] },
    { what: 'in a quote', text: '> from acme import a\r\n> a()\r\n', is: ['acme: a'] },
    { what: 'in parentheses', text: 'from acme import (a, b,)', is: ['acme: a, b'] },
    {
      what: 'over lines',
      text: 'from acme import (\n  a,\n\n  b as c,\n)\n',
      is: ['acme: a, b as c'],
    },
    {
      what: 'over lines of a session',
      text: '  >>> from acme import (a,\n  ...     b)\n',
      is: ['acme: a, b'],
    },
    {
      what: 'with comments',
      text: 'from acme import (  # (some\n  a,  # one)\n)  # all',
      is: ['acme: a'],
    },
    {
      what: 'as inline code',
      text: 'Begin with `from acme import a`, and go on.',
      is: ['acme: a'],
    },
    { what: 'as inline code in a heading', text: '# Use `import a`', is: ['a'] },
    { what: 'behind and before others', text: 'if x: import a; import b', is: ['a', 'b'] },
  ])('$what', ({ text, is }) => expect(importsIn(text).map(told)).toEqual(is));
});

describe('nothing is read', () => {
  it.each([
    { what: 'of prose', text: 'To import a name from there, import (the thing) from here.' },
    { what: 'that a backslash cuts', text: 'from acme import a, \\\n' },
    { what: 'of a star', text: 'from acme import *' },
    { what: 'that is not to its end an import', text: 'from acme import a b' },
    { what: 'that ends in a comma', text: 'from acme import a,' },
    { what: 'that is no name', text: 'from acme import a.b' },
    { what: 'that the end of a docstring cuts', text: 'from acme import a"""' },
    { what: 'that is never closed', text: 'from acme import (a,\n'.padEnd(900, 'b,\n') },
    { what: 'in a comment', text: 'a()  # import b\n# import c' },
    { what: 'that is an attribute', text: 'x.import a' },
  ])('$what', ({ text }) => expect(importsIn(text)).toEqual([]));
});

describe('what else its lines hold', () => {
  it.each([
    { what: 'an indent', text: '    import a', isAlone: true, isPlain: true },
    { what: 'a prompt', text: '>>> import a  \r\n', isAlone: true, isPlain: true },
    { what: 'parentheses', text: 'from a import (b)', isAlone: true, isPlain: false },
    { what: 'lines', text: 'from a import (\n  b\n)\n', isAlone: true, isPlain: false },
    { what: 'a comment behind it', text: 'import a  # b', isAlone: false, isPlain: false },
    { what: 'one inside', text: 'from a import (  # b\n  c)', isAlone: false, isPlain: false },
    { what: 'a backslash', text: 'from a import b, \\\n c', isAlone: false, isPlain: false },
    { what: 'an elision', text: 'from a import b, ...', isAlone: false, isPlain: false },
    { what: 'a statement', text: 'import a; f()', isAlone: false, isPlain: false },
    { what: 'one before it', text: 'if x: import a', isAlone: false, isPlain: false },
    { what: 'the marks of code', text: '`import a`', isAlone: false, isPlain: false },
    { what: 'the mark behind it', text: 'import a`', isAlone: false, isPlain: false },
  ])('$what', ({ text, isAlone, isPlain }) => {
    expect(importsIn(text)).toEqual([expect.objectContaining({ isAlone, isPlain })]);
  });
});

it('the import around a place is that whose name stands there', () => {
  const text = 'import a\nfrom b import (\n    c,\n    d,\n)\nd()\n';
  const around = (word: string): string[] => {
    const found = importAt(text, text.lastIndexOf(word));
    return found ? [told(found)] : [];
  };
  expect(around('a\n')).toEqual(['a']);
  expect(around('d,')).toEqual(['b: c, d']);
  expect(around('d()')).toEqual([]);
});

const NAMES = ['convert', 'Money', '_x', 'é', 'from_', 'import_me'];
const written = record({
  module: constantFrom('acme', 'acme.money', '..rates', '.', '__future__'),
  names: uniqueArray(
    record({ name: constantFrom(...NAMES), alias: option(constantFrom('c', 'm2'), { nil: null }) }),
    { minLength: 1, maxLength: 4, selector: ({ name }) => name },
  ),
  form: constantFrom('line', 'wrapped', 'lines'),
  lead: constantFrom(
    { first: '', next: '' },
    { first: '    ', next: '    ' },
    { first: '\t>>> ', next: '\t... ' },
    { first: '> > ', next: '> > ' },
    { first: '> >>> ', next: '> ... ' },
    { first: 'Take `', next: '' },
  ),
  comment: constantFrom('', '  # from x import y'),
});

it('its spans cut out exactly its names, wherever it stands', () => {
  const ends = constantFrom('\n', '\r\n');
  const between = constantFrom('', 'Some 😀 prose.\n', 'x = 1\n', '```python\n');
  assert(
    property(array(record({ one: written, between }), { maxLength: 5 }), ends, (all, end) => {
      const texts = all.map(({ one: { module, names, form, lead, comment }, between: before }) => {
        const list = names.map(({ name, alias }) =>
          alias === null ? name : `${name} as ${alias}`,
        );
        const lines =
          form === 'lines'
            ? ['(', ...list.map((item) => `    ${item},${comment}`), ')']
            : [form === 'wrapped' ? `(${list.join(', ')})` : list.join(' ,\t')];
        const close = lead.first.endsWith('`') ? '`' : comment;
        return `${before}${lead.first}from ${module} import ${lines.join(`\n${lead.next}`)}${close}\n`;
      });
      const text = texts.join('').replaceAll('\n', end);
      const found = importsIn(text);
      const asTold = all.map(({ one: { module, names } }) => ({ module, names }));
      expect(
        found.map(({ module, names }) => ({
          module: module!.name,
          names: names.map(({ name, alias }) => ({ name, alias })),
        })),
      ).toEqual(asTold);
      for (const one of found) {
        expect(text.slice(one.module!.span.start, one.module!.span.end)).toBe(one.module!.name);
        for (const { name, span, target } of one.names) {
          expect(text.slice(span.start, span.end)).toBe(name);
          expect(target).toBe(`${one.module!.name}.${name}`);
          expect(importAt(text, span.start)).toEqual(one);
        }
        expect(text.slice(one.span.start, one.span.end)).toMatch(/^from [^`]*[\wé)]$/);
      }
    }),
    { numRuns: 200 },
  );
});
