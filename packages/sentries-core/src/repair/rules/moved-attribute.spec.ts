import { changedFile } from '../../change/change.fixture';
import { ChangeSet } from '../../change/change-set';
import { loadSyntax } from '../../python/syntax';
import { tell, type Story } from '../story.fixture';
import { movedAttribute } from './moved-attribute';
import { renamedSymbol } from './renamed-symbol';

beforeAll(loadSyntax);

const func = (name: string): string =>
  `def ${name}(amount, rate):\n    return round(amount * rate, 2)\n`;
const OLD = 'libs/money/src/acme/money.py';
const NEW = 'libs/money/src/acme/rates.py';
const MOVED = new ChangeSet([
  changedFile(`${func('convert')}x = 1\n`, 'x = 1\n', OLD),
  changedFile(null, func('convert'), NEW),
]);
const RENAMED = new ChangeSet([
  changedFile(func('convert'), func('exchange'), NEW),
  changedFile('from .rates import convert\n', 'from .rates import exchange\n', OLD),
]);
const missing = (test: string, change = MOVED, type = 'AttributeError'): Story => ({
  test,
  at: '    ',
  exception: { type: `builtins.${type}`, name: 'convert' },
  change,
});
const test = (head: string, use: string): string =>
  `${head}\n\ndef test_a(x):\n    ${use}(1)\n    assert x.convert or ${use}.__name__\n`;

it.each([
  ['from acme import money', 'from acme import rates', 'money.convert', 'rates.convert'],
  ['import acme.money', 'import acme.rates', 'acme.money.convert', 'acme.rates.convert'],
  [
    'from ..src.acme import money',
    'from ..src.acme import rates',
    'money.convert',
    'rates.convert',
  ],
  ['import acme.money as m', 'from acme import rates', 'm.convert', 'rates.convert'],
  ['import acme.money  # it', 'import acme.rates', 'acme.money.convert', 'acme.rates.convert'],
])('what moved is reached by an import of its own: %s', (head, added, use, now) => {
  expect(tell(movedAttribute, missing(test(head, use)))).toBe(
    `mechanical: ${test(`${head}\n${added}`, now)}`,
  );
});

it('what is imported in a function is so again', () => {
  const text = (more: string, use: string): string =>
    `def test_a(x):\n    from acme import money\n${more}    ${use}(1)\n`;
  const story = { ...missing(text('', 'money.convert')), at: 'money.convert' };
  expect(tell(movedAttribute, story)).toBe(
    `mechanical: ${text('    from acme import rates\n', 'rates.convert')}`,
  );
});

it('what the module imports under a new name has that name', () => {
  const head = 'from acme import money';
  expect(tell(movedAttribute, missing(test(head, 'money.convert'), RENAMED))).toBe(
    `mechanical: ${test(head, 'money.exchange')}`,
  );
});

it('what was renamed where it stands, and is not given on any more, is reached there', () => {
  const change = new ChangeSet([
    changedFile(func('convert'), func('exchange'), NEW),
    changedFile('from .rates import convert\n', '', OLD),
  ]);
  const owner = { kind: 'module' as const, names: ['acme.money'] };
  const story = missing(test('from acme import money', 'money.convert'), change);
  const missed = { ...story, exception: { ...story.exception, owner } };
  expect(tell(renamedSymbol, missed)).toBe('not mine');
  expect(tell(movedAttribute, missed)).toBe(
    `mechanical: ${test('from acme import money\nfrom acme import rates', 'rates.exchange')}`,
  );
});

describe('it is refused', () => {
  it.each([
    [test('from acme import money\nrates = 1', 'money.convert'), 'rates already means'],
    [
      'def test_a(x):\n    import os; from acme import money\n    money.convert(1)\n',
      'reaches it in several ways',
    ],
    [
      'def f():\n    import acme.money\ndef test_a(x):\n    import acme.money\n    acme.money.convert(1)\n',
      'reaches it in several ways',
    ],
  ])('given %j', (text, says) => {
    const at = 'money.convert';
    expect(tell(movedAttribute, { ...missing(text), at })).toContain(`${says}`);
    expect(tell(movedAttribute, { ...missing(text), at })).toContain('refused: ');
  });

  it('where two modules could be meant', () => {
    const change = new ChangeSet([
      ...MOVED.files,
      changedFile(null, func('convert'), NEW.replace('rates', 'other')),
    ]);
    const story = missing(test('from acme import money', 'money.convert'), change);
    expect(tell(movedAttribute, story)).toBe(
      'refused: acme.money.convert may be in acme.rates or acme.other now',
    );
  });
});

it.each<[string, Story]>([
  ['an attribute of an object', missing(test('', 'x.convert'))],
  ['another module', missing(test('from other import money', 'money.convert'))],
  [
    'what was removed',
    missing(test('from acme import money', 'money.convert'), new ChangeSet([MOVED.files[0]!])),
  ],
  [
    'another exception',
    missing(test('from acme import money', 'money.convert'), MOVED, 'KeyError'),
  ],
])('%s is none of its own', (_, story) => {
  expect(tell(movedAttribute, story)).toBe('not mine');
});
