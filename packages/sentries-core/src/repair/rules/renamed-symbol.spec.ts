import { loadSyntax } from '../../python/syntax';
import { contextOf, failureOf, tell, type Story } from '../story.fixture';
import { renamedSymbol } from './renamed-symbol';

beforeAll(loadSyntax);

const func = (name: string): string =>
  `def ${name}(amount, rate):\n    return round(amount * rate, 2)\n`;
const RENAMED: [string, string] = [func('convert'), func('exchange')];

const account = (name: string, close: string): string =>
  `class ${name}:\n    def __init__(self, balance):\n        self.balance = balance\n\n    def ${close}(self):\n        paid, self.balance = self.balance, 0\n        return paid\n`;
const METHOD: [string, string] = [account('Account', 'close'), account('Account', 'shut')];

/** A test file that can’t import the name any more. */
const importing = (test: string, at = 'import', change = RENAMED): Story => ({
  test,
  at,
  exception: { type: 'builtins.ImportError', name: 'acme.money' },
  change,
});

/** A test that misses an attribute. */
const missing = (
  test: string,
  at: string,
  owner: { kind: 'module' | 'class' | 'instance'; names: string[] } | null,
  change = METHOD,
): Story => {
  const name = change === RENAMED ? 'convert' : 'close';
  return { test, at, exception: { type: 'builtins.AttributeError', name, owner }, change };
};

const INSTANCE = { kind: 'instance' as const, names: ['acme.money.Account', 'builtins.object'] };

describe('an import of a renamed name is renamed', () => {
  it.each([
    ['with its uses', 'from acme.money import convert\n\nassert convert(1, 2)\nx = [convert]\n'],
    ['among others', 'from acme.money import (\n    add,\n    convert,  # it\n)\nconvert(1)\n'],
    ['where another name stands for it', 'from acme.money import convert as c\nc(1)\n'],
    ['where the package gives it on', 'from acme import convert\nconvert(1)\n'],
    ['in __all__', 'from acme.money import convert\n__all__ = ["convert", "other"]\n'],
    [
      'in a decorator, a default and an annotation',
      'from acme.money import convert\n@convert\ndef f(a=convert) -> convert: pass\n',
    ],
    [
      'in annotations in quotes',
      'from acme.money import convert\ndef f(a: "convert | list[convert]") -> list["convert"]: pass\n',
    ],
    ['relative to the tests', 'from ..src.acme.money import convert\nconvert(1)\n'],
    ['in an f-string', 'from acme.money import convert\nx = f"{convert(1)}"\n'],
  ])('%s', (_, test) => {
    const expected = test.replaceAll('convert', 'exchange');
    expect(tell(renamedSymbol, importing(test))).toBe(`mechanical: ${expected}`);
  });

  it('and whatever else has that name stays', () => {
    const test = [
      'from acme.money import convert',
      'import other.convert',
      'x.convert(1)',
      'f(convert=1)',
      '"convert"  # convert',
      'def f(convert):',
      '    return convert',
      'def g():',
      '    convert = 1',
      '    return convert',
      'y = [convert for convert in []]',
      'converted = convert(1)',
    ].join('\n');
    const expected = test
      .replace('import convert', 'import exchange')
      .replace('= convert(1)', '= exchange(1)');
    expect(tell(renamedSymbol, importing(test, 'from acme'))).toBe(`mechanical: ${expected}`);
  });

  it('with the definitions as evidence', () => {
    const story = importing('from acme.money import convert\n');
    expect(renamedSymbol.propose(failureOf(story), contextOf(story))).toMatchObject({
      strategy: 'renamed-symbol',
      says: 'the function convert was renamed to exchange',
      evidence: [
        {
          side: 'base',
          line: 1,
          text: 'def convert(amount, rate):',
          says: 'convert was defined here',
        },
        { side: 'head', line: 1, text: 'def exchange(amount, rate):', says: 'it is exchange now' },
      ],
    });
  });
});

describe('an import is not renamed', () => {
  it.each([
    ['of another module', 'from other.money import convert\n'],
    ['of a module whose name ends alike', 'from cme.money import convert\n'],
    ['of another name', 'from acme.money import convertible\n'],
    ['of a module alone', 'import acme.money\n'],
  ])('%s', (_, test) => {
    expect(tell(renamedSymbol, importing(test))).toBe('not mine');
  });

  it.each([
    [
      'where the new name means something',
      'from acme.money import convert\nexchange = 1\n',
      'exchange already means',
    ],
    [
      'where the new name is imported, too',
      'from acme.money import convert, exchange\n',
      'exchange already means',
    ],
    ['where it is bound again', 'from acme.money import convert\nconvert = 1\n', 'is bound again'],
    [
      'where it is imported in two ways',
      'from acme.money import convert\nimport convert\n',
      'is bound again',
    ],
  ])('%s', (_, test, says) => {
    expect(tell(renamedSymbol, importing(test))).toContain(`refused: `);
    expect(tell(renamedSymbol, importing(test))).toContain(says);
  });

  it('where two renames could be meant', () => {
    const other = 'def parse(text):\n    return [int(part) for part in text.split(",")]\n';
    const change: [string, string] = [
      `${func('convert')}${other}`,
      `${func('exchange')}${other.replace('parse', 'read')}`,
    ];
    const story = importing('from acme.money import convert, parse\n', 'from', change);
    expect(tell(renamedSymbol, story)).toBe(
      'refused: several renames of the change could be meant',
    );
  });
});

describe('a bare name', () => {
  const naming = (test: string): Story => ({
    test,
    at: 'assert',
    exception: { type: 'builtins.NameError', name: 'convert' },
    change: RENAMED,
  });

  it('that a star import brought is renamed', () => {
    expect(tell(renamedSymbol, naming('from acme.money import *\nassert convert(1)\n'))).toBe(
      'mechanical: from acme.money import *\nassert exchange(1)\n',
    );
  });

  it.each(['from other import *\nassert convert(1)\n', 'assert convert(1)\n'])(
    'that no such import brought is none of its own: %j',
    (test) => {
      expect(tell(renamedSymbol, naming(test))).toBe('not mine');
    },
  );
});

describe('an attribute is renamed', () => {
  it.each<[string, Story, string]>([
    [
      'of a module, in the whole file',
      missing(
        'from acme import money\n\ndef test_a():\n    assert money.convert(1)\n\ndef test_b():\n    money.convert(2)\n',
        'assert',
        { kind: 'module', names: ['acme.money'] },
        RENAMED,
      ),
      'from acme import money\n\ndef test_a():\n    assert money.exchange(1)\n\ndef test_b():\n    money.exchange(2)\n',
    ],
    [
      'of an instance, in its own test',
      missing(
        'def test_a(account):\n    assert account.close() == 1\n    account.close()\n\ndef test_b(account):\n    account.close()\n',
        'assert',
        INSTANCE,
      ),
      'def test_a(account):\n    assert account.shut() == 1\n    account.shut()\n\ndef test_b(account):\n    account.close()\n',
    ],
    [
      'of a subclass’s instance',
      missing('def test_a(x):\n    assert x.close()\n', 'assert', {
        kind: 'instance',
        names: ['tests.helpers.Special', 'acme.money.Account', 'builtins.object'],
      }),
      'def test_a(x):\n    assert x.shut()\n',
    ],
    [
      'of a class',
      missing('def test_a():\n    assert Account.close\n', 'assert', {
        ...INSTANCE,
        kind: 'class',
      }),
      'def test_a():\n    assert Account.shut\n',
    ],
    [
      'by getattr',
      missing(
        'def test_a(x):\n    assert getattr(x, "close")()\n    x.close()\n',
        'assert',
        INSTANCE,
      ),
      'def test_a(x):\n    assert getattr(x, "shut")()\n    x.shut()\n',
    ],
    [
      'and not of another object beside it',
      missing('def test_a(a, file):\n    assert a.close()\n    file.close()\n', 'assert', INSTANCE),
      'def test_a(a, file):\n    assert a.shut()\n    file.close()\n',
    ],
  ])('%s', (_, story, expected) => {
    expect(tell(renamedSymbol, story)).toBe(`mechanical: ${expected}`);
  });

  it('at the very place that CPython names, in bytes', () => {
    const line = '    assert "é€😀" and file.close() and account.close()';
    const test = `def test_a(account, file):\n${line}\n`;
    const column = (text: string): number => Buffer.byteLength(line.slice(0, line.indexOf(text)));
    const start = column('account');
    const span: [number, number, number, number] = [2, start, 2, start + 'account.close'.length];
    const frames = [{ ...failureOf({ test }).frames[0]!, span }];
    const story: Story = { ...missing(test, 'assert', INSTANCE), failure: { frames } };
    expect(tell(renamedSymbol, story)).toBe(
      `mechanical: ${test.replace('account.close', 'account.shut')}`,
    );
  });
});

describe('an attribute is not renamed', () => {
  it('where several objects have it on the line', () => {
    const test = 'def test_a(a, b):\n    assert a.close() and b.close()\n';
    expect(tell(renamedSymbol, missing(test, 'assert', INSTANCE))).toContain('several objects');
  });

  it.each<[string, Story]>([
    [
      'of a class of another module',
      missing('assert x.close()\n', 'assert', { kind: 'instance', names: ['other.Account'] }),
    ],
    [
      'of another class',
      missing('assert x.close()\n', 'assert', { kind: 'instance', names: ['acme.money.Wallet'] }),
    ],
    [
      'of another module',
      missing('assert m.convert(1)\n', 'assert', { kind: 'module', names: ['other'] }, RENAMED),
    ],
    [
      'by getattr with a default',
      missing('assert getattr(x, "close", None)()\n', 'assert', INSTANCE),
    ],
    ['that is not on the line', missing('assert x.open()\n', 'assert', INSTANCE)],
    [
      'that was missed in the code under test',
      {
        ...missing('assert x.close()\n', 'assert', INSTANCE),
        failure: { frames: [{ file: 'src/m.py', line: 1, function: 'f', span: null }] },
      },
    ],
  ])('%s', (_, story) => {
    expect(tell(renamedSymbol, story)).toBe('not mine');
  });
});

it('other exceptions are none of its own', () => {
  const story = { ...importing('from acme.money import convert\n'), exception: {} };
  expect(tell(renamedSymbol, story)).toBe('not mine');
});
