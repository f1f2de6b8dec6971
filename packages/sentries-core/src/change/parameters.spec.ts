import { loadSyntax } from '../python/syntax';
import { changeOf } from './change.fixture';

beforeAll(loadSyntax);

/** What became of the parameters: `path: a→b, c removed, d unclear, +e`. */
function told(old: string, now: string): string[] {
  return changeOf(old, now).signatures.map((change) => {
    const fates = change.old.parameters.map(({ name }) => {
      const to = change.now.get(name);
      if (!to) return `${name} ${change.unclear.has(name) ? 'unclear' : 'removed'}`;
      return to.name === name ? name : `${name}→${to.name}`;
    });
    const known = new Set([...change.now.values()].map(({ name }) => name));
    const added = change.new.parameters.filter(({ name }) => !known.has(name));
    const doubt = change.new.doubt ? [`(${change.new.doubt})`] : [];
    return `${change.new.path}: ${[...fates, ...added.map(({ name }) => `+${name}`), ...doubt].join(', ')}`;
  });
}

describe('the parameters of', () => {
  it.each<[string, string, string, string[]]>([
    [
      'a function, renamed as its body shows',
      'def f(amount, rate):\n    x = amount\n    return x * rate\n',
      'def f(value, rate):\n    x = value\n    return x * rate\n',
      ['f: amount→value, rate'],
    ],
    [
      'a function, renamed as a call shows',
      'def f(amount):\n    pass\nf(amount=1)\n',
      'def f(value):\n    pass\nf(value=1)\n',
      ['f: amount→value'],
    ],
    [
      'a function, renamed and to be named from now on',
      'def f(a, many=False):\n    return a if many else None\n',
      'def f(a, *, every=False):\n    return a if every else None\n',
      ['f: a, many→every'],
    ],
    [
      'a function, removed where one to be named is added',
      'def f(a, many=False):\n    return a if many else None\n',
      'def f(a, *, order=None):\n    return sorted(a, key=order)\n',
      ['f: a, many removed, +order'],
    ],
    [
      'a function, renamed beside another on the same lines',
      'def f(a, b):\n    return a * b\n',
      'def f(x, y):\n    return x * y\n',
      [
        // Either could be either, by place; the lines tell.
        'f: a→x, b→y',
      ],
    ],
    [
      'a function, of which nothing is told',
      'def f(limit):\n    return 1\n',
      'def f(offset):\n    return 1\n',
      ['f: limit unclear, +offset'],
    ],
    [
      'a function, removed',
      'def f(a, b=1):\n    return a\n',
      'def f(a):\n    return a\n',
      ['f: a, b removed'],
    ],
    ['a function, added', 'def f(a):\n    pass\n', 'def f(a, *, b):\n    pass\n', ['f: a, +b']],
    [
      'a method, without its receiver',
      'class A:\n    def f(self, a):\n        return a\n',
      'class A:\n    def f(self, a, b):\n        return a\n',
      ['A.f: a, +b'],
    ],
    [
      'a static method',
      'class A:\n    @staticmethod\n    def f(a): pass\n',
      'class A:\n    @staticmethod\n    def f(a, b): pass\n',
      ['A.f: a, +b'],
    ],
    [
      'a constructor',
      'class A:\n    def __init__(self, a):\n        self.x = a\n',
      'class A:\n    def __init__(self, b):\n        self.x = b\n',
      ['A.__init__: a→b', 'A: a→b'],
    ],
    [
      'a dataclass',
      '@dataclass(frozen=True)\nclass A:\n    a: int\n    b: int = 1\n    K: ClassVar[int] = 1\n    def f(self):\n        return self.a\n',
      '@dataclass(frozen=True)\nclass A:\n    c: int\n    b: int = 1\n    K: ClassVar[int] = 1\n    def f(self):\n        return self.c\n',
      ['A: a→c, b'],
    ],
    [
      'a renamed function',
      'def convert(amount, rate):\n    x = amount * rate\n    return round(x, 2)\n',
      'def exchange(value, rate):\n    x = value * rate\n    return round(x, 2)\n',
      ['exchange: amount→value, rate'],
    ],
    [
      'a function with an unknown decorator',
      '@app.task\ndef f(a): pass\n',
      '@app.task\ndef f(a, b): pass\n',
      ['f: a, +b, (@app.task may change what f takes)'],
    ],
    [
      'an overloaded function',
      'def f(a): pass\n',
      '@overload\ndef f(a, b): pass\ndef f(a, b): pass\n',
      ['f: a, +b, (f is defined more than once)'],
    ],
    ['a function whose body alone changed', 'def f(a): pass\n', 'def f(a): return 1\n', []],
    [
      'a function in a function',
      'def g():\n  def f(a): pass\n',
      'def g():\n  def f(b): pass\n',
      [],
    ],
  ])('%s', (_, old, now, expected) => {
    expect(told(old, now)).toEqual(expected);
  });
});

it('kinds and defaults are read', () => {
  const text = 'def f(a, /, b: int, c=1, *rest, d, e: int = 2, **more): pass\n';
  const [change] = changeOf('def f(): pass\n', text).signatures;
  const all = change!.new.parameters.map((p) => `${p.kind} ${p.name}=${p.default}`);
  expect(all).toEqual([
    'positional-only a=null',
    'either b=null',
    'either c=1',
    'rest rest=',
    'keyword-only d=null',
    'keyword-only e=2',
    'keywords more=',
  ]);
});
