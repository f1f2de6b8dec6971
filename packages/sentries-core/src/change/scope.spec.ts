import fc from 'fast-check';
import { isInScope, outermost, type Scope } from './scope';

describe('the scope of a project', () => {
  const root: Scope = {
    folder: '.',
    dependencies: ['libs/b/inner'],
    others: ['libs/a', 'libs/b'],
  };

  it('at the root has what is no other project’s, and what it depends on wherever that lies', () => {
    const paths = ['setup.py', 'libs/x.py', 'libs/a/x.py', 'libs/b/x.py', 'libs/b/inner/x.py'];
    expect(paths.filter((path) => isInScope(root, path))).toEqual([
      'setup.py',
      'libs/x.py',
      'libs/b/inner/x.py',
    ]);
    expect(outermost(root)).toEqual(['.', 'libs/b/inner']);
  });

  it('does not take a folder for another whose name begins alike', () => {
    expect(isInScope({ folder: 'libs/a', dependencies: [], others: [] }, 'libs/ab/x.py')).toBe(
      false,
    );
  });

  it('is what the innermost project around a path says, and each path of it is below an outermost folder', () => {
    const name = fc.constantFrom('a', 'b');
    const path = fc.array(name, { maxLength: 4 }).map((parts) => parts.join('/') || '.');
    const scope = fc.uniqueArray(fc.tuple(path, fc.boolean()), { selector: ([one]) => one });
    fc.assert(
      fc.property(scope, path, (listed, folder) => {
        const pick = (isIn: boolean): string[] =>
          listed.filter(([, own]) => own === isIn).map(([one]) => one);
        const [own = 'none', ...dependencies] = pick(true);
        const made: Scope = { folder: own, dependencies, others: pick(false) };
        const isAround = (one: string): boolean =>
          one === '.' || folder === one || folder.startsWith(`${one}/`);
        const around = listed.filter(([one]) => isAround(one));
        const depth = (one: string): number => (one === '.' ? 0 : one.split('/').length);
        const innermost = around.sort(([a], [b]) => depth(b) - depth(a)).at(0);
        expect(isInScope(made, folder)).toBe(innermost?.[1] ?? false);
        if (innermost?.[1]) expect(outermost(made).some(isAround)).toBe(true);
      }),
    );
  });
});
