import { judgePage } from '../tools/bench/doc-judge';
import { codeParts } from '../tools/bench/truth/code';
import { changelogsIn, isPastPage } from '../tools/bench/truth/past';
import { linkPlaces } from '../tools/bench/truth/links';
import type { DocPage, Seed } from '../tools/bench/truth/page';
import { placesOf } from '../tools/bench/truth/places';

const page = (text: string, file = 'docs/use.md'): DocPage => ({ file, text });

const seed = (own: Partial<Seed>): Seed => ({
  kind: 'function',
  old: 'pour',
  new: 'fill',
  module: 'acme.cups',
  path: own.old ?? 'pour',
  ...own,
});

/** The lines on which a place that must change stands, each with a mark before the place. */
const told = (own: DocPage, change: Seed): string[] =>
  placesOf(own, change, ['acme'])
    .filter(({ isNamed }) => isNamed)
    .map(({ start, end }) => {
      const from = own.text.lastIndexOf('\n', start - 1) + 1;
      const to = own.text.indexOf('\n', end);
      return `${own.text.slice(from, start)}▸${own.text.slice(start, to < 0 ? undefined : to)}`;
    });

describe('where docs say what a change renamed', () => {
  it('is in inline code, in roles and in examples; not in prose', () => {
    expect(told(page('To pour, call `pour(tea)`.\n'), seed({}))).toEqual([
      'To pour, call `▸pour(tea)`.',
    ]);
    const rst = 'See :func:`~acme.pour` to pour.\n\n>>> pour(tea)\n3\n';
    expect(told(page(rst, 'docs/use.rst'), seed({}))).toEqual([
      'See :func:`~acme.▸pour` to pour.',
      '>>> ▸pour(tea)',
    ]);
  });

  it('is not in strings and comments, though they go on for lines', () => {
    const text = '```python\n"""Use pour\nor pour.\n"""\npour(tea)  # pour\n```\n';
    expect(told(page(text), seed({}))).toEqual(['▸pour(tea)  # pour']);
  });

  it('is not where an example, or one before it, makes the name its own', () => {
    const own = '```python\ndef pour(tea): ...\n```\n\nThen:\n\n```python\npour(tea)\n```\n';
    expect(told(page(own), seed({}))).toEqual([]);
    const local = '```python\ndef serve(cup, pour=None):\n    pour(cup)\n```\n';
    expect(told(page(local), seed({}))).toEqual([]);
    const counted = '```python\nfor cup, pour in table:\n    print(pour)\n```\n';
    expect(told(page(counted), seed({}))).toEqual([]);
  });

  it('is where an example imports it anew', () => {
    const text =
      '```python\ndef pour(tea): ...\n```\n\n```python\nfrom acme import pour\n\npour(tea)\n```\n';
    expect(told(page(text), seed({}))).toEqual(['from acme import ▸pour', '▸pour(tea)']);
  });

  it.each([
    { what: 'has the name', code: 'from other import pour\n\npour(tea)' },
    { what: 'gives it under another one', code: 'from other import pour as fill\n\nfill(tea)' },
  ])('is not where another package $what', ({ code }) => {
    const text = `\`\`\`python\n${code}\n\`\`\`\n`;
    expect(told(page(text), seed({}))).toEqual([]);
  });

  it('is not where it is asked of another package', () => {
    const dotted = '```python\nimport other\n\nother.pour(tea)\n```\n';
    const member = seed({ kind: 'method', path: 'Cup.pour' });
    expect(told(page(dotted), member)).toEqual([]);
    expect(told(page('```python\ncup.pour(tea)\n```\n'), member)).toEqual(['cup.▸pour(tea)']);
  });

  it('is not a member of a class where a module stands before it', () => {
    const member = seed({ kind: 'attribute', old: 'plugins', path: 'Cup.plugins' });
    expect(told(page('The entry point `acme.plugins`, and `Cup.plugins`.\n'), member)).toEqual([
      'The entry point `acme.plugins`, and `Cup.▸plugins`.',
    ]);
  });

  it('is not a key of the same name', () => {
    const member = seed({
      kind: 'attribute',
      old: 'marker',
      path: 'Cup.marker',
      texts: ['marker', 'cup.marker.size'],
    });
    const text = 'Set `marker`, or `cup.marker.size`, and read `Cup.marker`.\n';
    expect(told(page(text), member)).toEqual([
      'Set `marker`, or `cup.marker.size`, and read `Cup.▸marker`.',
    ]);
  });

  it('is nowhere in a list of what was changed, and nothing may change there', () => {
    const text = 'Acme\n====\n\nCall ``pour``.\n\nChanges\n-------\n\n* ``pour`` is new\n';
    const places = placesOf(page(text, 'README.rst'), seed({}), ['acme']);
    expect(places.map(({ start }) => start)).toEqual([text.indexOf('pour')]);
  });
});

describe('where docs say an option', () => {
  const option = seed({ kind: 'option', old: '--hot', new: '--warm', path: '--hot' });

  it('is where the own command takes it, and in sentences', () => {
    expect(told(page('```sh\nacme pour --hot\n```\n\nUse `--hot`.\n'), option)).toEqual([
      'acme pour ▸--hot',
      'Use `▸--hot`.',
    ]);
  });

  it('is not on a page where only another command takes it', () => {
    const text = '```sh\nother pour --hot\n```\n\nUse `--hot`.\n';
    expect(told(page(text), option)).toEqual([]);
  });
});

describe('where docs say a parameter', () => {
  const parameter = seed({ kind: 'parameter', old: 'cup', new: 'mug', taker: 'pour' });

  it('is where what takes it is called by it', () => {
    const text = '```python\npour(\n    "for (you",\n    cup=1,\n)\nstir(cup=1)\n```\n';
    expect(told(page(text), parameter)).toEqual(['    ▸cup=1,']);
  });
});

describe('where docs say a default', () => {
  it('is in what is said of its parameter, and not of the next one', () => {
    const text =
      ':param cup: The cup.\n    Defaults to False.\n:param mug: The mug.\n    Defaults to False.\n';
    const pour = { file: 'acme.py', first: 1, last: 4, module: 'acme', path: 'pour' };
    const own: DocPage = { ...page(text, 'acme.py'), docstrings: [pour] };
    const change = { kind: 'default', old: 'False', new: 'True', taker: 'pour' } as const;
    const places = (parameter: string): number[] =>
      placesOf(own, seed({ ...change, module: 'acme', path: 'pour', parameter }), ['acme']).map(
        ({ start }) => text.slice(0, start).split('\n').length,
      );
    expect(places('cup')).toEqual([2]);
    expect(places('mug')).toEqual([4]);
  });
});

describe('where docs say what moved to another module', () => {
  const move = seed({ kind: 'move', old: 'acme.cups', new: 'acme.mugs', path: 'pour' });
  const after = (text: string): unknown[] =>
    placesOf(page(text), move, ['acme']).map((one) => [
      text.slice(one.start, one.end),
      ...[one.after].flat(),
    ]);

  it('is in dotted names and in imports', () => {
    expect(after('`acme.cups.pour`\n\n```python\nfrom acme.cups import pour\n```\n')).toEqual([
      ['acme.cups', 'acme.mugs'],
      ['acme.cups', 'acme.mugs'],
    ]);
  });

  it('is used through its module, which must be imported then', () => {
    const text = '```python\nfrom acme import cups\n\ncups.pour(cups)\n```\n';
    const places = placesOf(page(text), move, ['acme']);
    expect(after(text)).toEqual([
      ['cups', 'cups, mugs', 'mugs'],
      ['cups', 'mugs'],
    ]);
    const judged = (patched: string): readonly string[] => judgePage(text, patched, places).wrong;
    expect(
      judged(text.replace('import cups', 'import cups, mugs').replace('cups.', 'mugs.')),
    ).toEqual([]);
    expect(judged(text.replace('cups.', 'mugs.'))).toEqual(['cups.pour(cups)']);
  });

  it('is used in an example that goes on from the one with the import', () => {
    const block = (code: string): string => `\`\`\`python\n${code}\n\`\`\`\n\nThen:\n\n`;
    const text = block('from acme import cups') + block('cups.pour(1)');
    const places = placesOf(page(text), move, ['acme']);
    const judged = (patched: string): readonly string[] => judgePage(text, patched, places).wrong;
    expect(judged(text.replaceAll('cups', 'mugs'))).toEqual([]);
    expect(judged(text.replace('cups.', 'mugs.'))).toEqual(['cups.pour(1)']);
  });

  it('is in roles that say the end of its name', () => {
    const text = 'See :func:`~.cups.pour` and ``.cups.pour``, not :func:`~.mycups.pour`.\n';
    expect(told(page(text, 'docs/use.rst'), move)).toEqual([
      'See :func:`~.▸cups.pour` and ``.cups.pour``, not :func:`~.mycups.pour`.',
    ]);
  });

  it('is not where a package of the same name as its module is imported', () => {
    const inside = { ...move, module: 'acme.cups.cups', old: 'acme.cups.cups' };
    const text = (from: string): string =>
      `\`\`\`python\nfrom ${from} import cups\n\ncups.pour(1)\n\`\`\`\n`;
    expect(told(page(text('acme')), inside)).toEqual([]);
    expect(told(page(text('acme.cups')), inside)).toEqual(['▸cups.pour(1)']);
  });

  it('has an import of its own beside those that stay', () => {
    expect(after('```pycon\n>>> from acme.cups import pour as p, stir\n```\n')).toEqual([
      [
        'acme.cups import pour as p, stir',
        'acme.cups import stir\n>>> from acme.mugs import pour as p',
        'acme.mugs import pour as p\n>>> from acme.cups import stir',
      ],
    ]);
  });
});

describe('where docs say a document', () => {
  it('is in what a page shows and links to, in reStructuredText', () => {
    const text = '.. image:: cup.png\n\n`Cup <cup.png>`_ :download:`cup.png`\n\n.. _it: cup.png\n';
    const places = linkPlaces(
      page(text, 'docs/more/use.rst'),
      'docs/use.rst',
      'docs/more/use.rst',
      new Set(['docs/cup.png', 'docs/more/use.rst']),
    );
    expect(places.map((one) => one.after)).toEqual(Array(4).fill('../cup.png'));
  });

  it('is in roles, tables of contents and inclusions of MyST', () => {
    const text =
      'See {doc}`more`, {doc}`the rest <more>`.\n\n```{toctree}\n:hidden:\n\nmore\nRest <more>\nother\n```\n\n```{include} more.md\n```\n';
    const places = linkPlaces(page(text), 'docs/more.md', 'docs/all.md', new Set(['docs/all.md']));
    expect(places.map(({ start, after }) => [text.slice(start, start + 7), after])).toEqual([
      ['more`, ', 'all'],
      ['more>`.', 'all'],
      ['more\nRe', 'all'],
      ['more>\no', 'all'],
      ['more.md', 'all.md'],
    ]);
  });

  it('is in links and where its path stands as code', () => {
    const text = 'See [it](more.md), `docs/more.md` or `more.md`.\n';
    const places = linkPlaces(page(text), 'docs/more.md', 'docs/all.md', new Set(['docs/all.md']));
    expect(places.map(({ start, end, after }) => [text.slice(start, end), after])).toEqual([
      ['more.md', 'all.md'],
      ['docs/more.md', 'docs/all.md'],
    ]);
  });
});

const partsOf = (text: string, isMarkdown: boolean): string[] =>
  codeParts(text, isMarkdown)
    .map(({ kind, start, end }) => `${kind} ${text.slice(start, end)}`)
    .filter((part) => !part.endsWith(' '));

describe('what stands as code', () => {
  it('reads examples between the fences of Markdown', () => {
    expect(partsOf('Text\n\n~~~python\npour(tea)\n~~~\n\nIt can `pour`.\n', true)).toEqual([
      'python pour(tea)',
      'span pour',
    ]);
  });

  it('takes a line under a title of reStructuredText for no fence', () => {
    const text =
      'Pour and stir\n~~~~~~~~~~~~~\n\nImport and stir(it).\n\nAsk\n```\n\nUse ``pour``.\n';
    expect(partsOf(text, false)).toEqual(['span pour']);
  });

  it('reads the body of a literal block, and roles and fields', () => {
    const text =
      'As in::\n\n    import acme\n    acme.pour()\n\nSee :func:`acme.pour`.\n\n:param cup: full\n';
    expect(partsOf(text, false)).toEqual([
      'python     import acme',
      'python     acme.pour()',
      'role acme.pour',
      'field cup',
    ]);
  });
});

const passages = (text: string, isMarkdown: boolean): string[] =>
  changelogsIn(text, isMarkdown).map(({ start, end }) => text.slice(start, end));

describe('passages that list what was changed', () => {
  it.each([
    { title: 'Changelog' },
    { title: 'Change History' },
    { title: 'Release notes' },
    { title: "What's new in 2.0" },
    { title: '3.1.0 (2021-05-04)' },
    { title: 'v2.0b1' },
    { title: 'Version 1.2, released March 3, 2020' },
    { title: '[0.4] - unreleased' },
  ])('$title', ({ title }) => {
    const text = `# Acme\n\nText\n\n## ${title}\n\n- \`pour\` is new\n\n## Use\n\nText\n`;
    expect(passages(text, true)).toEqual([`## ${title}\n\n- \`pour\` is new\n\n`]);
  });

  it.each([
    { title: 'Changing the release' },
    { title: 'Python 3.8' },
    { title: '2.0 as a number' },
    { title: 'Historical data' },
  ])('$title is none', ({ title }) => {
    expect(passages(`# Acme\n\n## ${title}\n\nText\n`, true)).toEqual([]);
  });

  it('goes to the next title of the same level, in reStructuredText too', () => {
    const text = 'Acme\n====\n\nHistory\n-------\n\n1.0\n~~~\n\nNew\n\nUse\n---\n\nText\n';
    expect(passages(text, false)).toEqual([
      'History\n-------\n\n1.0\n~~~\n\nNew\n\n',
      '1.0\n~~~\n\nNew\n\n',
    ]);
  });

  it('reads no title in an example', () => {
    expect(passages('# Acme\n\n```\n# Changelog\n```\n', true)).toEqual([]);
  });
});

describe('pages that tell of other versions', () => {
  it.each(['CHANGES.rst', 'docs/whatsnew.md', 'docs/migrating.rst', 'LICENSE.md'])('%s', (file) => {
    expect(isPastPage(file)).toBe(true);
  });

  it.each(['README.md', 'CONTRIBUTING.md', 'docs/security.rst', 'docs/prerelease.rst'])(
    'not %s',
    (file) => {
      expect(isPastPage(file)).toBe(false);
    },
  );
});
