import { loadSyntax, PythonSource } from '../python/syntax';
import { isDefined, tokensWithin, type Token } from './tokens';

beforeAll(loadSyntax);

const tokens = (text: string): readonly Token[] =>
  tokensWithin(new PythonSource(text), 0, text.length);
const texts = (found: readonly Token[]): string[] => found.map(({ text }) => text);

describe('the tokens of a source', () => {
  it.each([
    ['x = f(1)  # why\n', ['x', '=', 'f', '(', '1', ')']],
    ['# only this\n', []],
    ['x = "a b"\n', ['x', '=', '"', 'a b', '"']],
    ['x = ""\n', ['x', '=', '"', '"']],
    ['x = f"a{b}c"\n', ['x', '=', 'f"', 'a', '{', 'b', '}', 'c', '"']],
    ['x = "a\\n"\n', ['x', '=', '"', 'a\\n', '"']],
  ])('of %j are its leaves, without comments', (text, expected) => {
    expect(texts(tokens(text))).toEqual(expected);
  });

  it('stand where they say, in order', () => {
    const text = 'é = "😀"  # 变\ny = é + 1\n';
    const found = tokens(text);
    expect(found.map(({ start, end }) => text.slice(start, end))).toEqual(texts(found));
    expect(found.map(({ start }) => start)).toEqual(
      found.map(({ start }) => start).toSorted((a, b) => a - b),
    );
  });
});

describe('the tokens within a range', () => {
  const TEXT = 'x = """a\nb"""\ny = 2\n';

  it.each([
    ['the second line of a string', 9, 14, ['a\nb', '"""']],
    ['half of a name on either side', 12, 15, ['"""', 'y']],
    ['an empty range in a string', 9, 9, ['a\nb']],
    ['an empty range between tokens', 1, 1, []],
    ['an empty range where a token starts', 14, 14, []],
    ['what is past the end', 90, 99, []],
  ])('given %s', (_, start, end, expected) => {
    expect(texts(tokensWithin(new PythonSource(TEXT), start, end))).toEqual(expected);
  });

  it('are those that a look at each of them finds', () => {
    const text =
      'def f(a, b="x y"):\n    """Says."""  # why\n    return [g(a), f"{b}!"]\n\n\nf(1)\n';
    const source = new PythonSource(text);
    const all = tokens(text);
    for (let start = 0; start <= text.length; start += 1) {
      for (let end = start; end <= text.length; end += 1) {
        const reaches = (token: Token): boolean =>
          start === end
            ? token.start < start && start < token.end
            : token.start < end && start < token.end;
        const found = tokensWithin(source, start, end).map((token) => token.start);
        expect(found).toEqual(all.filter(reaches).map((token) => token.start));
      }
    }
  });
});

describe('a name is defined', () => {
  const defined = (text: string): string[] => texts(tokens(text).filter(isDefined));

  it.each([
    ['where a function and its parameters are', 'def f(a, b=c, d: e = g): return f\n', [...'fabd']],
    ['where a class is', 'class A(B): pass\n', ['A']],
    ['on the left of an assignment', 'x = y\n', ['x']],
    ['on the left of an annotated one', 'x: int = y\n', ['x']],
    ['only on the left where both sides have it', 'x = x\n', ['x']],
    ['nowhere in a call', 'f(x, y=1)\n', []],
    ['nowhere in an augmented assignment', 'x += 1\n', []],
    ['nowhere by an import', 'from a import b\n', []],
  ])('%s', (_, text, expected) => {
    expect(defined(text)).toEqual(expected);
  });

  it('as an attribute that is assigned, and not as one that is read', () => {
    expect(defined('self.x = y.z\n')).toContain('x');
    expect(defined('self.x = y.z\n')).not.toContain('z');
    expect(defined('self.x.y = 1\n')).not.toContain('x');
  });
});
