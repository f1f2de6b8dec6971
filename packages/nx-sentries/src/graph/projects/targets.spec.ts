import type { PythonProject } from './projects';
import { inferTargets, lockInput } from './targets';

const NAMES = { test: 'sentry-test', doc: 'sentry-doc', lock: 'sentry-lock' };

const project = (root: string, more: Partial<PythonProject> = {}): PythonProject => ({
  root,
  manifest: `${root}/pyproject.toml`,
  name: root === '.' ? 'root' : root.replace('/', '-'),
  isNamedElsewhere: false,
  hasTests: true,
  hasDocs: false,
  helpersAbove: [],
  lock: undefined,
  ...more,
});

describe('the inferred targets', () => {
  it('test a project that has tests, and nothing of one that has none', () => {
    const targets = inferTargets([project('a'), project('b', { hasTests: false })], NAMES);
    expect(Object.keys(targets.get('a')!)).toEqual(['sentry-test']);
    expect(targets.get('b')).toEqual({});
  });

  it('check the documentation of a project that has some, whose examples pytest may run', () => {
    const lock = { file: 'a/uv.lock', digest: 'd' };
    const targets = inferTargets([project('a', { hasDocs: true, hasTests: false, lock })], NAMES);
    expect(targets.get('a')).toEqual({
      'sentry-doc': expect.objectContaining({
        executor: 'nx-sentries:sentry-doc',
        cache: true,
        inputs: expect.arrayContaining([
          '{projectRoot}/**/*',
          '^{projectRoot}/**/*',
          '{workspaceRoot}/pyproject.toml',
          '{workspaceRoot}/a/uv.lock',
          '{workspaceRoot}/sentries.config.json',
          { env: 'NX_BASE' },
          { env: 'MODEL_PATCH' },
        ]) as unknown,
        outputs: ['{workspaceRoot}/.sentries/{projectName}/sentry-doc'],
      }) as unknown,
    });
  });

  it('check the texts outside of a project that tell of it, whether it has its own or not', () => {
    const docs = new Map([['a', ['docs/a/**', './README.md', 'guides/']]]);
    const { 'sentry-doc': target } = inferTargets([project('a')], NAMES, docs).get('a')!;
    expect(target!.inputs).toEqual(
      expect.arrayContaining([
        '{workspaceRoot}/docs/a/**',
        '{workspaceRoot}/README.md',
        '{workspaceRoot}/guides/**/*',
        '{workspaceRoot}/sentries.config.json',
      ]),
    );
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
    const file = 'uv.lock';
    const lock = { file, digest: 'd' };
    const targets = inferTargets(
      [project('.', { lock }), project('a [x]', { lock }), project('b')],
      NAMES,
    );
    expect(targets.get('.')!['sentry-lock']).toMatchObject({
      options: { lockfile: file, folders: ['.', 'a [x]'] },
      inputs: ['{workspaceRoot}/uv.lock'],
      outputs: ['{workspaceRoot}/.sentries/.locks/uv.lock'],
    });
    expect(targets.get('a [x]')!['sentry-test']).toMatchObject({
      dependsOn: [{ projects: ['root'], target: 'sentry-lock' }],
      inputs: expect.arrayContaining([
        { dependentTasksOutputFiles: '.sentries/.locks/uv.lock/a ?x?/packages.txt' },
      ]) as unknown,
    });
    expect(targets.get('.')!['sentry-test']!.inputs).toEqual(
      expect.arrayContaining([
        '!{projectRoot}/uv.lock',
        { dependentTasksOutputFiles: '.sentries/.locks/uv.lock/packages.txt' },
      ]),
    );
    expect(targets.get('b')!['sentry-test']).not.toHaveProperty('dependsOn');
  });

  it('cut it for a project that has documentation alone, too', () => {
    const lock = { file: 'uv.lock', digest: 'd' };
    const targets = inferTargets(
      [project('.', { lock }), project('a', { lock, hasDocs: true, hasTests: false })],
      NAMES,
    );
    expect(targets.get('.')!['sentry-lock']!.options).toEqual({
      lockfile: 'uv.lock',
      folders: ['.', 'a'],
    });
    expect(targets.get('a')!['sentry-doc']!.inputs).toContainEqual({
      dependentTasksOutputFiles: '.sentries/.locks/uv.lock/a/packages.txt',
    });
  });

  it('have the digest of the locked packages in the configuration, which Nx hashes for dependents too', () => {
    const locked = project('a', { lock: { file: 'uv.lock', digest: 'd' } });
    expect(lockInput(locked)).toEqual({ 'sentry-packages': ['{workspaceRoot}/uv.lock#d'] });
    expect(lockInput(project('a'))).toBeUndefined();
  });

  it('look at the modules beside a conftest.py above', () => {
    const { inputs } = inferTargets([project('a', { helpersAbove: ['*.py'] })], NAMES).get('a')![
      'sentry-test'
    ]!;
    expect(inputs).toContain('{workspaceRoot}/*.py');
  });

  it('look at all of a lockfile that is a project’s own, or that lies where no project is', () => {
    const targets = inferTargets(
      [
        project('a', { lock: { file: 'a/poetry.lock', digest: 'd' } }),
        project('x/b', { lock: { file: 'x/uv.lock', digest: 'd' } }),
      ],
      NAMES,
    );
    expect(targets.get('a')).not.toHaveProperty('sentry-lock');
    expect(targets.get('x/b')!['sentry-test']!.inputs).toContain('{workspaceRoot}/x/uv.lock');
  });
});
