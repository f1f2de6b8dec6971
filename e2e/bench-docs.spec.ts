import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { judgePage } from '../tools/bench/doc-judge';
import { agreementOf } from '../tools/bench/docs-pairs';
import { askPython } from '../tools/bench/repair-python';
import { linkPlaces } from '../tools/bench/truth/links';
import type { DocPage, Seed } from '../tools/bench/truth/page';
import { placesOf } from '../tools/bench/truth/places';

const RENAMED: Seed = {
  kind: 'function',
  old: 'convert',
  new: 'direct_convert',
  module: 'acme.money',
  path: 'convert',
};

/** The page with `[…]` around what is said to name the seed's thing. */
function named(page: DocPage, seed: Seed): string {
  const places = placesOf(page, seed, ['acme']).filter(({ isNamed }) => isNamed);
  return places.reduceRight(
    (text, { start, end }) =>
      `${text.slice(0, start)}[${text.slice(start, end)}]${text.slice(end)}`,
    page.text,
  );
}

describe('where docs name a thing, told without the reader of the sentry', () => {
  it.each<{ what: string; file: string; text: string }>([
    {
      what: 'in code of Markdown, and not in its prose, strings and comments',
      file: 'README.md',
      text: 'We convert by `[convert]` or `acme.money.[convert](1)`, not `other.convert`, `convert/` or `f(convert=1)`.\n\n```python\nfrom acme.money import [convert]\n\n[convert]("convert")  # convert\n```\n\n```sh\nconvert\n```\n',
    },
    {
      what: 'in roles, directives and examples of RST, and not in what tells of another version',
      file: 'docs/api.rst',
      text: ':func:`~acme.money.[convert]`, :func:`all <[convert]>` and ``[convert]()``.\n\n.. autofunction:: [convert]\n\n.. versionchanged:: 2\n   ``convert`` is new.\n\nSo::\n\n    >>> [convert](1)\n    convert\n',
    },
    {
      what: 'not in an example that has a thing of its own of that name, or takes it from elsewhere',
      file: 'README.md',
      text: '```python\ndef convert(one):\n    return convert(one)\n```\n',
    },
  ])('$what', ({ file, text }) => {
    expect(named({ file, text: text.replace(/\[(\w+)\]/g, '$1') }, RENAMED)).toBe(text);
  });

  it('a parameter: in the docstring of what takes it, and where that is called', () => {
    const text =
      'def convert(unit):\n    """Converts to `unit`.\n\n    Args:\n        unit: Of what, a unit.\n    """\n\ndef other(unit):\n    """`unit`, and `acme.convert(unit=1)`.\n\n    :param unit: x\n    """\n';
    const docstrings = [
      { file: 'acme.py', first: 2, last: 6, module: 'acme.money', path: 'convert' },
      { file: 'acme.py', first: 9, last: 12, module: 'acme.money', path: 'other' },
    ];
    const seed: Seed = {
      ...RENAMED,
      kind: 'parameter',
      old: 'unit',
      new: 'unit_given',
      taker: 'convert',
    };
    expect(named({ file: 'acme.py', text, docstrings }, seed)).toBe(
      text
        .replace('to `unit`', 'to `[unit]`')
        .replace('unit: Of what', '[unit]: Of what')
        .replace('convert(unit=1)', 'convert([unit]=1)'),
    );
  });

  it('a default: where the docs of its parameter say it', () => {
    const text = '.. function:: convert(unit="EUR", other="EUR")\n';
    const seed: Seed = {
      ...RENAMED,
      kind: 'default',
      old: '"EUR"',
      new: '"EURx"',
      taker: 'convert',
      parameter: 'unit',
    };
    expect(named({ file: 'docs/api.rst', text }, seed)).toBe(text.replace('"EUR"', '["EUR"]'));
  });

  it('an option: in code, of the own commands', () => {
    const text = '`--unit`, `acme --unit 3`, `--unit-of` and `git --unit x`; --unit.\n';
    const seed: Seed = { ...RENAMED, kind: 'option', old: '--unit', new: '--chosen-unit' };
    expect(named({ file: 'README.md', text }, seed)).toBe(
      text.replace('`--unit`', '`[--unit]`').replace('acme --unit', 'acme [--unit]'),
    );
  });

  it('a document: links to it, and its own once it lies elsewhere', () => {
    const paths = new Set([
      'docs/conf.py',
      'docs/more/guide.rst',
      'docs/other.rst',
      'docs/index.rst',
    ]);
    const after = (file: string, text: string): unknown[] =>
      linkPlaces({ file, text }, 'docs/guide.rst', 'docs/more/guide.rst', paths).map(
        (one) => one.after,
      );
    const index =
      ':doc:`guide` and :doc:`It </guide>`\n\n.. toctree::\n   :maxdepth: 1\n\n   guide\n   other\n';
    expect(after('docs/index.rst', index)).toEqual(['more/guide', '/more/guide', 'more/guide']);
    expect(after('docs/more/guide.rst', ':doc:`other`\n')).toEqual(['../other']);
  });
});

describe('what a patch made of a page', () => {
  const text = 'Use `convert`, `convert` and convert.\n\nAnd more.\n';
  const places = placesOf({ file: 'README.md', text }, RENAMED, ['acme']);

  it('is right where only the places say something else', () => {
    const judged = judgePage(text, text.replace('`convert`', '`direct_convert`'), places);
    expect([...judged.exchanged]).toEqual([places[0]]);
    expect(judged.wrong).toEqual([]);
  });

  it.each<{ what: string; patched: string }>([
    { what: 'another word', patched: text.replace('`convert`', '`exchange`') },
    { what: 'another place', patched: text.replace('more', 'less') },
    { what: 'a line too many', patched: `${text}x\n` },
    { what: 'a line too few', patched: text.replace('And more.\n', '') },
  ])('is wrong with $what', ({ patched }) => {
    expect(judgePage(text, patched, places).wrong).not.toEqual([]);
  });

  it('agrees with the newer release, or not', () => {
    const theirs = ['Use `exchange` here.', 'Old `rate`.'];
    expect(agreementOf('Use `convert` here.', 'Use  `exchange` here.', theirs)).toBe('same');
    expect(agreementOf('Use `convert` here, then.', 'Use `exchange` here, then.', theirs)).toBe(
      'reworded',
    );
    expect(agreementOf('Old `rate`.', 'Old `rates`.', theirs)).toBe('kept');
    expect(agreementOf('Use `convert` here.', 'Use `exchange` here.', null)).toBe('gone');
  });
});

describe('seeded changes', () => {
  const root = mkdtempSync(join(tmpdir(), 'sentries-bench-docs-'));
  afterAll(() => rmSync(root, { recursive: true }));

  it('are made in all of the code, and never in docstrings and comments', () => {
    const write = (path: string, text: string): void => writeFileSync(join(root, path), text);
    write(
      'money.py',
      '__all__ = ["convert"]\n\n\ndef convert(amount, unit="EUR"):\n    """Use convert with unit."""\n    return f"{amount} {unit}"  # convert\n',
    );
    write('shop.py', 'import money\n\nPRICE = money.convert(1, unit="USD")\n');
    const files = ['money.py', 'shop.py'];
    const { seeds } = askPython<{ seeds: Seed[] }>('doc_seeds.py', { root, files, wanted: null });
    const wanted = ['function', 'parameter', 'default'].map((kind) =>
      seeds.find((one) => one.kind === kind && !['amount'].includes(one.old))!,
    );
    const made = askPython<{ texts: Record<string, string> }[]>('doc_seeds.py', {
      root,
      files,
      wanted,
    });
    expect(made.map(({ texts }) => texts)).toEqual([
      {
        'money.py':
          '__all__ = ["primary_convert"]\n\n\ndef primary_convert(amount, unit="EUR"):\n    """Use convert with unit."""\n    return f"{amount} {unit}"  # convert\n',
        'shop.py': 'import money\n\nPRICE = money.primary_convert(1, unit="USD")\n',
      },
      {
        'money.py':
          '__all__ = ["convert"]\n\n\ndef convert(amount, unit_given="EUR"):\n    """Use convert with unit."""\n    return f"{amount} {unit_given}"  # convert\n',
        'shop.py': 'import money\n\nPRICE = money.convert(1, unit_given="USD")\n',
      },
      {
        'money.py':
          '__all__ = ["convert"]\n\n\ndef convert(amount, unit="EURx"):\n    """Use convert with unit."""\n    return f"{amount} {unit}"  # convert\n',
      },
    ]);
  });
});
