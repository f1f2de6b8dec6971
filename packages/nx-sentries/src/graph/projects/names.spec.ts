import fc from 'fast-check';
import { nameProjects, type Unnamed } from './names';

/** Names by folder, of projects given as `folder: distribution`. */
function named(projects: Readonly<Record<string, string | null>>, ...taken: string[]) {
  const unnamed = Object.entries(projects).map(([root, distribution]) => ({
    root,
    distribution: distribution ?? undefined,
  }));
  const { byRoot, contested } = nameProjects(unnamed, new Set(taken));
  return { names: Object.fromEntries(byRoot), contested: Object.fromEntries(contested) };
}

describe('the name of a project', () => {
  it('is that of its distribution, or else the path of its folder', () => {
    expect(named({ 'libs/units': 'acme-units', 'tools/gen': null, '.': null }).names).toEqual({
      'libs/units': 'acme-units',
      'tools/gen': 'tools/gen',
      '.': 'root',
    });
  });

  it('is the path for each of those that want the same one, whichever came first', () => {
    expect(named({ 'libs/a': 'acme', 'libs/b': 'acme', 'libs/c': 'other' })).toEqual({
      names: { 'libs/a': 'libs/a', 'libs/b': 'libs/b', 'libs/c': 'other' },
      contested: { acme: ['libs/a', 'libs/b'] },
    });
  });

  it('does not take one that a project.json or package.json has', () => {
    expect(named({ 'libs/web': 'web', tools: null }, 'web', 'tools').names).toEqual({
      'libs/web': 'libs/web',
      tools: 'tools-python',
    });
  });

  it('makes way for a folder that is called by its path', () => {
    expect(named({ a: 'x', b: 'x', 'libs/c': 'b' }).names).toEqual({
      a: 'a',
      b: 'b',
      'libs/c': 'libs/c',
    });
  });

  it('is not one that plain objects have, which Nx keeps its projects in', () => {
    expect(named({ 'libs/a': 'constructor', toString: null }).names).toEqual({
      'libs/a': 'libs/a',
      toString: 'toString-python',
    });
  });

  it('is never that of another, and does not depend on the order', () => {
    const folder = fc.constantFrom('.', 'root', 'a', 'b', 'c', 'libs/a', 'a/b');
    const distribution = fc.option(fc.constantFrom('a', 'b', 'c', 'root'), { nil: undefined });
    const project: fc.Arbitrary<Unnamed> = fc.record({ root: folder, distribution });
    const projects = fc.uniqueArray(project, { selector: ({ root }) => root });
    const taken = fc.uniqueArray(fc.constantFrom('a', 'b', 'root', 'x'));
    fc.assert(
      fc.property(projects, taken, (all, others) => {
        const { byRoot } = nameProjects(all, new Set(others));
        const names = [...byRoot.values(), ...others];
        expect(new Set(names).size).toBe(names.length);
        const reversed = nameProjects(all.toReversed(), new Set(others)).byRoot;
        expect(Object.fromEntries(reversed)).toEqual(Object.fromEntries(byRoot));
      }),
    );
  });
});
