import { loadSyntax, PythonSource } from '../python/syntax';
import { references } from './references';

beforeAll(loadSyntax);

/** The lines (from 1) on which `old` stands for what was imported, or why that is not sure. */
function lines(...text: string[]): number[] | string {
  const source = new PythonSource(text.join('\n'));
  const nodes = references(source, 'old', 'new');
  return 'refused' in nodes ? nodes.refused : nodes.map((node) => source.lineOf(node));
}

const IMPORT = 'from m import old';

describe('the references of an imported name', () => {
  it.each<[string, string[], number[]]>([
    ['the import', [IMPORT], [1]],
    ['each use', [IMPORT, 'old(old)', 'x = old.y', 'f(a=old)', 'old[0] = 1'], [1, 2, 2, 3, 4, 5]],
    ['uses in functions', [IMPORT, 'def f(a):', '    return old(a)'], [1, 3]],
    ['uses in comprehensions', [IMPORT, 'x = [old(a) for a in old]'], [1, 2, 2]],
    ['imports in functions', ['def f():', '    from m import old', '    old()'], [2, 3]],
    ['its string in __all__', [IMPORT, '__all__ = ["old", "older"]', 'x = "old"'], [1, 2]],
    [
      'annotations in quotes',
      [IMPORT, 'def f(a: "old | None", b: list["old"]) -> "older": pass', 'x: Literal["old"]'],
      [1, 2, 2],
    ],
    ['the name before as', ['from m import old as o', 'o()'], [1]],
  ])('are %s', (_, text, expected) => {
    expect(lines(...text)).toEqual(expected);
  });

  it.each<[string, string[]]>([
    ['attributes', ['x.old', 'x.old()']],
    ['names of arguments', ['f(old=1)']],
    ['modules', ['import x.old', 'from old import x', 'import old as x']],
    ['texts and comments', ['x = "old"  # old']],
    ['a parameter’s function', ['def f(old):', '    return old']],
    ['a parameter with a default', ['def f(old=1, *, x: int = 2):', '    return old']],
    ['a typed parameter', ['def f(old: int):', '    return old']],
    ['star parameters', ['def f(*old):', '    return old', 'def g(**old):', '    return old']],
    ['a lambda’s parameter', ['x = lambda old: old']],
    ['a local variable', ['def f():', '    old = 1', '    return old']],
    ['a local of unpacking', ['def f():', '    a, (old, *b) = x', '    return old']],
    ['a local of a loop', ['def f():', '    for old in x:', '        old()']],
    ['a local of with', ['def f():', '    with x as old:', '        old()']],
    [
      'a local of except',
      ['def f():', '    try:', '        g()', '    except E as old:', '        h(old)'],
    ],
    ['a local of walrus', ['def f():', '    if old := 1:', '        old()']],
    ['a local function', ['def f():', '    def old(): pass', '    old()']],
    ['a local module', ['def f():', '    import old', '    old()']],
    ['a list’s own name', ['x = [old for old in y]']],
    ['a set’s own name', ['x = {old for old in y}']],
    ['a dict’s own name', ['x = {old: 1 for old in y}']],
    ['a generator’s own name', ['f(old for old in y)']],
    ['a class’s own name', ['class A:', '    old = 1', '    x = old']],
  ])('are not %s', (_, text) => {
    expect(lines(IMPORT, ...text)).toEqual([1]);
  });
});

describe('it is not sure', () => {
  it.each<[string, string[]]>([
    ['is assigned', ['old = 1']],
    ['is a function', ['def old(): pass']],
    ['is a class', ['class old: pass']],
    ['is a loop’s', ['for old in x: pass']],
    ['is a module', ['import old']],
    ['is counted up', ['old += 1']],
  ])('where the old name %s at the top', (_, text) => {
    expect(lines(IMPORT, ...text)).toBe('old is bound again at the top of this file');
  });

  it.each<[string, string[]]>([
    ['a variable', ['new = 1']],
    ['a parameter', ['def f(new): pass']],
    ['a module', ['import new']],
    ['another import', ['from x import new']],
    ['another name of an import', ['from x import y as new']],
    ['global elsewhere', ['def f():', '    global new']],
  ])('where the new name is %s', (_, text) => {
    expect(lines(IMPORT, ...text)).toBe('new already means something else in this file');
  });

  it('but it is where the new name is only used', () => {
    expect(lines(IMPORT, 'x.new', 'f(new=1)')).toEqual([1]);
  });
});
