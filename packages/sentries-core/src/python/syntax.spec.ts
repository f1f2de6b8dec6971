import {
  ancestry,
  enclosing,
  loadSyntax,
  parts,
  PythonSource,
  qualifiedName,
  spanOf,
} from './syntax';

beforeAll(loadSyntax);

describe('the grammar', () => {
  it('must be loaded before a text is parsed', async () => {
    await jest.isolateModulesAsync(async () => {
      const fresh = await import('./syntax.js');
      expect(() => new fresh.PythonSource('x').root).toThrow('loadSyntax() must be awaited first');
    });
  });

  it('is loaded once, however often it is asked for', async () => {
    await Promise.all([loadSyntax(), loadSyntax()]);
    expect(new PythonSource('x = 1').root.hasError).toBe(false);
  });

  it('says where a text is not Python', () => {
    expect(new PythonSource('def f(:\n').root.hasError).toBe(true);
  });
});

describe('a Python source', () => {
  it('gives spans that are offsets of the text, whatever stands before', () => {
    const source = new PythonSource('\uFEFFx = "😀é"\r\nname = 1\r\n');
    const name = source.find('identifier').at(-1)!;
    const { start, end } = spanOf(name);
    expect(source.text.slice(start, end)).toBe('name');
    expect(source.lineOf(name)).toBe(2);
  });

  it('finds nodes of a type in the order of the text', () => {
    const source = new PythonSource('def f():\n    def g(): pass\nclass A: pass\n');
    const names = source
      .find(['class_definition', 'function_definition'])
      .map((node) => node.childForFieldName('name')?.text);
    expect(names).toEqual(['f', 'g', 'A']);
  });

  it('leaves out the node that is searched', () => {
    const source = new PythonSource('def f():\n    def g(): pass\n');
    const [f] = source.find('function_definition');
    expect(source.find('function_definition', f)).toHaveLength(1);
  });

  it('gives the smallest named node that covers a span', () => {
    const source = new PythonSource('assert f(1) == [2]\n');
    expect(source.nodeAt({ start: 9, end: 10 }).type).toBe('integer');
    expect(source.nodeAt({ start: 7, end: 11 }).type).toBe('call');
    expect(source.nodeAt({ start: 7, end: 18 }).type).toBe('comparison_operator');
  });
});

describe('the parts of a node', () => {
  it('are its named children without the comments', () => {
    const [list] = new PythonSource('[1,  # one\n 2]').find('list');
    expect(parts(list!).map(({ text }) => text)).toEqual(['1', '2']);
  });
});

describe('the ancestors of a node', () => {
  const source = () => new PythonSource('class A:\n    def f(self):\n        return x\n');

  it('go from the node itself to the module', () => {
    const x = source().find('identifier').at(-1)!;
    const types = [...ancestry(x)].map(({ type }) => type);
    expect(types.at(0)).toBe('identifier');
    expect(types.at(-1)).toBe('module');
    expect(types.indexOf('function_definition')).toBeLessThan(types.indexOf('class_definition'));
  });

  it('give the innermost of the wanted types', () => {
    const x = source().find('identifier').at(-1)!;
    expect(enclosing(x, 'class_definition', 'function_definition')?.type).toBe(
      'function_definition',
    );
    expect(enclosing(x, 'identifier')?.id).toBe(x.id);
    expect(enclosing(x, 'lambda')).toBeUndefined();
  });
});

it.each([
  ['def f(): pass', 'f'],
  ['class A:\n    def f(self): pass', 'A.f'],
  ['class A:\n    class B:\n        async def f(self): pass', 'A.B.f'],
  ['def f():\n    def inner(): pass', 'f.inner'],
  ['@mark\nclass A:\n    @mark\n    def f(self): pass', 'A.f'],
])('the last function of %j is called %s', (text, name) => {
  const last = new PythonSource(text).find('function_definition').at(-1)!;
  expect(qualifiedName(last)).toBe(name);
});
