import { readCode } from '../check';
import { loadGrammars, treeOf } from '../docs.fixture';
import type { ProjectCode } from './project-code';

beforeAll(loadGrammars);

const code = (files: Readonly<Record<string, string>>): Promise<ProjectCode> =>
  readCode(treeOf(files));

/** What a dotted name leads to: a symbol and its place, or that it is missing, and where. */
function leads(where: ProjectCode, dotted: string): string {
  const found = where.lookup(dotted.split('.'));
  if (found.kind === 'found')
    return `${found.symbol.name} ${found.symbol.file}:${String(found.symbol.line)}`;
  return found.kind === 'missing' ? `no ${found.word} in ${found.holder.name}` : found.kind;
}

describe('a dotted name', () => {
  it('leads through packages, re-exports, stars, classes and their bases', async () => {
    const acme = await code({
      'src/acme/__init__.py':
        'from .money import Account as Konto\nfrom .shop import *\nfrom . import money\n',
      'src/acme/money.py':
        'from .base import Base\n\nclass Account(Base):\n    rate = 1\n    def close(self): self.open = False\n',
      'src/acme/base.py': 'class Base:\n    class Meta: x = 1\n    def save(self): ...\n',
      'src/acme/shop.py':
        '__all__ = ["sell", "Shop"]\ndef sell(): ...\ndef _hide(): ...\ndef keep(): ...\nclass Shop: ...\n',
    });
    expect(leads(acme, 'acme.Konto')).toBe('acme.money.Account src/acme/money.py:3');
    expect(leads(acme, 'acme.Konto.save')).toBe('acme.base.Base.save src/acme/base.py:3');
    expect(leads(acme, 'acme.money.Account.open')).toBe(
      'acme.money.Account.open src/acme/money.py:5',
    );
    expect(leads(acme, 'acme.Konto.Meta.x')).toBe('acme.base.Base.Meta.x src/acme/base.py:2');
    expect(leads(acme, 'acme.sell')).toBe('acme.shop.sell src/acme/shop.py:2');
    expect(leads(acme, 'acme.money')).toBe('acme.money src/acme/money.py:1');
    expect(leads(acme, 'acme.keep')).toBe('no keep in acme');
    expect(leads(acme, 'acme.Shop.gone')).toBe('no gone in acme.shop.Shop');
    expect(leads(acme, 'acme.money.Account.shut')).toBe('no shut in acme.money.Account');
    expect(leads(acme, 'acme.gone.x')).toBe('no gone in acme');
    expect(leads(acme, 'requests.get')).toBe('foreign');
    expect(leads(acme, 'acme.sell.anything')).toBe('open');
  });

  it('leads to names that get their values together', async () => {
    const acme = await code({
      'acme.py':
        'LOW, (HIGH, *REST) = LEVELS = 1, (2, 3)\nLOW.x, y[0] = 1, 2\n\nclass A:\n    one = two = 1\n',
    });
    for (const name of ['LOW', 'HIGH', 'REST', 'LEVELS', 'A.one', 'A.two'])
      expect(leads(acme, `acme.${name}`)).toMatch(`acme.${name} acme.py:`);
    expect(leads(acme, 'acme.MIDDLE')).toBe('no MIDDLE in acme');
    const modes = await code({ 'acme.py': '(LOW,\n    HIGH) = range(2)\nFEW = MANY = 1\n' });
    for (const name of ['HIGH', 'MANY'])
      expect(modes.named(name).map((one) => one.name)).toEqual([`acme.${name}`]);
  });

  it('leads to the special names that are written, and may lead to those that are not', async () => {
    const acme = await code({
      'acme.py': '__version__ = "1"\nclass A:\n    def __len__(self): ...\n',
    });
    expect(leads(acme, 'acme.__version__')).toBe('acme.__version__ acme.py:1');
    expect(leads(acme, 'acme.A.__len__')).toBe('acme.A.__len__ acme.py:3');
    expect(leads(acme, 'acme.__file__')).toBe('open');
    expect(leads(acme, 'acme.A.__hash__')).toBe('open');
  });

  it.each<{ why: string; files: Readonly<Record<string, string>> }>([
    {
      why: 'a module that makes names as it runs',
      files: { 'acme.py': 'globals().update(x=1)\n' },
    },
    {
      why: 'a module that puts names on itself',
      files: { 'acme.py': 'import sys\nsetattr(sys.modules[__name__], "x", 1)\n' },
    },
    { why: 'a scope that is handed on', files: { 'acme.py': 'fill(globals())\n' } },
    {
      why: 'a scope that is written by keys',
      files: { 'acme.py': 'def f(name):\n    globals()[name] = 1\n' },
    },
    { why: 'locals at its top', files: { 'acme.py': 'locals()["x"] = 1\n' } },
    { why: 'a star of another package', files: { 'acme.py': 'from numpy import *\n' } },
    { why: '__getattr__', files: { 'acme.py': 'def __getattr__(name): ...\n' } },
    { why: 'a table of names', files: { 'acme.py': 'LAZY = {"gone": "acme_x"}\n' } },
    { why: 'a loop', files: { 'acme.py': 'for gone in (): pass\n' } },
    { why: 'a compiled module', files: { 'acme/__init__.py': '', 'acme/gone.pyx': '' } },
    { why: 'a folder without code of its own', files: { 'src/acme/money.py': '' } },
  ])('may lead anywhere with $why', async ({ files }) => {
    expect(leads(await code(files), 'acme.gone')).toBe('open');
  });

  it.each([
    { why: 'a dictionary of an object', text: 'def f(x): return x.__dict__\n' },
    { why: 'an attribute of an object', text: 'def f(x): setattr(x, "a", 1)\n' },
    { why: 'a lookup among its names', text: 'def f(x): return globals()[x], globals().get(x)\n' },
    { why: 'names of a function', text: 'def f(x): return dict(locals())\n' },
    { why: 'a module that it asks for', text: 'import sys\nX = sys.modules.get("acme_x")\n' },
    { why: 'a class with __getattr__', text: 'class A:\n    def __getattr__(self, name): ...\n' },
    { why: 'what other things execute', text: 'def f(x): return x.exec("a")\n' },
  ])('leads nowhere in a module with $why', async ({ text }) => {
    expect(leads(await code({ 'acme.py': text }), 'acme.gone')).toBe('no gone in acme');
  });

  it.each([
    { why: 'a base of another package', text: 'import x\nclass A(x.B): ...\n' },
    { why: 'a decorator that nobody knows', text: '@register\nclass A: ...\n' },
    { why: 'a metaclass', text: 'class A(metaclass=M): ...\n' },
    { why: '__getattr__', text: 'class A:\n    def __getattr__(self, name): ...\n' },
    { why: 'setattr', text: 'class A:\n    def f(self): setattr(self, "x", 1)\n' },
    { why: 'an attribute that others set', text: 'class A: ...\nA.gone = 1\n' },
    { why: 'two definitions', text: 'if x:\n    class A: ...\nelse:\n    class A: ...\n' },
  ])('may lead to any member of a class with $why', async ({ text }) => {
    expect(leads(await code({ 'acme.py': text }), 'acme.A.gone')).toBe('open');
  });

  it('ends in a circle of imports', async () => {
    const acme = await code({ 'a.py': 'from b import x\n', 'b.py': 'from a import x\n' });
    expect(leads(acme, 'a.x.y')).toBe('open');
  });
});

describe('with the projects that it depends on', () => {
  const FILES = {
    'libs/pricing/src/acme_pricing/__init__.py': 'from .table import quote, Table\n',
    'libs/pricing/src/acme_pricing/table.py':
      'def quote(): ...\nclass Table:\n    def row(self): ...\n',
    'libs/pricing/python/acme_rates.py': 'RATE = 1\n',
    'libs/pricing/src/acme_both.py': 'A = 1\n',
    'services/billing/src/acme_billing/__init__.py':
      'from acme_pricing import quote\nfrom acme_pricing import gone\ndef bill(): ...\nclass Bill: ...\n',
    'services/billing/src/acme_both.py': 'A = 1\n',
    'services/billing/inner/src/acme_inner.py': 'X = 1\n',
    'services/other/src/acme_other.py': 'Y = 1\n',
  };
  const read = (): Promise<ProjectCode> =>
    readCode(treeOf(FILES), {
      folder: 'services/billing',
      dependencies: [
        { folder: 'libs/pricing', roots: ['python'] },
        { folder: 'services/billing/inner', roots: [] },
      ],
    });

  it('a project names theirs, and no other’s', async () => {
    const billing = await read();
    expect(leads(billing, 'acme_billing.bill')).toBe(
      'acme_billing.bill services/billing/src/acme_billing/__init__.py:3',
    );
    expect(leads(billing, 'acme_billing.quote')).toBe(
      'acme_pricing.table.quote libs/pricing/src/acme_pricing/table.py:1',
    );
    expect(leads(billing, 'acme_pricing.Table.row')).toBe(
      'acme_pricing.table.Table.row libs/pricing/src/acme_pricing/table.py:3',
    );
    expect(leads(billing, 'acme_pricing.Table.cell')).toBe('no cell in acme_pricing.table.Table');
    expect(leads(billing, 'acme_rates.RATE')).toBe(
      'acme_rates.RATE libs/pricing/python/acme_rates.py:1',
    );
    expect(leads(billing, 'acme_inner.X')).toBe(
      'acme_inner.X services/billing/inner/src/acme_inner.py:1',
    );
    expect(leads(billing, 'acme_other.Y')).toBe('foreign');
    expect(leads(billing, 'acme_billing.gone')).toBe(
      'acme_billing.gone services/billing/src/acme_billing/__init__.py:2',
    );
  });

  it('nobody says whose a module is that two of them have', async () => {
    const billing = await read();
    expect(leads(billing, 'acme_both.A')).toBe('open');
    expect(leads(billing, 'acme_both.B')).toBe('open');
  });

  it('only the project’s own modules are what it documents', async () => {
    const billing = await read();
    expect([...billing.modules.keys()]).toEqual(['acme_billing', 'acme_both']);
    expect(billing.isInside('services/billing/README.md')).toBe(true);
    for (const path of ['services/billing/inner/README.md', 'libs/pricing/README.md', 'README.md'])
      expect(billing.isInside(path)).toBe(false);
  });
});
