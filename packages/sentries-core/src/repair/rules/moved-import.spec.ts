import { changedFile } from '../../change/change.fixture';
import { ChangeSet } from '../../change/change-set';
import { loadSyntax } from '../../python/syntax';
import { tell, type Story } from '../story.fixture';
import { movedImport } from './moved-import';

beforeAll(loadSyntax);

const func = (name: string): string =>
  `def ${name}(amount, rate):\n    return round(amount * rate, 2)\n`;
const parse = 'def parse(text):\n    return [int(part) for part in text.split(",")]\n';
const OLD = 'libs/money/src/acme/money.py';
const NEW = 'libs/money/src/acme/rates.py';

/** Only `convert` moved; `parse` stayed. */
const SYMBOL = new ChangeSet([
  changedFile(func('convert') + parse, parse, OLD),
  changedFile(null, func('convert'), NEW),
]);
/** The whole file moved. */
const MODULE = new ChangeSet([
  { ...changedFile(func('convert'), func('convert'), NEW), status: 'renamed', oldPath: OLD },
]);
const importing = (
  test: string,
  change: ChangeSet,
  at = 'import',
  type = 'ImportError',
): Story => ({
  test,
  at,
  exception: { type: `builtins.${type}`, name: 'acme.money' },
  change,
});

describe('an import of a moved symbol', () => {
  it.each<[string, string, string]>([
    [
      'alone',
      'from acme.money import convert\nconvert(1)\n',
      'from acme.rates import convert\nconvert(1)\n',
    ],
    [
      'relative to the tests',
      'from ..src.acme.money import convert\nconvert(1)\n',
      'from ..src.acme.rates import convert\nconvert(1)\n',
    ],
    [
      'relative to the tests, before one that stays',
      'from ..src.acme.money import convert, parse\n',
      'from ..src.acme.money import parse\nfrom ..src.acme.rates import convert\n',
    ],
    [
      'as another name',
      'from acme.money import convert as c\nc(1)\n',
      'from acme.rates import convert as c\nc(1)\n',
    ],
    [
      'before one that stays',
      'from acme.money import convert, parse\n',
      'from acme.money import parse\nfrom acme.rates import convert\n',
    ],
    [
      'at the end of a line',
      'from acme.money import parse, convert\nx = 1\n',
      'from acme.money import parse\nfrom acme.rates import convert\nx = 1\n',
    ],
    [
      'after one that stays',
      'from acme.money import parse, convert as c  # both\nx = 1\n',
      'from acme.money import parse  # both\nfrom acme.rates import convert as c\nx = 1\n',
    ],
    [
      'in parentheses',
      'from acme.money import (\n    convert,  # it\n    parse,  # other\n)\n',
      'from acme.money import (\n    parse,  # other\n)\nfrom acme.rates import convert  # it\n',
    ],
    [
      'at the end of parentheses on one line',
      'from acme.money import (parse, convert)\n',
      'from acme.money import (parse)\nfrom acme.rates import convert\n',
    ],
    [
      'in a function',
      'def test_a():\n    from acme.money import convert, parse\n    convert()\n',
      'def test_a():\n    from acme.money import parse\n    from acme.rates import convert\n    convert()\n',
    ],
    [
      'and again elsewhere in the file',
      'from acme.money import convert\ndef f():\n    from acme.money import convert\n',
      'from acme.rates import convert\ndef f():\n    from acme.rates import convert\n',
    ],
    [
      'with Windows’ line ends',
      'from acme.money import convert, parse\r\n',
      'from acme.money import parse\r\nfrom acme.rates import convert\r\n',
    ],
  ])('%s', (_, test, expected) => {
    expect(tell(movedImport, importing(test, SYMBOL))).toBe(`mechanical: ${expected}`);
  });
});

describe('an import of a moved module', () => {
  it.each<[string, string, string]>([
    ['by its names', 'from acme.money import convert\n', 'from acme.rates import convert\n'],
    ['by a star', 'from acme.money import *\n', 'from acme.rates import *\n'],
    ['as an alias', 'import acme.money as m\nm.x\n', 'import acme.rates as m\nm.x\n'],
    [
      'with its dotted uses',
      'import acme.money\nacme.money.convert(acme.moneyed, acme.money.x.y)\n',
      'import acme.rates\nacme.rates.convert(acme.moneyed, acme.rates.x.y)\n',
    ],
    [
      'from its package, with its uses',
      'from acme import money\nmoney.convert(1)\nx.money\n',
      'from acme import rates\nrates.convert(1)\nx.money\n',
    ],
    ['among others', 'import os, acme.money as m, sys\n', 'import os, acme.rates as m, sys\n'],
  ])('%s', (_, test, expected) => {
    const story = importing(test, MODULE, 'import', 'ModuleNotFoundError');
    expect(tell(movedImport, story)).toBe(`mechanical: ${expected}`);
  });

  it('of one word keeps its name', () => {
    const change = new ChangeSet([
      { ...changedFile('x = 1\n', 'x = 1\n', 'src/acme/new.py'), oldPath: 'src/old.py' },
    ]);
    expect(tell(movedImport, importing('import old\nold.x\n', change))).toBe(
      'mechanical: import acme.new as old\nold.x\n',
    );
  });
});

it('an import of what moved to several modules becomes several', () => {
  const change = new ChangeSet([
    changedFile(func('convert') + parse, 'x = 1\n', OLD),
    changedFile(null, func('convert'), NEW),
    changedFile(null, parse, NEW.replace('rates', 'texts')),
  ]);
  expect(
    tell(movedImport, importing('if 1:\n    from acme.money import parse, convert\n', change)),
  ).toBe(
    'mechanical: if 1:\n    from acme.texts import parse\n    from acme.rates import convert\n',
  );
  expect(
    tell(movedImport, importing('from acme.money import (x,\n    parse,\n    convert)\n', change)),
  ).toBe(
    'mechanical: from acme.money import (x)\nfrom acme.texts import parse\nfrom acme.rates import convert\n',
  );
});

it('an import of what the module itself imports under a new name is renamed with its uses', () => {
  const change = new ChangeSet([
    changedFile(func('convert'), func('exchange'), OLD),
    changedFile(
      'from acme.money import convert\n',
      'from acme.money import exchange\n',
      'libs/money/src/acme/shop.py',
    ),
  ]);
  const test = 'from acme.shop import convert\nconvert(1)\n';
  expect(tell(movedImport, importing(test, change))).toBe(
    `mechanical: ${test.replaceAll('convert', 'exchange')}`,
  );
});

describe('an import is refused', () => {
  it('where two modules could be meant', () => {
    const change = new ChangeSet([
      changedFile(func('convert'), null, OLD),
      changedFile(null, func('convert'), NEW),
      changedFile(null, func('convert'), NEW.replace('rates', 'other')),
    ]);
    expect(tell(movedImport, importing('from acme.money import convert\n', change))).toBe(
      'refused: acme.money.convert may be in acme.rates or acme.other now',
    );
  });

  it.each([
    ['import acme.money\ndef f(acme): pass\n', 'acme means something else'],
    ['from acme import money\nrates = 1\nmoney.x\n', 'rates already means something else'],
    ['from acme import money\nmoney = 1\n', 'money is bound again'],
  ])('where its names are used otherwise: %j', (test, says) => {
    expect(tell(movedImport, importing(test, MODULE))).toContain(`refused: ${says}`);
  });
});

describe('an import is none of its own', () => {
  it.each<[string, Story]>([
    ['of another module', importing('from other.money import convert\n', SYMBOL)],
    ['of what stayed', importing('from acme.money import parse\n', SYMBOL)],
    ['that is relative', importing('from .money import convert\n', SYMBOL)],
    [
      'of what was removed',
      importing(
        'from acme.money import convert\n',
        new ChangeSet([changedFile(func('convert'), null, OLD)]),
      ),
    ],
    [
      'of what the old module gives on',
      importing(
        'from acme.money import convert\n',
        new ChangeSet([
          changedFile(func('convert'), 'from .rates import convert\n', OLD),
          changedFile(null, func('convert'), NEW),
        ]),
      ),
    ],
    [
      'with another exception',
      importing('from acme.money import convert\n', SYMBOL, 'import', 'KeyError'),
    ],
  ])('%s', (_, story) => {
    expect(tell(movedImport, story)).toBe('not mine');
  });
});
