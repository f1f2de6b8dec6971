import { loadSyntax } from '../python/syntax';
import { changedFile } from './change.fixture';
import { ChangeSet } from './change-set';
import type { ChangedFile } from './changed-file';

beforeAll(loadSyntax);

const SRC = 'libs/money/src';

/** A file of the change, named from the folder of the sources. */
const file = (path: string, old: string | null, now: string | null): ChangedFile =>
  changedFile(old, now, `${SRC}/${path}`);
/** A file that git knows as renamed. */
const renamedFile = (from: string, to: string, old: string, now = old): ChangedFile => ({
  ...file(to, old, now),
  status: 'renamed',
  oldPath: `${SRC}/${from}`,
});
function told(dotted: string, ...files: ChangedFile[]): string {
  const fate = new ChangeSet(files).fateOf(dotted);
  if (!fate) return 'stands';
  if ('name' in fate) return `${fate.kind} to ${fate.name}`;
  return fate.kind === 'unclear' ? `unclear: ${fate.candidates.join(', ')}` : fate.kind;
}

const func = (name: string): string =>
  `def ${name}(amount, rate):\n    return round(amount * rate, 2)\n`;
const cls = (name: string, method: string): string =>
  `class ${name}:\n    def ${method}(self, amount, rate):\n        return round(amount * rate, 2)\n`;
const THIRD = 'def total(amounts):\n    return sum(int(one) for one in amounts)\n';
const OTHER = 'def parse(text):\n    return [int(part) for part in text.split(",")]\n';

/** What becomes of `convert`: its name, or its place. */
const RENAMED = file('acme/money.py', func('convert'), func('exchange'));
const LEFT = file('acme/money.py', OTHER + func('convert'), OTHER);
const EMPTIED = file('acme/money.py', func('convert'), null);
const ARRIVED = file('acme/rates.py', null, func('convert'));

describe('a dotted name', () => {
  it.each<[string, string, ChangedFile[], string]>([
    [
      'of a renamed function has its new name',
      'acme.money.convert',
      [RENAMED],
      'renamed to acme.money.exchange',
    ],
    [
      'of a renamed method has its new name',
      'acme.money.A.close',
      [file('acme/money.py', cls('A', 'close'), cls('A', 'shut'))],
      'renamed to acme.money.A.shut',
    ],
    [
      'of a method whose class was renamed too has both',
      'acme.money.A.close',
      [file('acme/money.py', cls('A', 'close'), cls('B', 'shut'))],
      'renamed to acme.money.B.close',
    ],
    [
      'of a moved function has its new module',
      'acme.money.convert',
      [LEFT, ARRIVED],
      'moved to acme.rates.convert',
    ],
    [
      'of a module whose every symbol moved is the new module',
      'acme.money',
      [EMPTIED, ARRIVED],
      'moved to acme.rates',
    ],
    [
      'of a renamed file is the new module',
      'acme.money',
      [renamedFile('acme/money.py', 'acme/deep/rates.py', func('convert'))],
      'moved to acme.deep.rates',
    ],
    [
      'of a symbol in a renamed file goes with it',
      'acme.money.A.close',
      [renamedFile('acme/money.py', 'acme/rates.py', cls('A', 'close'))],
      'moved to acme.rates.A.close',
    ],
    [
      'of a renamed symbol in a renamed file has both',
      'acme.money.convert',
      [renamedFile('acme/money.py', 'acme/rates.py', func('convert'), func('exchange'))],
      'renamed to acme.rates.exchange',
    ],
    [
      'of a name that a module imports is the one that it imports now',
      'acme.shop.convert',
      [
        RENAMED,
        file('acme/shop.py', 'from .money import convert\n', 'from .money import exchange\n'),
      ],
      'renamed to acme.shop.exchange',
    ],
    [
      'of a name that a package gives on is the one that it gives on now',
      'acme.convert',
      [
        RENAMED,
        file(
          'acme/__init__.py',
          'from acme.money import convert\n',
          'from acme.money import exchange\n',
        ),
      ],
      'renamed to acme.exchange',
    ],
    [
      'of a name that a package gives on from its module of the same name',
      'acme.convert',
      [
        file('acme/acme.py', func('convert'), func('exchange')),
        file('acme/__init__.py', 'from .acme import convert\n', 'from .acme import exchange\n'),
      ],
      'renamed to acme.exchange',
    ],
    [
      'of a function that left such a module, and that others take from the package',
      'acme.acme.convert',
      [
        file('acme/acme.py', OTHER + func('convert'), OTHER),
        ARRIVED,
        file('acme/__init__.py', 'from .acme import convert\n', 'from .rates import convert\n'),
        file('shop.py', 'from acme import convert\n', 'from acme import convert\nX = 1\n'),
      ],
      'moved to acme.rates.convert',
    ],
    [
      'of a name that a package gives on by a star',
      'acme.convert',
      [RENAMED],
      'renamed to acme.exchange',
    ],
    [
      'of an import that went with a function goes with it',
      'acme.money.requests.get',
      [
        file('acme/money.py', `import requests\n${OTHER}${func('convert')}`, OTHER),
        file('acme/rates.py', null, `import requests\n${func('convert')}`),
      ],
      'moved to acme.rates.requests.get',
    ],
    [
      'of an import under another name has that name',
      'acme.money.np.array',
      [file('acme/money.py', 'import numpy as np\n', 'import numpy as n\n')],
      'renamed to acme.money.n.array',
    ],
    [
      'of a renamed thing that a package does not give on any more is that of the thing',
      'acme.convert',
      [RENAMED, file('acme/__init__.py', 'from .money import convert\n', '')],
      'renamed to acme.money.exchange',
    ],
    [
      'that a package gives on by a star, which was changed as well',
      'acme.convert',
      [
        RENAMED,
        file('acme/__init__.py', 'from .money import *\n', 'from .money import *\nX = 1\n'),
      ],
      'renamed to acme.exchange',
    ],
    [
      'of a function that was edited on its way, along with others',
      'acme.money.convert',
      [
        file('acme/money.py', OTHER + THIRD + func('convert'), null),
        file('acme/rates.py', null, OTHER + THIRD + func('convert').replace('2)', 'digits=2)')),
      ],
      'moved to acme.rates.convert',
    ],
    [
      'in the same folder of another project',
      'acme.money.convert',
      [EMPTIED, changedFile(null, func('convert'), 'libs/rates/src/rates/core.py')],
      'moved to rates.core.convert',
    ],
  ])('%s', (_, dotted, files, expected) => {
    expect(told(dotted, ...files)).toBe(expected);
  });

  it.each<[string, string, ChangedFile[]]>([
    [
      'that the old module gives on',
      'acme.money.convert',
      [file('acme/money.py', func('convert'), 'from .rates import convert\n'), ARRIVED],
    ],
    [
      'that the old module gives on by a star',
      'acme.money.convert',
      [file('acme/money.py', func('convert'), 'from .rates import *\n'), ARRIVED],
    ],
    [
      'of a module that became a package',
      'acme.money.convert',
      [EMPTIED, file('acme/money/__init__.py', null, func('convert'))],
    ],
    ['of another module', 'acme.rates.convert', [RENAMED]],
    ['that never was there', 'acme.money.other', [RENAMED]],
    [
      'of a method that the change took away: a base class may have it',
      'acme.money.A.close',
      [file('acme/money.py', cls('A', 'close'), 'class A(B):\n    pass\n')],
    ],
    [
      'that two projects have',
      'acme.money.convert',
      [RENAMED, changedFile(func('convert'), func('change'), 'libs/b/src/acme/money.py')],
    ],
  ])('stands %s', (_, dotted, files) => {
    expect(told(dotted, ...files)).toBe('stands');
  });

  it.each<[string, string, ChangedFile[], string]>([
    ['with nothing in its place is removed', 'acme.money.convert', [LEFT], 'removed'],
    ['of a module with nothing in its place is removed', 'acme.money', [EMPTIED], 'removed'],
    [
      'of an import that the module does without is removed',
      'acme.money.requests.get',
      [file('acme/money.py', `import requests\n${OTHER}`, OTHER)],
      'removed',
    ],
    [
      'of a function whose edited namesake stands elsewhere, alone, is removed',
      'acme.money.convert',
      [LEFT, file('acme/rates.py', null, func('convert').replace('2)', 'digits=2)'))],
      'removed',
    ],
    ['that a package gave on by a star is removed', 'acme.convert', [LEFT], 'removed'],
    [
      'that a package does not give on any more, though it stands, is removed',
      'acme.convert',
      [file('acme/__init__.py', 'from .money import convert\n', '')],
      'removed',
    ],
    [
      'that a module still uses, but imports no more, is removed wherever it went',
      'acme.shop.convert',
      [
        file(
          'acme/shop.py',
          'from .money import convert\nx = convert(1, 2)\n',
          'x = convert(1, 2)\n',
        ),
        LEFT,
        ARRIVED,
      ],
      'removed',
    ],
    [
      'that a package still has in its list, but imports no more, is removed wherever it went',
      'acme.convert',
      [
        file(
          'acme/__init__.py',
          'from .money import convert\n__all__ = ["convert"]\n',
          '__all__ = ["convert"]\n',
        ),
        LEFT,
        ARRIVED,
      ],
      'removed',
    ],
    [
      'that was renamed, while another changed file imports it by its old name, is removed',
      'acme.money.convert',
      [RENAMED, file('acme/shop.py', 'x = 1\n', 'from .money import convert\n')],
      'removed',
    ],
    [
      'that moved, while another changed file imports it from where it was, is removed',
      'acme.money.convert',
      [
        LEFT,
        ARRIVED,
        file('acme/shop.py', 'x = 1\n', 'from acme import money as m\nx = m.convert(1, 2)\n'),
      ],
      'removed',
    ],
    [
      'that moved, while another changed file is ready to miss it, has its new module',
      'acme.money.convert',
      [
        LEFT,
        ARRIVED,
        file(
          'acme/shop.py',
          'x = 1\n',
          'try:\n    from .money import convert\nexcept ImportError:\n    from .rates import convert\n',
        ),
      ],
      'moved to acme.rates.convert',
    ],
    [
      'with two candidates is unclear',
      'acme.money.convert',
      [EMPTIED, file('acme/a.py', null, func('convert')), file('acme/b.py', null, func('convert'))],
      'unclear: acme.a, acme.b',
    ],
    [
      'that moved out of the sources is unclear',
      'acme.money.convert',
      [EMPTIED, changedFile(null, func('convert'), 'elsewhere/rates.py')],
      'unclear: elsewhere/rates.py',
    ],
    [
      'whose namesake is another function is removed',
      'acme.money.parse',
      [
        file('acme/money.py', OTHER, null),
        file('acme/rates.py', null, func('convert').replace('convert', 'parse')),
      ],
      'removed',
    ],
  ])('%s', (_, dotted, files, expected) => {
    expect(told(dotted, ...files)).toBe(expected);
  });

  it.each([
    ['that makes such an object', 'from .money import A\n\nx = A()\nx.close(1, 2)\n'],
    ['that makes one at once', 'from .money import A\n\nA().close(1, 2)\n'],
    [
      'with a class that inherits it',
      'from . import money\n\n\nclass B(money.A):\n    def end(self):\n        return self.close(1, 2)\n',
    ],
  ])('of a method still stands for another changed file %s', (_, user) => {
    const renamed = file('acme/money.py', cls('A', 'close'), cls('A', 'shut'));
    const told = (...files: ChangedFile[]) => new ChangeSet(files).renames.map((r) => r.newName);
    expect(told(renamed)).toEqual(['shut']);
    expect(told(renamed, file('acme/shop.py', 'x = 1\n', user))).toEqual([]);
    expect(told(renamed, file('acme/shop.py', 'x = 1\n', 'y.close(1, 2)\n'))).toEqual(['shut']);
  });

  it('has the lines that prove it', () => {
    const change = new ChangeSet([LEFT, file('acme/rates.py', null, `\n${func('convert')}`)]);
    expect(change.fateOf('acme.money.convert')).toMatchObject({
      evidence: [
        { file: `${SRC}/acme/money.py`, line: 3, side: 'base', says: 'convert was defined here' },
        { file: `${SRC}/acme/rates.py`, line: 2, side: 'head', says: 'it is here now' },
      ],
    });
  });
});
