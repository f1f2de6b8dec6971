import { changedFile } from '../../change/change.fixture';
import { ChangeSet } from '../../change/change-set';
import { loadSyntax } from '../../python/syntax';
import { tell, type Story } from '../story.fixture';
import { removedSubject } from './removed-subject';

beforeAll(loadSyntax);

const FILE = 'libs/money/src/acme/money.py';
const convert = 'def convert(amount, rate):\n    return round(amount * rate, 2)\n';
const REMOVED = new ChangeSet([changedFile(`import requests\n${convert}`, 'x = 1\n', FILE)]);
const GONE = new ChangeSet([changedFile(convert, null, FILE)]);

const failing = (test: string, at: string, type: string, change = REMOVED): Story => ({
  test,
  at,
  exception: { type: `builtins.${type}` },
  change,
});

describe('what the change removed is named', () => {
  it.each<[string, Story, string]>([
    [
      'in an import',
      failing('from acme.money import convert\n', 'from', 'ImportError'),
      'acme.money.convert',
    ],
    [
      'as an attribute',
      failing(
        'from acme import money\n\ndef test_a():\n    money.convert(1)\n',
        '    ',
        'AttributeError',
      ),
      'acme.money.convert',
    ],
    [
      'in a patch',
      failing('def test_a():\n    patch("acme.money.convert")\n', '    ', 'AttributeError'),
      'acme.money.convert',
    ],
    [
      'in a patch of a module',
      failing(
        'from acme import money\ndef test_a():\n    patch.object(money, "convert")\n',
        '    ',
        'AttributeError',
      ),
      'acme.money.convert',
    ],
  ])('%s', (_, story, name) => {
    expect(tell(removedSubject, story)).toBe(
      `refused: the change removed ${name}, and nothing stands in its place: ${FILE}:2 had "def convert(amount, rate):"`,
    );
  });

  it('where an object has it not any more', () => {
    const change = new ChangeSet([
      changedFile(`class A:\n    def close(self):\n        pass\n`, 'class A:\n    pass\n', FILE),
    ]);
    const owner = { kind: 'instance' as const, names: ['tests.test_a.B', 'acme.money.A'] };
    const story = failing('def test_a(b):\n    b.close()\n', '    b', 'AttributeError', change);
    const missed = { ...story.exception, name: 'close', owner };
    expect(tell(removedSubject, { ...story, exception: missed })).toBe(
      `refused: the change removed A.close, and nothing stands in its place: ${FILE}:2 had "def close(self):"`,
    );
    const other = { ...missed, owner: { ...owner, names: ['acme.money.C'] } };
    expect(tell(removedSubject, { ...story, exception: other })).toBe('not mine');
  });

  it('where a module imported it', () => {
    const story = failing('f(1)\npatch("acme.money.requests.get")\n', 'patch', 'AttributeError');
    expect(tell(removedSubject, story)).toContain(`${FILE}:1 had "import requests"`);
  });

  it('where it is a module', () => {
    const story = failing('import acme.money\n', 'import', 'ModuleNotFoundError', GONE);
    expect(tell(removedSubject, story)).toContain('the change removed acme.money, ');
  });
});

describe('nothing is said', () => {
  it.each<[string, Story]>([
    ['of what stands', failing('from acme.money import x\n', 'from', 'ImportError')],
    ['of other modules', failing('from other import convert\n', 'from', 'ImportError')],
    ['of other failures', failing('from acme.money import convert\n', 'from', 'KeyError')],
    [
      'of what moved',
      failing(
        'from acme.money import convert\n',
        'from',
        'ImportError',
        new ChangeSet([
          changedFile(convert, null, FILE),
          changedFile(null, convert, FILE.replace('money', 'm')),
        ]),
      ),
    ],
  ])('%s', (_, story) => {
    expect(tell(removedSubject, story)).toBe('not mine');
  });
});
