import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TOKENS } from '../tools/github/accounts';
import { GitHub } from '../tools/github/server';
import { MANIFESTS, SOURCES, STALE } from '../tools/matrix/newcomer';
import { installation, NX_LINES, PYTHON_ENVIRONMENT, type NxLine } from '../tools/paths';
import { CACHE_TOKENS, RemoteCache } from '../tools/remote-cache/server';
import { BareRepository } from '../tools/remotes/bare-repository';
import { Workspace, type Ended } from '../tools/workspace';

jest.setTimeout(300_000);

const ARTIFACTS = ['changes.patch', 'report.html', 'report.md', 'run.json'];

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sentries-machines-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What is pushed: the greeting is reworded on `change`, and two projects' tests still expect the old one. */
function origin(): BareRepository {
  const author = Workspace.at(join(folder, 'author'));
  author.write({
    ...SOURCES,
    ...MANIFESTS,
    'nx.json': '{ "plugins": ["nx-sentries"], "neverConnectToCloud": true, "analytics": false }',
    'package.json': '{ "name": "work", "private": true }',
    '.gitignore': 'node_modules\n.nx\n.venv\n.sentries\n__pycache__\n',
  });
  author.git('init', '--quiet', '--initial-branch=main');
  author.commit('first');
  author.git('switch', '--quiet', '--create', 'change');
  const greeting = author.read('lib/src/greet.py').replace('Hello', 'Good day');
  author.write({ 'lib/src/greet.py': greeting });
  author.commit('reword the greeting');
  return BareRepository.create(join(folder, 'origin'), author.root);
}

/** A machine of a CI: a clone of its own at a path of its own, with its own cache of Nx. */
class Machine {
  private constructor(
    readonly workspace: Workspace,
    private readonly env: NodeJS.ProcessEnv,
  ) {}

  static at(name: string, remote: string, env: NodeJS.ProcessEnv = {}, line: NxLine = 24): Machine {
    Workspace.at(folder).git('clone', '--quiet', '--branch=change', remote, name);
    const workspace = Workspace.at(join(folder, name));
    const modules = join(installation(line), 'node_modules');
    symlinkSync(modules, join(workspace.root, 'node_modules'), 'junction');
    symlinkSync(PYTHON_ENVIRONMENT, join(workspace.root, '.venv'), 'junction');
    const base = workspace.git('rev-parse', 'origin/main').trim();
    const head = workspace.git('rev-parse', 'HEAD').trim();
    const own = {
      NX_CACHE_DIRECTORY: join(workspace.root, '.nx/cache'),
      NX_WORKSPACE_DATA_DIRECTORY: join(workspace.root, '.nx/workspace-data'),
    };
    return new Machine(workspace, { ...env, ...own, NX_BASE: base, NX_HEAD: head });
  }

  nx(...args: string[]): Promise<Ended> {
    return this.workspace.nx([...args, '--outputStyle=static'], this.env);
  }

  sentries(args: string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
    return this.workspace.sentries(args, '.', { ...this.env, ...env });
  }

  /** Artifact → its bytes. */
  artifacts(project: string): Record<string, string> {
    const path = join(this.workspace.root, '.sentries', project, 'sentry-test');
    const names = readdirSync(path).toSorted();
    return Object.fromEntries(
      names.map((name) => [name, readFileSync(join(path, name)).toString('base64')]),
    );
  }

  changed(): string[] {
    return this.workspace.git('diff', '--name-only').split('\n').filter(Boolean);
  }
}

let cache: RemoteCache;
let github: GitHub;
beforeAll(async () => {
  cache = await RemoteCache.start();
  github = await GitHub.start();
});
afterAll(async () => {
  await cache.stop();
  await github.stop();
});
beforeEach(() => (cache.requests.length = 0));

describe.each(NX_LINES.map((line) => ({ line })))('a remote cache, on Nx $line', ({ line }) => {
  it('hands the artifacts of one machine to another, which acts on them', async () => {
    const { path } = origin();
    const one = Machine.at('one', path, cache.env(), line);
    await one.nx('run', 'greet:sentry-test');
    await one.nx('run', 'shop:sentry-test', '--mode=apply');
    expect(cache.count('PUT', 200)).toBe(2);
    expect(cache.count('GET', 200)).toBe(0);
    expect(Object.keys(one.artifacts('greet'))).toEqual(ARTIFACTS);

    // It may only read, lies elsewhere, and has tested nothing itself.
    const other = Machine.at('die zweite é', path, cache.env(CACHE_TOKENS.read), line);
    const { code, output } = await other.nx('run', 'greet:sentry-test');
    expect({ code, output }).toMatchObject({ code: 0 });
    expect(output).toContain('remote cache');
    expect(other.artifacts('greet')).toEqual(one.artifacts('greet'));
    expect(other.changed()).toEqual([]);
    expect(await other.sentries(['apply'])).toMatchObject({ code: 0 });
    expect(other.changed()).toEqual([STALE[0]]);

    other.workspace.git('checkout', '--quiet', '.');
    expect((await other.nx('run', 'shop:sentry-test', '--mode=apply')).output).toContain('applied');
    expect(cache.count('GET', 200)).toBe(2);
    expect(other.changed()).toEqual([STALE[1]]);
    expect(cache.requests.filter(({ status }) => status !== 200 && status !== 404)).toEqual([]);
  });
});

it('what several machines have tested becomes one pull request', async () => {
  const bare = origin();
  const hosted = github.host('acme/tools', bare);
  const machines = [Machine.at('one', bare.path), Machine.at('two', bare.path)];
  await machines[0]!.nx('run', 'greet:sentry-test');
  await machines[1]!.nx('run', 'shop:sentry-test');

  // The job that publishes has only the artifacts of the others, and runs no code of the repository.
  const publisher = Machine.at('publisher', bare.path);
  const to = join(publisher.workspace.root, '.sentries');
  for (const { workspace } of machines)
    cpSync(join(workspace.root, '.sentries'), to, { recursive: true });
  publisher.workspace.git('remote', 'set-url', 'origin', hosted.remote);
  const env = {
    GITHUB_ACTIONS: 'false',
    GITHUB_TOKEN: TOKENS.write,
    GITHUB_API_URL: github.apiUrl,
    GITHUB_REPOSITORY: 'acme/tools',
    GITHUB_EVENT_PATH: '',
    GITHUB_REF: '',
  };
  const { code, output } = await publisher.sentries(['publish'], env);
  expect({ code, output }).toMatchObject({ code: 0 });
  expect(hosted.pulls()).toHaveLength(1);
  const { head } = hosted.pulls()[0]!;
  const files = bare.git('diff', '--name-only', `change..${head.ref}`).split('\n');
  expect(files).toEqual(['.sentries-metadata.json', ...STALE]);

  expect(await publisher.sentries(['publish'], env)).toMatchObject({ code: 0 });
  expect(hosted.pulls()).toHaveLength(1);
});
