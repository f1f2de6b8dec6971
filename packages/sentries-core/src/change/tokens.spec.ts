import fc from 'fast-check';
import { loadSyntax, PythonSource } from '../python/syntax';
import { isDefined, tokensOf, tokensWithin, type Token } from './tokens';

beforeAll(loadSyntax);

const tokens = (text: string): readonly Token[] => tokensOf(new PythonSource(text));
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

  it('are found once per source', () => {
    const source = new PythonSource('x = 1\n');
    expect(tokensOf(source)).toBe(tokensOf(source));
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
    expect(texts(tokensWithin(tokens(TEXT), start, end))).toEqual(expected);
  });

  it('are those that a look at each of them finds', () => {
    const gap = fc.tuple(fc.nat(2), fc.integer({ min: 1, max: 4 }));
    const node = tokens('x\n')[0]!.node;
    const line = fc.array(gap, { maxLength: 12 }).map((gaps) => {
      let at = 0;
      return gaps.map(([space, length]): Token => {
        const start = at + space;
        at = start + length;
        return { text: 'x', node, start, end: at };
      });
    });
    fc.assert(
      fc.property(line, fc.nat(40), fc.nat(10), (all, start, length) => {
        const end = start + length;
        const reaches = (token: Token): boolean =>
          length === 0
            ? token.start < start && start < token.end
            : token.start < end && start < token.end;
        expect(tokensWithin(all, start, end)).toEqual(all.filter(reaches));
      }),
      { numRuns: 500 },
    );
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
