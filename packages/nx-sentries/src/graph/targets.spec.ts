import type { PythonProject } from './projects';
import { inferTargets } from './targets';

const NAMES = { test: 'sentry-test', lock: 'sentry-lock' };

const project = (root: string, more: Partial<PythonProject> = {}): PythonProject => ({
  root,
  manifest: `${root}/pyproject.toml`,
  name: root === '.' ? 'root' : root.replace('/', '-'),
  isNamedElsewhere: false,
  hasTests: true,
  lockfile: undefined,
  ...more,
});

describe('the inferred targets', () => {
  it('test a project that has tests, and nothing of one that has none', () => {
    const targets = inferTargets([project('a'), project('b', { hasTests: false })], NAMES);
    expect(Object.keys(targets.get('a')!)).toEqual(['sentry-test']);
    expect(targets.get('b')).toEqual({});
  });

  it('look at the files above a project that pytest reads', () => {
    const { inputs } = inferTargets([project('libs/a')], NAMES).get('libs/a')!['sentry-test']!;
    expect(inputs).toEqual(
      expect.arrayContaining([
        '{projectRoot}/**/*',
        '^{projectRoot}/**/*',
        '{workspaceRoot}/conftest.py',
        '{workspaceRoot}/libs/conftest.py',
        '{workspaceRoot}/pyproject.toml',
        { env: 'NX_BASE' },
      ]),
    );
  });

  it('cut a lockfile that several projects share, and look at their slice of it alone', () => {
    const lockfile = 'uv.lock';
    const targets = inferTargets(
      [project('.', { lockfile }), project('a [x]', { lockfile }), project('b')],
      NAMES,
    );
    expect(targets.get('.')!['sentry-lock']).toMatchObject({
      options: { lockfile, folders: ['.', 'a [x]'] },
      inputs: ['{workspaceRoot}/uv.lock'],
      outputs: ['{workspaceRoot}/.sentries/{projectName}/sentry-lock'],
    });
    expect(targets.get('a [x]')!['sentry-test']).toMatchObject({
      dependsOn: [{ projects: ['root'], target: 'sentry-lock' }],
      inputs: expect.arrayContaining([
        { dependentTasksOutputFiles: '.sentries/root/sentry-lock/a ?x?/packages.txt' },
      ]) as unknown,
    });
    expect(targets.get('.')!['sentry-test']!.inputs).toEqual(
      expect.arrayContaining([
        '!{projectRoot}/uv.lock',
        { dependentTasksOutputFiles: '.sentries/root/sentry-lock/packages.txt' },
      ]),
    );
    expect(targets.get('b')!['sentry-test']).not.toHaveProperty('dependsOn');
  });

  it('look at all of a lockfile that is a project’s own, or that lies where no project is', () => {
    const targets = inferTargets(
      [project('a', { lockfile: 'a/poetry.lock' }), project('x/b', { lockfile: 'x/uv.lock' })],
      NAMES,
    );
    expect(targets.get('a')).not.toHaveProperty('sentry-lock');
    expect(targets.get('x/b')!['sentry-test']!.inputs).toContain('{workspaceRoot}/x/uv.lock');
  });
});
