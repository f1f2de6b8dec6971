import { loadSyntax, PythonSource } from '../python/syntax';
import { moduleSymbols } from './symbols';

beforeAll(loadSyntax);

const symbols = (text: string) => [...moduleSymbols(new PythonSource(text)).values()];
const told = (text: string): string[] =>
  symbols(text).map(({ kind, path, line }) => `${kind} ${path} ${line}`);

describe('the symbols of a module', () => {
  it.each<[string, string, string[]]>([
    ['functions', 'def f(): pass\nasync def g(): pass\n', ['function f 1', 'function g 2']],
    [
      'variables that get their values together',
      'a, (b, *c) = d = 1, (2, 3)\n',
      ['variable a 1', 'variable b 1', 'variable c 1', 'variable d 1'],
    ],
    ['classes', 'class A:\n    pass\n', ['class A 1']],
    ['variables', 'A = 1\nb: int = 2\nc: int\n', ['variable A 1', 'variable b 2', 'variable c 3']],
    ['decorated ones, at the name', '@dec\n@ration\ndef f(): pass\n', ['function f 3']],
    [
      'members of classes',
      'class A:\n    x = 1\n    @property\n    def y(self): pass\n    class B:\n        z = 2\n',
      ['class A 1', 'variable A.x 2', 'function A.y 4', 'class A.B 5', 'variable A.B.z 6'],
    ],
    [
      'attributes of self',
      'class A:\n    def __init__(self):\n        self.x = 1\n        if x:\n            self.y: int = 2\n',
      ['class A 1', 'function A.__init__ 2', 'variable A.x 3', 'variable A.y 5'],
    ],
    [
      'what stands under a condition',
      'if a:\n    def f(): pass\nelif b:\n    x = 1\nelse:\n    y = 1\ntry:\n    z = 1\nexcept E:\n    w = 1\nfinally:\n    v = 1\nwith c:\n    u = 1\n',
      ['f 2', 'x 4', 'y 6', 'z 8', 'w 10', 'v 12', 'u 14'].map((name, at) =>
        at === 0 ? `function ${name}` : `variable ${name}`,
      ),
    ],
  ])('are its %s', (_, text, expected) => {
    expect(told(text)).toEqual(expected);
  });

  it.each([
    ['names inside of functions', 'def f():\n    x = 1\n    def g(): pass\n', ['function f 1']],
    ['attributes of others', 'a.x = 1\n', []],
    ['members and items of others', 'a.x, b[0] = 1, 2\n', []],
    ['changes of a value', 'a += 1\n', []],
    ['imports', 'from m import a\nimport b\n', []],
    [
      'another function’s self',
      'class A:\n    def f(self):\n        def g(self):\n            self.x = 1\n',
      ['class A 1', 'function A.f 2'],
    ],
    ['the self of a plain function', 'def f(self):\n    self.x = 1\n', ['function f 1']],
  ])('are not %s', (_, text, expected) => {
    expect(told(text)).toEqual(expected);
  });

  it('are, of a function that is defined twice, the last', () => {
    expect(told('def f(): pass\ndef f(): pass\n')).toEqual(['function f 2']);
  });

  it('are, of a variable that is set twice, the first', () => {
    expect(told('a = 1\na = 2\n')).toEqual(['variable a 1']);
  });
});

describe('the words of a definition', () => {
  it('leave out its own name, comments and layout', () => {
    const [one] = symbols('def f(n):  # why\n    return f(n - 1)\n');
    const [other] = symbols('def g( n ):\n\n    return g(n-1)\n');
    expect(one!.body).toEqual(other!.body);
  });

  it('tell other texts apart', () => {
    const [one] = symbols("def f(): return 'a b'\n");
    const [other] = symbols("def f(): return 'a c'\n");
    expect(one!.body).not.toEqual(other!.body);
  });
});
