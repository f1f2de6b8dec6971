import { foreignTo } from './foreign';

const left = (paths: readonly string[], exclude: readonly string[] = [], roots = ['libs/a']) =>
  paths.filter((path) => !foreignTo(new Set(roots), exclude)(path));

describe('what is nobody’s source', () => {
  it('are installed packages, environments, caches and what sentries wrote', () => {
    const foreign = [
      'libs/a/.venv/lib/python3.11/site-packages/x/y.py',
      'venv/x.py',
      'node_modules/z/setup.py',
      'libs/a/__pycache__/x.py',
      'libs/a/a.egg-info/x.py',
      '.tox/py/x.py',
      '.sentries/a/x.py',
    ];
    expect(left(foreign)).toEqual([]);
  });

  it('are a project’s build outputs, but no folders of that name elsewhere', () => {
    const paths = [
      'libs/a/build/lib/x.py',
      'libs/a/dist/x.py',
      'tools/build/x.py',
      'libs/a/src/build/x.py',
    ];
    expect(left(paths)).toEqual(['tools/build/x.py', 'libs/a/src/build/x.py']);
    expect(left(['build/x.py', 'rebuild/x.py'], [], ['.'])).toEqual(['rebuild/x.py']);
  });

  it('is what the user excludes', () => {
    const paths = ['libs/a/src/x_pb2.py', 'examples/b/x.py', 'libs/a/x.py'];
    for (const folder of ['examples', 'examples/', 'examples/**'])
      expect(left(paths, ['**/*_pb2.py', folder])).toEqual(['libs/a/x.py']);
  });

  it('are no files whose names only look alike', () => {
    const paths = ['libs/venvs/x.py', 'libs/a/site_packages/x.py', 'libs/my.venv/x.py', 'nx/x.py'];
    expect(left(paths)).toEqual(paths);
  });
});
