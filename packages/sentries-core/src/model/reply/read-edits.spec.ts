import { loadSyntax } from '../../python/syntax';
import { editable, readCorpus } from './corpus.fixture';
import { readEdits } from './read-edits';

beforeAll(loadSyntax);

const TEST = [
  'def test_total(cart):',
  '    cart.add("tea", 2)',
  '    assert cart.total() == 7',
  '    assert cart.count == 3',
  '',
  '',
  'def test_again(cart):',
  '    cart.add("tea", 2)',
  '    assert cart.total() == 6',
  '',
].join('\n');

const files = () => editable(new Map([['tests/test_cart.py', TEST]]));

function refusal(find: string, replace = 'x = 1'): string {
  const read = readEdits(JSON.stringify({ operations: [{ find, replace }] }), 'json', files());
  return 'refused' in read ? read.refused : 'used';
}

describe('the words of a refusal help the next try', () => {
  it('show the real text of the nearest place', () => {
    expect(
      refusal('    cart.add("tea", 2)\n    assert cart.total() == 8\n    assert cart.size == 3'),
    ).toBe(
      'The text to be replaced is not in tests/test_cart.py. The nearest text there is:\n' +
        'def test_total(cart):\n    cart.add("tea", 2)\n    assert cart.total() == 7\n    assert cart.count == 3\n\n' +
        'Copy from this exactly.',
    );
  });

  it('say so where nothing is like it', () => {
    expect(refusal('import numpy')).toBe(
      'The text to be replaced is not in tests/test_cart.py, nor anything like it. Copy it from the file.',
    );
  });

  it('name the lines of an ambiguous text', () => {
    expect(refusal('cart.add("tea", 2)')).toContain('at lines 2, 8.');
  });

  it('name the files that may be edited', () => {
    const reply = '{"operations":[{"file":"shop/cart.py","find":"return 7","replace":"return 8"}]}';
    expect(readEdits(reply, 'json', files())).toEqual({
      kind: 'file',
      refused:
        '"shop/cart.py" can\'t be edited. Only tests/test_cart.py may be edited: give that path exactly.',
    });
  });

  it('name the functions there are', () => {
    const reply = '```python\ndef test_sum(cart):\n    assert cart\n```';
    expect(readEdits(reply, 'function', files())).toMatchObject({
      refused: expect.stringContaining('it has test_total, test_again.') as string,
    });
  });

  it('stay short, however long the text is', () => {
    const find = Array.from(
      { length: 2_000 },
      (_, at) => `    assert cart.total() == ${at} + ${'1'.repeat(300)}`,
    );
    expect(refusal(find.join('\n')).length).toBeLessThan(2_500);
  });

  it('repeat the format that was asked for where a reply has no edit', () => {
    expect(readEdits('Sorry.', 'blocks', files())).toMatchObject({
      refused: expect.stringContaining('<<<<<<< SEARCH') as string,
    });
  });
});

it('operations hold only the lines that differ, one for each place', () => {
  const reply = [
    '```python',
    'def test_total(cart):',
    '    cart.add("tea", qty=2)',
    '    assert cart.total() == 7',
    '    assert cart.count == 4',
    '```',
  ].join('\n');
  const read = readEdits(reply, 'function', files());
  expect(
    'operations' in read && read.operations.map(({ before, after }) => [before, after]),
  ).toEqual([
    ['    cart.add("tea", 2)\n', '    cart.add("tea", qty=2)\n'],
    ['    assert cart.count == 3\n', '    assert cart.count == 4\n'],
  ]);
});

it('a file that is no Python before the edit need not be any after it', () => {
  const broken = editable(new Map([['tests/test_cart.py', `print "old"\n${TEST}`]]));
  const reply = '{"find":"assert cart.count == 3","replace":"assert cart.count == 4"}';
  expect(readEdits(reply, 'json', broken)).toHaveProperty('operations');
});

it('a reply that was cut gives no edit that the whole one does not have', () => {
  // A draft in a thought whose end was cut off, and edits that make one operation together.
  const odd = [
    'a thought without its opening tag',
    'two operations on one line',
    'objects with commas and no list around',
  ];
  for (const { name, reply, asked, files: texts, expected } of readCorpus()) {
    if ('refused' in expected || odd.includes(name)) continue;
    const all = editable(texts);
    const whole = readEdits(reply, asked, all);
    const operations = 'operations' in whole ? whole.operations : [];
    for (let end = 0; end < reply.length; end += 1) {
      const cut = readEdits(reply.slice(0, end), asked, all);
      if ('operations' in cut)
        expect(operations).toEqual(expect.arrayContaining([...cut.operations]));
    }
  }
});

it('nothing is written where no file may be edited', () => {
  for (const { reply, asked } of readCorpus()) {
    expect(readEdits(reply, asked, [])).toHaveProperty('refused');
  }
});
