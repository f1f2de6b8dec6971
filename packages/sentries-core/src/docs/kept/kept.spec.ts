import fc from 'fast-check';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkDocs } from '../check';
import { loadGrammars, treeOf } from '../docs.fixture';
import { referencesIn } from '../read/document';
import { referencesOf, tableOf } from './reference-table';
import { readerVersion } from './reader-version';
import { FactStore } from './store';

beforeAll(loadGrammars);

const folder = mkdtempSync(join(tmpdir(), 'sentries-kept-'));
afterAll(() => rmSync(folder, { recursive: true }));

let count = 0;
const newFile = (): string => join(folder, `${String(count++)}.bin`);

const ROOT = join(__dirname, '../../../../..');
const inFolder = (at: string, end: RegExp, below: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(join(ROOT, at), { recursive: true, encoding: 'utf8' })
      .filter((path) => end.test(path))
      .map((path) => [`${below}${path}`, readFileSync(join(ROOT, at, path), 'utf8')]),
  );

/** The docs of this repository, and its Python. */
const OWN: Readonly<Record<string, string>> = {
  ...inFolder('docs', /^[dgm].*\.md$/, 'docs/'),
  ...inFolder('packages/sentries-core/python', /\.py$/, 'src/'),
  'README.md': readFileSync(join(ROOT, 'README.md'), 'utf8'),
};

/** A small library with docs of all kinds. */
const FILES: Readonly<Record<string, string>> = {
  'pyproject.toml': '[project]\nname = "acme"\n[project.scripts]\nacme = "acme.cli:main"\n',
  'src/acme/__init__.py': 'from .money import Account as Konto, convert\nfrom .more import *\n',
  'src/acme/money.py':
    'import abc\n\ndef convert(amount, unit="EUR", *, rate=3):\n    """Converts.\n\n    Args:\n        amount: what\n        uint: see `acme.cli.man` and :func:`konvert`\n        rate: Defaults to 4.\n    """\n\n\nclass Base(abc.ABC):\n    def open(self): ...\n\n\nclass Account(Base):\n    kind = "x"\n    def __init__(self, name): self.name = name\n    def close(self): ...\n',
  'src/acme/more.py': '__all__ = ["pay"]\ndef pay(to, by): ...\ndef own(): ...\n',
  'src/acme/cli.py':
    'import argparse, os\nos.environ["ACME_HOME"]\np = argparse.ArgumentParser()\np.add_argument("--rate", "-r")\ndef main(): ...\n',
  'docs/acme.md':
    '# `acme.convert`\n\n`acme.money.convert(amount=1, uint=2)`, `acme.Konto.open`, `acme.Konto.shut`, `acme.own`, `acme.pay`\n\n```py\nfrom acme import Konto, gone\nk = Konto("a")\nk.close()\nk.clos()\n```\n\n```bash\nacme --rate 3 --ratio 4\nACME_HOME=1 acme\n```\n\n| name | default |\n| - | - |\n| `unit` | `"CHF"` |\n\n[a](api.rst) [b](gone.md)\n',
  'docs/api.rst':
    '.. currentmodule:: acme.money\n\n.. autofunction:: konvert\n\n.. autoclass:: Account\n   :members: close, shut\n\n.. function:: convert(amount, unit="CHF", rate=3.0)\n',
};

const check = (files: Readonly<Record<string, string>>, cacheFile?: string) =>
  checkDocs(treeOf(files), { all: true, ...(cacheFile !== undefined && { cacheFile }) });

describe('a check that keeps what it read', () => {
  it('finds what one finds that keeps nothing: at first, again, and after any edits', async () => {
    const cacheFile = newFile();
    const all = { ...OWN, ...FILES };
    const plain = await check(all);
    expect(plain.broken.length).toBeGreaterThan(10);
    expect(await check(all, cacheFile)).toEqual(plain);
    expect(JSON.stringify(await check(all, cacheFile))).toBe(JSON.stringify(plain));
    const words = 'convert Account close acme money unit rate Konto open pay `'.split(' ');
    const edit = fc.record({
      path: fc.constantFrom(...Object.keys(FILES)),
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      cut: fc.integer({ min: 0, max: 60 }),
      text: fc.oneof(fc.constantFrom(...words), fc.string({ maxLength: 8 })),
      isRemoval: fc.integer({ min: 0, max: 9 }).map((chance) => chance === 0),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 4 }), async (edits) => {
        const files: Record<string, string> = { ...FILES };
        for (const { path, at, cut, text, isRemoval } of edits) {
          const whole = files[path] ?? '';
          const start = Math.floor(at * whole.length);
          files[path] = whole.slice(0, start) + text + whole.slice(start + cut);
          if (isRemoval) delete files[path];
        }
        // The store goes on from edit to edit, as it does from run to run.
        const kept = await check(files, cacheFile);
        expect(JSON.stringify(kept)).toBe(JSON.stringify(await check(files)));
      }),
      { numRuns: 60 },
    );
  });

  it('believes what it kept of a page until that page changes, and reads no other one', async () => {
    const cacheFile = newFile();
    const plain = await check(FILES, cacheFile);
    const page = 'docs/acme.md';
    const store = FactStore.open(cacheFile, readerVersion());
    store.put(FactStore.key('references', page, '', FILES[page]!), tableOf([]));
    store.save();
    const lied = await check(FILES, cacheFile);
    const own = referencesIn(page, FILES[page]!).length;
    expect(lied.references).toBe(plain.references - own);
    const changed = { ...FILES, [page]: `${FILES[page]!}\nMore.\n` };
    expect(await check(changed, cacheFile)).toEqual({ ...(await check(changed)) });
  });

  it('asks a module for nothing that it was asked for before', async () => {
    const cacheFile = newFile();
    await check(FILES, cacheFile);
    const { size } = statSync(cacheFile);
    await check(FILES, cacheFile);
    expect(statSync(cacheFile).size).toBe(size);
    const store = FactStore.open(cacheFile, readerVersion());
    const key = FactStore.key('module', FILES['src/acme/money.py']!);
    const facts = store.get(key) as { symbols: { path: string }[] };
    store.put(key, { ...facts, symbols: facts.symbols.filter(({ path }) => path !== 'convert') });
    store.save();
    const { broken } = await check(FILES, cacheFile);
    expect(broken.map(({ resolution }) => resolution.reason)).toContain(
      'the module acme.money has no konvert',
    );
    expect(
      broken.flatMap(({ resolution }) => resolution.candidates).map(({ name }) => name),
    ).not.toContain('acme.money.convert');
  });
});

describe('references as a table', () => {
  it.each(['docs/acme.md', 'docs/api.rst', 'docs/models.md', 'README.md'])(
    'are those that were read: %s',
    (path) => {
      const references = referencesIn(path, { ...OWN, ...FILES }[path]!);
      expect(references.length).toBeGreaterThan(0);
      const table = JSON.parse(JSON.stringify(tableOf(references))) as ReturnType<typeof tableOf>;
      expect(referencesOf(table!, path)).toEqual(references);
    },
  );

  it('are none where one has another form: then they are not kept', () => {
    const [first, ...rest] = referencesIn('docs/acme.md', FILES['docs/acme.md']!);
    expect(tableOf([first!, ...rest.map((one) => ({ ...one, more: 1 }))])).toBeUndefined();
  });
});
