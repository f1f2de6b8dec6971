import { loadSyntax } from '../python/syntax';
import { changedFile } from './change.fixture';
import { deprecations, symbolRenames } from './renames';

beforeAll(loadSyntax);

/** The renames of a change of files, told as `kind Old.path → New.path`. */
function told(...files: [old: string | null, now: string | null][]): string[] {
  const changed = files.map(([old, now], at) => changedFile(old, now, `src/m${at}.py`));
  return symbolRenames(changed).map(({ kind, owner, oldName, newOwner, newName }) => {
    const path = (holder: string, name: string) => (holder === '' ? name : `${holder}.${name}`);
    return `${kind} ${path(owner, oldName)} → ${path(newOwner, newName)}`;
  });
}

/** A function that is long enough to be known again. */
const func = (name: string, extra = ''): string =>
  `def ${name}(amount, rate):\n    ${extra}return round(amount * rate, 2)\n`;

const account = (name: string, close = 'close', attribute = 'balance'): string => `
class ${name}:
    """Money of somebody."""

    def __init__(self, ${attribute}):
        self.${attribute} = ${attribute}

    def ${close}(self):
        paid, self.${attribute} = self.${attribute}, 0
        return paid
`;

describe('names that get their values together', () => {
  const modes = (first: string, second: string, more = ''): string =>
    `(${first}, ${second}, LOOSE, NONE) = list(range(4))\n${more}`;

  it('are renamed one by one', () => {
    expect(told([modes('STRICT', 'FIRM'), modes('RIGID', 'FIRM')])).toEqual([
      'variable STRICT → RIGID',
    ]);
  });

  it('are not renamed where they change places, or where nobody says which is which', () => {
    expect(told([modes('STRICT', 'FIRM'), modes('FIRM', 'STRICT')])).toEqual([]);
    expect(told([modes('STRICT', 'FIRM'), modes('HARD', 'SOFT')])).toEqual([]);
    expect(told([modes('STRICT', 'FIRM'), modes('FIRM', 'RIGID')])).toEqual([]);
  });
});

describe('a rename is seen', () => {
  it('with its lines on both sides', () => {
    const [old, now] = [`import os\n\n${func('convert')}`, `\n${func('exchange')}`];
    expect(symbolRenames([changedFile(old, now, 'src/money.py')])).toEqual([
      {
        kind: 'function',
        file: 'src/money.py',
        oldFile: 'src/money.py',
        oldName: 'convert',
        newName: 'exchange',
        owner: '',
        newOwner: '',
        oldLine: 3,
        newLine: 2,
        oldText: 'def convert(amount, rate):',
        newText: 'def exchange(amount, rate):',
      },
    ]);
  });

  it.each<[string, string, string, string[]]>([
    ['of a function', func('convert'), func('exchange'), ['function convert → exchange']],
    [
      'of a function whose text was edited, where the change exchanged the names in use',
      'def convert(a):\n    return f"{a} EUR"\nprint(convert)\n',
      'def exchange(a):\n    return f"{a} CHF"\nprint(exchange)\n',
      ['function convert → exchange'],
    ],
    [
      'of a function that moved in its file',
      `${func('convert')}A = [1, 2, 3]\n`,
      `A = [1, 2, 3]\n${func('exchange')}`,
      ['function convert → exchange'],
    ],
    [
      'of a decorated function',
      `@cache\n${func('convert')}`,
      `@cache\n${func('exchange')}`,
      ['function convert → exchange'],
    ],
    [
      'of a table',
      'RATES = {"EUR": 1, "USD": 2, "CHF": 3}\n',
      'PRICES = {"EUR": 1, "USD": 2, "CHF": 3}\n',
      ['variable RATES → PRICES'],
    ],
    ['of a class alone', account('Account'), account('Wallet'), ['class Account → Wallet']],
    [
      'of a method',
      account('Account'),
      account('Account', 'shut'),
      ['function Account.close → Account.shut'],
    ],
    [
      'of a class and of its method',
      account('Account'),
      account('Wallet', 'shut'),
      ['class Account → Wallet', 'function Account.close → Wallet.shut'],
    ],
    [
      'of an attribute of self, which its uses confirm',
      account('Account'),
      account('Account', 'close', 'funds'),
      ['variable Account.balance → Account.funds'],
    ],
    [
      'of a function whose parameters have other names, too',
      'def convert(amount, rate):\n    total = amount * rate\n    return round(total, 2)\n',
      'def exchange(value, course):\n    result = value * course\n    return round(result, 2)\n',
      ['function convert → exchange'],
    ],
    [
      'of a function that uses another one that was renamed',
      `${func('convert')}def parse(text):\n    return [convert(part, 1) for part in text.split(",")]\n`,
      `${func('exchange')}def read(text):\n    return [exchange(part, 1) for part in text.split(",")]\n`,
      ['function convert → exchange', 'function parse → read'],
    ],
    [
      'of two functions at once, each for itself',
      `${func('convert')}def parse(text):\n    return [int(part) for part in text.split(",")]\n`,
      `${func('exchange')}def read(text):\n    return [int(part) for part in text.split(",")]\n`,
      ['function convert → exchange', 'function parse → read'],
    ],
    [
      'of another name for a class',
      `${account('Account')}Konto = Account\n__all__ = ["Konto"]\n`,
      `${account('Account')}Depot = Account\n__all__ = ["Depot"]\n`,
      ['variable Konto → Depot'],
    ],
    [
      'of a second name of a method',
      `${account('Account')}    finish = close\n`,
      `${account('Account')}    end = close\n`,
      ['variable Account.finish → Account.end'],
    ],
    [
      'among twins, where call sites tell which is which',
      `${func('one')}${func('two')}a = one(1, 2)\nb = two(1, 2)\n`,
      `${func('uno')}${func('due')}a = uno(1, 2)\nb = due(1, 2)\n`,
      ['function one → uno', 'function two → due'],
    ],
  ])('%s', (_, old, now, expected) => {
    expect(told([old, now])).toEqual(expected);
  });

  it('of something short, where a call site in another file confirms it', () => {
    const user = (name: string): string => `from m0 import ${name}\n\nprint(${name})\n`;
    const renamed: [string, string] = ['LIMIT = 3\n', 'MAXIMUM = 3\n'];
    expect(told(renamed)).toEqual([]);
    expect(told(renamed, [user('LIMIT'), user('MAXIMUM')])).toEqual(['variable LIMIT → MAXIMUM']);
  });
});

it('no rename is seen in a constant with another text, even where the change exchanged the names', () => {
  const level = (name: string, text: string): string =>
    `${name} = "${text}"\n\n\ndef level():\n    return ${name}\n`;
  expect(told([level('ERROR', 'error'), level('FAILURE', 'error')])).not.toEqual([]);
  expect(told([level('ERROR', 'error'), level('WARN', 'warn')])).toEqual([]);
});

describe('no rename is seen', () => {
  it.each<[string, string, string]>([
    ['in something short, which nothing confirms', 'LIMIT = 3\n', 'MAXIMUM = 3\n'],
    ['in a constant with the value of another', 'A = 3\nB = A\n', 'A = 3\nC = A\n'],
    [
      'in one of two names for the same class',
      `${account('Account')}Konto = Account\n`,
      `${account('Account')}Depot = Account\nCompte = Account\n`,
    ],
    [
      'where the other name is for another class',
      `${account('Account')}${func('save')}Konto = Account\n`,
      `${account('Account')}${func('save')}Depot = save\n`,
    ],
    ['in a short function', 'def f(): pass\n', 'def g(): pass\n'],
    ['where two are equally good', func('convert'), `${func('exchange')}${func('change')}`],
    ['where its twin was there before', `${func('one')}${func('two')}`, func('two')],
    ['where two became one', `${func('one')}${func('two')}`, func('three')],
    [
      'where two functions were swapped',
      `${func('one')}def two(text):\n    return [int(part) for part in text.split()]\n`,
      `${func('two')}def one(text):\n    return [int(part) for part in text.split()]\n`,
    ],
    [
      'where another one stands in its place',
      func('convert'),
      'def parse(text):\n    return [int(part) for part in text.split(",")]\n',
    ],
    [
      'where the old name is still there',
      func('convert'),
      `${func('exchange')}convert = exchange\n`,
    ],
    [
      'where nothing but its own body says that it does the same',
      'def get_min(xs):\n    return min(xs)\n\n\ndef use(xs):\n    return get_min(xs)\n',
      'def get_max(xs):\n    return max(xs)\n\n\ndef use(xs):\n    return get_max(xs)\n',
    ],
    [
      'where a long body took another function',
      'def lowest(rows, key):\n    found = [key(row) for row in rows]\n    return min(found)\n',
      'def highest(rows, key):\n    found = [key(row) for row in rows]\n    return max(found)\n',
    ],
    [
      'where variables changed places',
      'def ratio(amount, rate):\n    return round(amount / rate, 2)\n',
      'def share(value, course):\n    return round(course / value, 2)\n',
    ],
    [
      'where a member of a variable is another one, too',
      'def convert(amount, rate):\n    return round(amount.amount * rate, 2)\n',
      'def exchange(value, rate):\n    return round(value.value * rate, 2)\n',
    ],
    ['where the kind changed', func('make'), account('Make')],
    [
      'where a method became a function',
      `class A:\n    def close(self, amount, rate):\n        return round(amount * rate, 2)\n`,
      `class A:\n    pass\ndef shut(self, amount, rate):\n    return round(amount * rate, 2)\n`,
    ],
    ['where only the body changed', func('convert'), func('convert', 'rate += 1; ')],
    ['where nothing changed', func('convert'), func('convert')],
  ])('%s', (_, old, now) => {
    expect(told([old, now])).toEqual([]);
  });

  it('between files', () => {
    expect(told([func('convert'), ''], ['', func('exchange')])).toEqual([]);
  });

  it('in a file that is new or gone', () => {
    expect(told([func('convert'), null], [null, func('exchange')])).toEqual([]);
  });
});

describe('a deprecation is seen', () => {
  const shim = (name: string, call: string): string =>
    `def ${name}(amount, rate):\n    warnings.warn("use ${call}", DeprecationWarning)\n    return ${call}(amount, rate)\n`;
  const between = (old: string, now: string): string[] =>
    deprecations([changedFile(old, now)]).map(({ oldName, newName }) => `${oldName} → ${newName}`);

  it('where what a function was has another name, and it warns', () => {
    const now = func('exchange') + shim('convert', 'exchange');
    expect(between(func('convert'), now)).toEqual(['convert → exchange']);
    expect(told([func('convert'), now])).toEqual([]);
  });

  it.each([
    ['it does not warn', func('convert'), `${func('exchange')}convert = exchange\n`],
    [
      'it warned before',
      shim('convert', 'exchange'),
      `${func('exchange')}${shim('convert', 'exchange')}`,
    ],
    [
      'nothing is what it was',
      func('convert'),
      `def exchange(a): return a\n${shim('convert', 'exchange')}`,
    ],
  ])('and not where %s', (_, old, now) => {
    expect(between(old, now)).toEqual([]);
  });
});
