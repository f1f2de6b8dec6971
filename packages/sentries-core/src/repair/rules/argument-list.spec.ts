import { loadSyntax } from '../../python/syntax';
import { failureOf, tell, type Story } from '../story.fixture';
import { argumentList } from './argument-list';

beforeAll(loadSyntax);

const cls = (decorator: string, more = '', parameters = 'self'): string =>
  `class A:\n    ${decorator}\n    def total(${parameters}):\n        return 1\n${more}`;
const [METHOD, PROPERTY] = [cls('# no'), cls('@property')];

const called = (line: string, change: Story['change'] = [METHOD, PROPERTY]): Story => ({
  test: `from acme import m\ndef test_a(x):\n    ${line}\n`,
  at: '    ',
  exception: { type: 'builtins.TypeError' },
  change,
});

/** A comparison whose left side is of a type. */
const compared = (
  line: string,
  change: Story['change'] = [PROPERTY, METHOD],
  type = 'builtins.method',
): Story => {
  const test = `def test_a(x):\n    ${line}\n`;
  const compare = failureOf({ test, sides: [null, '1'] }).compare!;
  return { test, change, failure: { compare: { ...compare, left: { type, source: null } } } };
};

it('a call of what is a property now loses its parentheses', () => {
  const story = called('assert x.total() == 1');
  expect(tell(argumentList, story)).toBe(`mechanical: ${story.test.replace('total()', 'total')}`);
});

it('a comparison of what is a method now gets parentheses', () => {
  const story = compared('assert x.total == 1');
  expect(tell(argumentList, story)).toBe(`mechanical: ${story.test.replace('total', 'total()')}`);
});

it.each<[string, Story, string]>([
  [
    'two are called on the line',
    called('assert x.total() == y.total()'),
    'several could be meant on this line',
  ],
  [
    'another class has it as it was',
    called('x.total()', [METHOD, cls('@property', METHOD.replace('class A', 'class B'))]),
    'B.total could be meant here as well',
  ],
])('it is refused where %s', (_, story, says) => {
  expect(tell(argumentList, story)).toBe(`refused: ${says}`);
});

it.each<[string, Story]>([
  ['a call with arguments', called('x.total(1)')],
  ['a call of a module', called('m.total()')],
  ['another name', called('x.sum()')],
  [
    'a method that needs something',
    compared('assert x.total == 1', [PROPERTY, cls('# no', '', 'self, a')]),
  ],
  ['a comparison of a value', compared('assert x.total == 1', undefined, 'builtins.int')],
  ['a comparison of a call', compared('assert x.total() == 1')],
  ['nothing that changed', called('x.total()', [METHOD, METHOD])],
])('%s is none of its own', (_, story) => {
  expect(tell(argumentList, story)).toBe('not mine');
});
