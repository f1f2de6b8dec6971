import { loadSyntax, PythonSource } from '../python/syntax';
import { libertyOf } from './liberties';

beforeAll(loadSyntax);

const sources = () =>
  new Map([
    [
      'lib/src/greet.py',
      new PythonSource(
        'WORD = "Hello"\n\n\nclass Tone:\n    pass\n\n\ndef greet(name):\n    return name\n',
      ),
    ],
  ]);
const BEFORE = 'from greet import greet\n\n\ndef test_it():\n    assert greet("Ann") == "Ann"\n';
const liberty = (before: string, after: string): string | undefined =>
  libertyOf(new PythonSource(before), new PythonSource(after), sources());
const inTest = (lines: string): string => BEFORE.replace('    assert greet("Ann")', `    ${lines}`);

describe('an edit takes no liberty where it calls the code under test in another way', () => {
  it.each([
    ['with another argument', BEFORE.replace('"Ann")', '"Ann", tone=None)')],
    ['with something made for it', inTest('tone = greet("x")\n    assert greet("Ann", tone)')],
    [
      'with what it imports from the project',
      BEFORE.replace('import greet', 'import Tone, greet').replace('"Ann")', '"Ann", Tone())'),
    ],
  ])('%s', (_, after) => {
    expect(liberty(BEFORE, after)).toBeUndefined();
  });
});

it('an edit takes a liberty where it computes otherwise', () => {
  const before = BEFORE.replace('== "Ann"', '== 2 * 3');
  expect(liberty(before, before.replace('*', '+'))).toContain('binary operator, +');
  expect(liberty(before, before.replace('==', '>='))).toContain('comparison operator, >=');
});

it.each([
  ['computes', inTest('assert greet("A" + "nn")'), 'binary operator'],
  ['calls something else', inTest('assert str(greet("Ann"))'), 'calls str'],
  ['imports something else', `import os\n${BEFORE}`, 'imports os'],
  ['gives a test parameters', BEFORE.replace('test_it()', 'test_it(greet)'), 'the parameters'],
  ['binds a name anew', `${BEFORE}\n\ngreet = test_it\n`, 'binds greet again'],
  ['binds the name of a test', `${BEFORE}\n\ntest_b = greet\n`, 'binds test_b again'],
  ['sets what is another’s', `${BEFORE}\n\ngreet.word = "x"\n`, 'sets greet.word'],
])('an edit takes a liberty where it %s', (_, after, says) => {
  expect(liberty(BEFORE, after)).toContain(says);
});
