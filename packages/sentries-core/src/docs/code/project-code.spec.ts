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
        '__all__ = ["sell"]\ndef sell(): ...\ndef _hide(): ...\ndef keep(): ...\n',
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
    expect(leads(acme, 'acme.money.Account.shut')).toBe('no shut in acme.money.Account');
    expect(leads(acme, 'acme.gone.x')).toBe('no gone in acme');
    expect(leads(acme, 'requests.get')).toBe('foreign');
    expect(leads(acme, 'acme.sell.anything')).toBe('open');
  });

  it.each<{ why: string; files: Readonly<Record<string, string>> }>([
    {
      why: 'a module that makes names as it runs',
      files: { 'acme.py': 'globals().update(x=1)\n' },
    },
    { why: 'a star of another package', files: { 'acme.py': 'from numpy import *\n' } },
    { why: '__getattr__', files: { 'acme.py': 'def __getattr__(name): ...\n' } },
    { why: 'a table of names', files: { 'acme.py': 'LAZY = {"gone": "acme_x"}\n' } },
    { why: 'a tuple', files: { 'acme.py': 'gone, here = 1, 2\n' } },
    { why: 'a loop', files: { 'acme.py': 'for gone in (): pass\n' } },
    { why: 'a compiled module', files: { 'acme/__init__.py': '', 'acme/gone.pyx': '' } },
    { why: 'a folder without code of its own', files: { 'src/acme/money.py': '' } },
  ])('may lead anywhere with $why', async ({ files }) => {
    expect(leads(await code(files), 'acme.gone')).toBe('open');
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
