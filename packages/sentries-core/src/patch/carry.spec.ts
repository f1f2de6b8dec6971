import { carried } from './carry';

const edit = (before: string, after: string) => ({
  path: 'a.py',
  before: Buffer.from(before),
  after: Buffer.from(after),
});

const text = (word: string, output: string, more = ''): string =>
  `${more}def greet(name):\n    """\n    >>> greet("é")\n    '${output}, é!'\n    """\n    return f"${word}, {name}!"\n`;

describe('an edit carried over to another version of its file', () => {
  it('finds its place there, and leaves all else', () => {
    const made = carried(
      edit(text('Hi', 'Hello'), text('Hi', 'Hi')),
      Buffer.from(text('Hello', 'Hello', 'import os\n\n\n')),
    );
    expect(made?.toString()).toBe(text('Hello', 'Hi', 'import os\n\n\n'));
  });

  it('has none where its lines are not there', () => {
    const other = Buffer.from(text('Hello', 'Good day'));
    expect(carried(edit(text('Hi', 'Hello'), text('Hi', 'Hi')), other)).toBeUndefined();
  });
});
