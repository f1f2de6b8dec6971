import { MANIFESTS, Newcomer, SOURCES, STALE } from '../tools/matrix/newcomer';
import { VERSIONS } from '../tools/matrix/axes';
import { PYTHON_ENVIRONMENT } from '../tools/paths';
import { Registry } from '../tools/registry/registry';
import { Workspace } from '../tools/workspace';

jest.setTimeout(300_000);

let registry: Registry;
beforeAll(async () => {
  registry = await Registry.start('newcomer');
});
afterAll(async () => {
  await registry.stop();
  Workspace.removeTemporary();
});

/** Where nobody answers. */
const NO_NETWORK = {
  npm_config_registry: 'http://127.0.0.1:1/',
  npm_config_fetch_retries: '0',
  npm_config_prefer_offline: 'false',
};

it('from the registry to the first repair, in a workspace that has never heard of us', async () => {
  const env = { ...registry.env, VIRTUAL_ENV: PYTHON_ENVIRONMENT };
  const newcomer = await Newcomer.settle(
    { manager: 'npm', nx: VERSIONS.nx['24'], env },
    { ...SOURCES, ...MANIFESTS },
  );
  const { workspace } = newcomer;

  // Without a network, npm says so, and nothing is half done.
  const offline = { ...env, ...NO_NETWORK };
  const failed = await workspace.run('npx', ['nx', 'add', 'nx-sentries'], '.', offline);
  expect(failed.code).not.toBe(0);
  expect(failed.output).toContain('ECONNREFUSED');
  expect(newcomer.changed()).toEqual([]);

  // With one, the plugin and its folder are all that is added.
  await newcomer.must('npx', ['nx', 'add', 'nx-sentries']);
  const files = ['.gitignore', 'nx.json', 'package-lock.json', 'package.json'];
  expect(newcomer.changed()).toEqual(files);
  expect(JSON.parse(workspace.read('nx.json'))).toMatchObject({ plugins: ['nx-sentries'] });
  expect(workspace.git('diff', '--unified=0', '.gitignore')).toMatch(/^\+\.sentries\/$/m);
  const { devDependencies } = JSON.parse(workspace.read('package.json')) as {
    devDependencies: Record<string, string>;
  };
  expect(Object.keys(devDependencies).toSorted()).toEqual(['nx', 'nx-sentries']);
  workspace.commit('with the plugin');

  // At once, with no further step.
  await newcomer.must('npx', ['nx', 'run', 'greet:sentry-test']);
  expect(workspace.record('greet').result).toBe('green');
  expect(newcomer.changed()).toEqual([]);

  newcomer.change();
  await newcomer.must('npx', ['nx', 'affected', '-t', 'sentry-test', '--mode=apply']);
  expect(newcomer.changed()).toEqual(STALE);
  expect(workspace.read(STALE[1]!)).toContain('Good day, Bo!');
});
