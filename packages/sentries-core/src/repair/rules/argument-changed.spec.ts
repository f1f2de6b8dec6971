import { loadSyntax } from '../../python/syntax';
import { contextOf, failureOf, tell, type Story } from '../story.fixture';
import { argumentChanged } from './argument-changed';

beforeAll(loadSyntax);

const HEAD = 'from acme.money import f, A\n';
const call = (line: string, change: [string, string], head = HEAD): Story => {
  const test = `${head}def test_a(x):\n    ${line}\n`;
  return { test, at: '    ', exception: { type: 'builtins.TypeError' }, change };
};
/** A function before and after: its parameters and its body. */
const fn = (old: string, now: string, body = 'pass', newBody = body): [string, string] => [
  `def f(${old}):\n    ${body}\n`,
  `def f(${now}):\n    ${newBody}\n`,
];
const method = (old: string, now: string, more = ''): [string, string] => [
  `class A:\n    def go(self, ${old}):\n        return ${old}\n${more}`,
  `class A:\n    def go(self, ${now}):\n        return ${now}\n${more}`,
];
const RENAMED = fn('amount, rate=1', 'value, rate=1', 'return amount', 'return value');
const told = (story: Story): string => {
  const answer = tell(argumentChanged, story);
  const line = /^(\w+): /.exec(answer)?.[1];
  const isEdit = line !== 'refused' && answer !== 'not mine';
  return isEdit ? `${line}: ${answer.split('\n').slice(2).join('\n').trim()}` : answer;
};

describe('a call fits again', () => {
  it.each<[string, string, [string, string], string]>([
    ['with a renamed argument', 'f(amount=1)', RENAMED, 'f(value=1)'],
    ['whose others stay', 'assert f(rate=2, amount=1)', RENAMED, 'assert f(rate=2, value=1)'],
    ['with a renamed argument beside **', 'f(amount=1, **x)', RENAMED, 'f(value=1, **x)'],
    [
      'of a constructor',
      'A(a=1)',
      [
        'class A:\n    def __init__(self, a):\n        self.x = a\n',
        'class A:\n    def __init__(self, b):\n        self.x = b\n',
      ],
      'A(b=1)',
    ],
    [
      'of a dataclass',
      'A(1, c=2)',
      [
        '@dataclass\nclass A:\n    a: int\n    c: int\n    def f(self):\n        return self.c\n',
        '@dataclass\nclass A:\n    a: int\n    d: int\n    def f(self):\n        return self.d\n',
      ],
      'A(1, d=2)',
    ],
    ['of a method', 'x.go(a=1)', method('a', 'b'), 'x.go(b=1)'],
    [
      'of a class method',
      'A.make(a=1)',
      [
        'class A:\n    @classmethod\n    def make(cls, a):\n        return a\n',
        'class A:\n    @classmethod\n    def make(cls, b):\n        return b\n',
      ],
      'A.make(b=1)',
    ],
    ['whose argument must be named', 'f(1, 2)', fn('a, b', 'a, *, b'), 'f(1, b=2)'],
    ['whose arguments must be named', 'f(1, 2)', fn('a, b', '*, b, a'), 'f(a=1, b=2)'],
    ['without the first', 'f(None, 2)', fn('a=None, b=1', 'b=1'), 'f(2)'],
    [
      'without one, and with another by name',
      'f(2, None, 3)',
      fn('a, mode=None, b=1', 'a, *, b=1'),
      'f(2, b=3)',
    ],
    ['without the last', 'f(1, b=2)', fn('a, b=2', 'a'), 'f(1)'],
    ['without all', 'f(1, b=2)', fn('a=1, b=2', ''), 'f()'],
    ['without two of them', 'f(1, 2, 3)', fn('a, b=2, c=3', 'a'), 'f(1)'],
    ['without one in the middle', 'f(1, b=2, c=3)', fn('a, b=2, c=0', 'a, c=0'), 'f(1, c=3)'],
  ])('%s', (_, line, change, expected) => {
    expect(told(call(line, change))).toBe(`mechanical: ${expected}`);
  });

  it('and so do the others of it in the file', () => {
    const story = call('f(amount=1); g(amount=1)\n    f(value=1)\n    f(amount=2)', RENAMED);
    const frames = failureOf(story).frames.map((frame) => ({
      ...frame,
      span: [3, 4, 3, 15] as [number, number, number, number],
    }));
    expect(told({ ...story, failure: { frames } })).toBe(
      'mechanical: f(value=1); g(amount=1)\n    f(value=1)\n    f(value=2)',
    );
  });

  it.each([
    ['an import of the module', 'money.f(amount=1)', 'from acme import money\n\n'],
    ['a dotted import', 'acme.money.f(amount=1)', 'import acme.money\n\n'],
    ['an alias', 'g(amount=1)', 'from acme.money import f as g\n\n'],
    ['a package', 'f(amount=1)', 'from acme import f\n\n'],
    ['a star', 'f(amount=1)', 'from acme.money import *\n\n'],
  ])('called through %s', (_, line, head) => {
    expect(tell(argumentChanged, call(line, RENAMED, head))).toContain('(value=1)');
  });

  it('with the value that the calls of the change have', () => {
    const [old, now] = fn('a', 'a, mode');
    const change: [string, string] = [
      `${old}f(1)\nf(2)\n`,
      `${now}f(1, "fast")\nf(2, mode='fast')\n`,
    ];
    expect(told(call('f(3)', change))).toBe('explained: f(3, mode="fast")');
  });

  it('with the value of the change where another argument goes', () => {
    const [old, now] = fn('a=1', '*, mode');
    const change: [string, string] = [`${old}f()\n`, `${now}f(mode=2)\n`];
    expect(told(call('f(1)', change))).toBe('explained: f(mode=2)');
    const [before, after] = fn('b, a=1', 'b, *, mode');
    expect(told(call('f(0, a=1)', [`${before}f(0)\n`, `${after}f(0, mode=2)\n`]))).toBe(
      'explained: f(0, mode=2)',
    );
  });

  it('on an object of a known class, whatever other classes have', () => {
    const other = 'class B:\n    def go(self, a):\n        pass\n';
    const line = 'y = A(); y.go(a=1)';
    expect(told(call(line, method('a', 'b', other)))).toBe(`mechanical: y = A(); y.go(b=1)`);
  });

  it('with the parameters as evidence', () => {
    const story = call('f(amount=1)', RENAMED);
    expect(argumentChanged.propose(failureOf(story), contextOf(story))).toMatchObject({
      says: 'the parameters of f changed',
      evidence: [
        { side: 'base', line: 1, text: 'def f(amount, rate=1):', says: 'f was called like this' },
        { side: 'head', line: 1, text: 'def f(value, rate=1):', says: 'f is called like this now' },
      ],
    });
  });
});

describe('a call is refused', () => {
  it.each<[string, string, [string, string], string]>([
    ['that needs a value', 'f(1)', fn('a', 'a, b'), 'f needs a value for b'],
    [
      'whose new value differs among the calls of the change',
      'f(1)',
      [`def f(a): pass\nf(1)\nf(1)\n`, `def f(a, b): pass\nf(1, 2)\nf(1, 3)\n`],
      'f needs a value for b',
    ],
    [
      'whose argument may have been replaced',
      'f(limit=1)',
      fn('limit', 'offset'),
      'limit may have been renamed, or made way for another parameter',
    ],
    [
      'whose value is not the default of the removed parameter',
      'f(1, b=3)',
      fn('a, b=2', 'a'),
      'the parameter b was removed, and the call gives it a value',
    ],
    [
      'of a decorated function',
      'f(a=1)',
      ['@app.task\ndef f(a):\n    return a\n', '@app.task\ndef f(b):\n    return b\n'],
      '@app.task may change what f takes',
    ],
    [
      'of an overloaded function',
      'f(a=1)',
      [
        'def f(a):\n    return a\n',
        '@overload\ndef f(b): ...\n@overload\ndef f(c): ...\ndef f(b):\n    return b\n',
      ],
      'f is defined more than once',
    ],
    [
      'of a method that another class has',
      'x.go(a=1)',
      method('a', 'b', 'class B:\n    def go(self, a):\n        pass\n'),
      'B.go could be called here as well',
    ],
    [
      'that must be given by place',
      'f(a=1)',
      fn('a', 'a, /'),
      "a can't be given by its name any more",
    ],
    [
      'with another on the line',
      'f(amount=1); f(amount=2)',
      RENAMED,
      'several calls on this line do not fit any more',
    ],
  ])('%s', (_, line, change, expected) => {
    expect(told(call(line, change))).toBe(`refused: ${expected}`);
  });
});

describe('a call is none of its own', () => {
  it.each<[string, Story]>([
    ['that fits', call('f(value=1)', RENAMED)],
    ['that never fitted', call('f(other=1)', RENAMED)],
    ['of another module', call('f(amount=1)', RENAMED, 'from other import f\n')],
    ['of a name of the test', call('f(amount=1)', RENAMED, 'def f(amount): pass\n')],
    ['of a shadowed name', call('f = x; f(amount=1)', RENAMED)],
    ['with *', call('f(*x)', RENAMED)],
    ['that takes any name', call('f(amount=1)', fn('amount', '**kw'))],
    ['through its class, with the receiver by hand', call('A.go(x, a=1)', method('a', 'b'))],
    ['of an imported object', call('f.go(a=1)', method('a', 'b'))],
    [
      'of an object of another class',
      call('y = B(); y.go(a=1)', method('a', 'b'), 'from acme.money import B\n'),
    ],
    ['of another exception', { ...call('f(amount=1)', RENAMED), exception: {} }],
  ])('%s', (_, story) => {
    expect(tell(argumentChanged, story)).toBe('not mine');
  });
});
