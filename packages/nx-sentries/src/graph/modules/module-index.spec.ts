import { ModuleIndex, type IndexedProject } from './module-index';

/** Projects by folder → files from it; and a way to ask which of them has a module. */
function index(
  projects: Readonly<Record<string, readonly string[]>>,
  settings: Readonly<Record<string, Partial<IndexedProject>>> = {},
) {
  const roots = Object.keys(projects);
  const made = new ModuleIndex(
    roots.map((root) => ({
      root,
      files: projects[root]!.map((file) => (root === '.' ? file : `${root}/${file}`)),
      sourceRoots: [],
      isImportable: true,
      ...settings[root],
    })),
  );
  return (module: string) => {
    const match = made.find(module);
    return match && [match.prefix, ...match.owners.map((number) => roots[number])];
  };
}

describe('a module', () => {
  it('is found below src and in a flat layout, with the longest part of its name that is a file', () => {
    const find = index({
      units: ['src/acme_units/__init__.py', 'src/acme_units/convert.py'],
      geo: ['acme_geo/__init__.py', 'acme_geo/shapes/circle.pyi', 'single.py'],
    });
    expect(find('acme_units')).toEqual(['acme_units', 'units']);
    expect(find('acme_units.convert.to_si')).toEqual(['acme_units.convert', 'units']);
    expect(find('acme_units.Unit')).toEqual(['acme_units', 'units']);
    expect(find('acme_geo.shapes.circle.Circle')).toEqual(['acme_geo.shapes.circle', 'geo']);
    expect(find('single')).toEqual(['single', 'geo']);
    expect(find('acme_unit')).toBeNull();
    expect(find('src.acme_units')).toBeNull();
  });

  it('of a namespace package belongs to the project that has the part, and the bare namespace to none', () => {
    const find = index({
      units: ['src/acme/units/__init__.py'],
      billing: ['acme/billing.py'],
    });
    expect(find('acme.units.convert')).toEqual(['acme.units', 'units']);
    expect(find('acme.billing')).toEqual(['acme.billing', 'billing']);
    expect(find('acme')).toBeNull();
    expect(find('acme.other')).toBeNull();
  });

  it('in a pkgutil-style namespace, where each project has the same __init__, is found by its own part', () => {
    const find = index({
      units: ['acme/__init__.py', 'acme/units.py'],
      billing: ['acme/__init__.py', 'acme/billing.py'],
    });
    expect(find('acme.units')).toEqual(['acme.units', 'units']);
    expect(find('acme.VERSION')).toEqual(['acme', 'units', 'billing']);
  });

  it('is looked for where the configuration says that code begins, too', () => {
    const find = index(
      { a: ['python/lib_a/__init__.py', 'tests/helpers/factory.py', 'top.py'] },
      { a: { sourceRoots: ['python', 'tests/helpers'] } },
    );
    expect(find('lib_a')).toEqual(['lib_a', 'a']);
    expect(find('factory')).toEqual(['factory', 'a']);
    expect(find('top')).toEqual(['top', 'a']);
    expect(find('python.lib_a.x')).toEqual(['python.lib_a', 'a']);
  });

  it('of a project whose folder is the package itself begins with the folder’s name', () => {
    const find = index({
      units: ['__init__.py', 'convert.py'],
      'libs/geo': ['__init__.py', 'area.py'],
    });
    expect(find('units.convert')).toEqual(['units.convert', 'units']);
    expect(find('geo.area.x')).toEqual(['geo.area', 'libs/geo']);
  });

  it('may be named by the folders of the workspace', () => {
    const find = index({ 'libs/units': ['convert.py'], '.': ['run.py'] });
    expect(find('libs.units.convert.to_si')).toEqual(['libs.units', 'libs/units']);
    expect(find('libs')).toBeNull();
    const other = index({ 'libs/units': ['convert.py'], z: ['libs/other.py'] });
    expect(other('libs.units.convert')).toEqual(['libs.units', 'libs/units']);
    expect(find('run')).toEqual(['run', '.']);
  });

  it('of the standard library is never a project’s, nor are tests and the like beside the code', () => {
    const find = index({
      a: ['types.py', 'platform/__init__.py', 'tests/helpers.py', 'conftest.py', 'setup.py'],
    });
    for (const module of ['types', 'platform', 'tests.helpers', 'conftest', 'setup'])
      expect(find(module)).toBeNull();
  });

  it('of something that is no Python project cannot be imported', () => {
    expect(index({ web: ['gen.py'] }, { web: { isImportable: false } })('gen')).toBeNull();
  });
});
