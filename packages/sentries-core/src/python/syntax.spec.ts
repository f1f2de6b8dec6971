import {
  ancestry,
  enclosing,
  isWithin,
  loadSyntax,
  parts,
  PythonSource,
  qualifiedName,
  spanOf,
  type Node,
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

describe('what is found without a walk over the tree', () => {
  const TEXT = [
    'import a.b as b',
    'from m import *',
    'def raises(b, c=b.raises): return b.x.raises(raises(raises=1)).raises',
    '"raises" + f"{raises(1)} raises"  # raises',
    'with x.raises(',
    '    b,',
    '): b.raises.raises()',
    'é = "😀"; raises[raises.raises()]',
    '',
  ];

  it.each([
    { ends: '\n', called: 'lines' },
    { ends: '\r\n', called: 'lines of Windows' },
    { ends: '\r', called: 'lines that the grammar does not know' },
  ])('is what a walk finds, with $called', ({ ends }) => {
    const source = new PythonSource(TEXT.join(ends));
    const ids = (nodes: readonly Node[]): number[] => nodes.map(({ id }) => id);
    for (const name of ['raises', 'b', 'é', 'import', 'gone', '']) {
      const attributeName = (node: Node): string | undefined =>
        node.childForFieldName('attribute')?.text;
      const calleeName = (node: Node): string | undefined => {
        const callee = node.childForFieldName('function')!;
        return callee.type === 'attribute' ? attributeName(callee) : callee.text;
      };
      expect(ids(source.named(name))).toEqual(
        ids(source.find('identifier').filter(({ text }) => text === name)),
      );
      expect(ids(source.attributesNamed(name))).toEqual(
        ids(source.find('attribute').filter((node) => attributeName(node) === name)),
      );
      expect(ids(source.callsNamed([name]))).toEqual(
        ids(source.find('call').filter((node) => calleeName(node) === name)),
      );
    }
    for (let line = 1; line <= source.lines.lineCount; line += 1) {
      const types = ['call', 'attribute', 'with_statement'];
      const stands = (node: Node): boolean =>
        source.lineOf(node) <= line && line <= source.lines.lineOf(node.endIndex);
      expect(ids(source.findOn(line, types))).toEqual(ids(source.find(types).filter(stands)));
    }
  });

  it('is found anew each time: a list may be changed', () => {
    const source = new PythonSource('f(1)');
    source.find('call').pop();
    expect(source.find('call')).toHaveLength(1);
  });
});

it('a node is within itself and those around it, also where they have one extent', () => {
  const source = new PythonSource('f(x)\n');
  const [call] = source.find('call') as [Node];
  const [x] = source.find('identifier', call.childForFieldName('arguments')!) as [Node];
  const statement = call.parent!;
  expect([isWithin(x, call), isWithin(call, call), isWithin(call, statement)]).toEqual([
    true,
    true,
    true,
  ]);
  expect([isWithin(call, x), isWithin(statement, call)]).toEqual([false, false]);
});
