import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FAULTS } from '../tools/github/faults';
import { TOKENS } from '../tools/github/accounts';
import { GitHub, type HostedRepository } from '../tools/github/server';
import { BareRepository } from '../tools/remotes/bare-repository';
import { SENTRIES, Workspace, type Ended, type Files } from '../tools/workspace';
import { LIBRARY, REWORDED } from './library';

const SHOP: Files = {
  ...LIBRARY,
  'nx.json': '{ "plugins": ["nx-sentries"], "neverConnectToCloud": true, "analytics": false }',
  'package.json': '{ "name": "work", "private": true }',
  '.gitignore': 'node_modules\n.nx\n.venv\n.sentries\n__pycache__\n',
  'shop/pyproject.toml':
    '[project]\nname = "shop"\nversion = "1"\ndependencies = ["greet"]\n' +
    '[tool.pytest.ini_options]\npythonpath = ["src", "../lib/src"]\n',
  'shop/src/shop.py': 'from greet import greet\n\n\ndef welcome(name):\n    return greet(name)\n',
  'shop/tests/test_shop.py':
    'from shop import welcome\n\n\ndef test_welcome():\n    assert welcome("Ann") == "Hello, Ann!"\n',
};

/** A workspace on a branch that rewords a greeting, which two projects' tests expect; the branch is pushed. */
class Desk {
  hosted!: HostedRepository;
  bare!: BareRepository;
  #name = '';
  #remotes = 0;

  private constructor(
    readonly workspace: Workspace,
    readonly github: GitHub,
    private readonly folder: string,
  ) {}

  static async open(): Promise<Desk> {
    const workspace = Workspace.create();
    workspace.write(SHOP);
    workspace.git('init', '--quiet', '--initial-branch=main');
    workspace.git('config', 'user.name', 'Ada');
    workspace.git('config', 'user.email', 'ada@example.org');
    workspace.commit('first');
    workspace.git('switch', '--quiet', '--create', 'change');
    workspace.write({ 'lib/src/greet.py': REWORDED });
    workspace.commit('second');
    const folder = mkdtempSync(join(tmpdir(), 'sentries-remote-'));
    workspace.git('remote', 'add', 'origin', '.');
    const desk = new Desk(workspace, await GitHub.start(), folder);
    desk.moveOn();
    return desk;
  }

  /** Goes on with a remote that nothing was published to. */
  moveOn(): void {
    this.#name = `acme/tools${this.#remotes++ || ''}`;
    this.bare = BareRepository.create(join(this.folder, this.#name), this.workspace.root);
    this.hosted = this.github.host(this.#name, this.bare);
    this.workspace.git('remote', 'set-url', 'origin', this.hosted.remote);
  }

  async close(): Promise<void> {
    rmSync(this.folder, { recursive: true, force: true });
    await this.github.stop();
  }

  get env(): NodeJS.ProcessEnv {
    return {
      GITHUB_ACTIONS: 'false',
      GITHUB_TOKEN: TOKENS.write,
      GITHUB_API_URL: this.github.apiUrl,
      GITHUB_REPOSITORY: this.#name,
      GITHUB_EVENT_PATH: '',
      GITHUB_REF: '',
      GITHUB_STEP_SUMMARY: '',
      GITHUB_OUTPUT: '',
    };
  }

  affected(mode: string): Promise<Ended> {
    const args = ['affected', '-t', 'sentry-test', `--mode=${mode}`, '--outputStyle=static'];
    return this.workspace.nx(args, this.env);
  }

  sentries(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
    return this.workspace.sentries(args, '.', { ...this.env, ...env });
  }

  /** A process of its own, to be killed. */
  publishing(): ChildProcess {
    return spawn(process.execPath, [join(this.workspace.root, SENTRIES), 'publish'], {
      cwd: this.workspace.root,
      env: { ...process.env, ...this.env },
      stdio: 'ignore',
    });
  }

  get pulls() {
    return this.hosted.state.pulls;
  }

  get branches(): string[] {
    return [...this.bare.heads().keys()].filter((name) => name.startsWith('ai-'));
  }
}

describe('nx affected -t sentry-test --mode=pr', () => {
  let desk: Desk;
  let first: Ended;

  beforeAll(async () => {
    desk = await Desk.open();
    first = await desk.affected('pr');
  });
  afterAll(() => desk.close());

  it('prints one pull request over two projects, for the branch that was tested', () => {
    expect(first).toMatchObject({ code: 0 });
    expect(first.output).toMatch(/published:\s+opened \S+\/acme\/tools\/pull\/1/);
    expect(desk.pulls).toHaveLength(1);
    const [pull] = desk.pulls;
    expect(pull!.title).toBe('test: bring 2 tests of greet, shop in step with the code');
    expect(pull!.base.ref).toBe('change');
    expect(desk.bare.git('diff', '--name-only', `change..${pull!.head.ref}`).split('\n')).toEqual([
      '.sentries-metadata.json',
      'lib/tests/test_greet.py',
      'shop/tests/test_shop.py',
    ]);
    expect(desk.workspace.git('status', '--short')).toBe('');
  });

  it('says nowhere what the token is', () => {
    const { output } = first;
    const all = [
      output,
      desk.pulls[0]!.body,
      desk.workspace.read('.sentries/shop/sentry-test/run.json'),
    ];
    for (const text of all) expect(text).not.toContain(TOKENS.write);
  });

  it('run again, from the cache, changes nothing', async () => {
    const writes = desk.github.writes().length;
    const { output, code } = await desk.affected('pr');
    expect(code).toBe(0);
    expect(output).toMatch(/published:\s+unchanged/);
    expect(desk.github.writes()).toHaveLength(writes);
  });

  it('has status and cleanup tell of it', async () => {
    const status = await desk.sentries(['status']);
    expect(status.output).toMatch(/^open {4}ai-test-fixes\/\S+ {2}for change, 0 days {2}#1 /);
    const { output } = await desk.sentries(['cleanup', '--dry-run']);
    expect(output).toMatch(/^There is nothing to delete\.\nStays:\n {2}open/);
  });

  it('leaves it alone once somebody has committed to it', async () => {
    const { ref } = desk.pulls[0]!.head;
    desk.hosted.person.push(ref, { 'lib/tests/test_more.py': 'def test_more():\n    assert 1\n' });
    const tip = desk.bare.heads().get(ref);
    expect((await desk.affected('pr')).output).toMatch(/published:\s+frozen/);
    await desk.affected('pr');
    expect(desk.bare.heads().get(ref)).toBe(tip);
    expect(desk.pulls[0]!.comments).toHaveLength(1);
    expect((await desk.sentries(['status'])).output).toMatch(/^frozen/);
  });

  it('cleans nothing up that somebody has committed to', async () => {
    desk.hosted.person.close(1);
    const { output } = await desk.sentries(['cleanup', '--force']);
    expect(output).toContain('somebody else has committed to it');
    expect(desk.branches).toHaveLength(1);
  });
});

it('tests that somebody has mended meanwhile close the pull request', async () => {
  const desk = await Desk.open();
  await desk.affected('pr');
  expect(await desk.sentries(['apply'])).toMatchObject({ code: 0 });
  desk.workspace.commit('mended by hand');
  desk.bare.git('fetch', '--quiet', desk.workspace.root, 'change:change');
  const { output } = await desk.affected('pr');
  expect(output).toMatch(/published:\s+closed/);
  expect(desk.pulls).toMatchObject([{ closed: {} }]);
  expect(desk.branches).toEqual([]);
  await desk.close();
});

describe('without what it takes', () => {
  let desk: Desk;

  beforeAll(async () => {
    desk = await Desk.open();
    await desk.affected('propose');
  });
  afterAll(() => desk.close());

  it.each([
    { env: { GITHUB_TOKEN: '' }, says: 'there is no token for GitHub' },
    { env: { GITHUB_TOKEN: TOKENS.revoked }, says: /not taken|may write contents/ },
    { env: { GITHUB_TOKEN: TOKENS.read }, says: /may not do this|may write contents/ },
    { env: { GITHUB_REPOSITORY: 'acme/gone' }, says: 'GITHUB_REPOSITORY' },
  ])('publish fails and says what to do: $says', async ({ env, says }) => {
    const { output, code } = await desk.sentries(['publish'], env);
    expect(code).toBe(1);
    expect(output).toMatch(says);
    expect(output).toContain('→');
    expect(desk.pulls).toEqual([]);
  });

  it('a pull request from a fork is no failure: the patch stays in the artifacts', async () => {
    const event = join(desk.workspace.root, '.nx/event.json');
    const head = { ref: 'change', repo: { full_name: 'someone/tools' } };
    const base = { repo: { full_name: 'acme/tools' } };
    writeFileSync(event, JSON.stringify({ pull_request: { head, base } }));
    const requests = desk.github.requests.length;
    const { output, code } = await desk.sentries(['publish'], { GITHUB_EVENT_PATH: event });
    expect(code).toBe(0);
    expect(output).toContain('someone/tools');
    expect(desk.github.requests).toHaveLength(requests);
  });

  it('in GitHub Actions the step has a summary, even if nothing could be published', async () => {
    const summary = join(desk.workspace.root, '.nx/failed.md');
    const env = { GITHUB_ACTIONS: 'true', GITHUB_TOKEN: '', GITHUB_STEP_SUMMARY: summary };
    expect((await desk.sentries(['publish', '--branch=change'], env)).code).toBe(1);
    expect(readFileSync(summary, 'utf8')).toContain('# sentry-test: greet');
  });

  it('in GitHub Actions the step has a summary, annotations and outputs', async () => {
    const folder = join(desk.workspace.root, '.nx');
    const files = {
      GITHUB_STEP_SUMMARY: join(folder, 'summary.md'),
      GITHUB_OUTPUT: join(folder, 'output'),
    };
    const env = { ...files, GITHUB_ACTIONS: 'true', GITHUB_REF: 'refs/heads/change' };
    const { code } = await desk.sentries(['publish'], env);
    expect(code).toBe(0);
    expect(readFileSync(files.GITHUB_STEP_SUMMARY, 'utf8')).toContain('# sentry-test: greet');
    expect(readFileSync(files.GITHUB_OUTPUT, 'utf8')).toMatch(
      /^result=repaired\npull-request-url=http\S+\/pull\/1\n$/,
    );
    const [, author] = /^author (.*?) </m.exec(desk.bare.git('cat-file', '-p', desk.branches[0]!))!;
    expect(author).toBe('github-actions[bot]');
  });
});

describe('once the patch is in', () => {
  let desk: Desk;

  beforeAll(async () => {
    desk = await Desk.open();
    await desk.affected('pr');
  });
  afterAll(() => desk.close());

  it('sentries apply takes it from the artifacts', async () => {
    const { output, code } = await desk.sentries(['apply', '--json']);
    expect({ code, applied: JSON.parse(output) as unknown }).toMatchObject({
      code: 0,
      applied: { written: ['lib/tests/test_greet.py', 'shop/tests/test_shop.py'] },
    });
    expect((await desk.sentries(['apply'])).output).toMatch(/^applied already:/);
  });

  it('the pull request is no longer needed: it is closed, and its branch is gone', async () => {
    desk.workspace.commit('by hand');
    desk.bare.git('fetch', '--quiet', desk.workspace.root, 'change:change');
    expect((await desk.affected('pr')).output).toMatch(/published:\s+closed \S+\/pull\/1/);
    expect(desk.branches).toEqual([]);
    expect(desk.pulls[0]!.comments).toHaveLength(1);
  });
});

describe('a publisher', () => {
  let desk: Desk;

  beforeAll(async () => {
    desk = await Desk.open();
    await desk.affected('propose');
  });
  beforeEach(() => desk.moveOn());
  afterAll(() => desk.close());

  const killed = async (isReached: () => boolean): Promise<void> => {
    const child = desk.publishing();
    const ended = new Promise((resolve) => child.on('close', resolve));
    while (!isReached() && child.exitCode === null)
      await new Promise((resolve) => setTimeout(resolve, 20));
    child.kill('SIGKILL');
    await ended;
  };

  it.each([
    { where: 'while it pushes', at: 'push' },
    { where: 'before the pull request is made', at: 'pulls/create' },
    { where: 'after it was made', at: 'pulls/list', nth: 2 },
    { where: 'before it has labels', at: 'issues/add-labels' },
  ])('is killed $where: the next run finishes it', async ({ at, nth = 1 }) => {
    if (at === 'push') {
      const gate = desk.bare.hold();
      await killed(() => gate.waiting());
      gate.release();
      desk.bare.welcome();
    } else {
      desk.github.fail(at, FAULTS.hang, { nth });
      const before = desk.github.count(at);
      await killed(() => desk.github.count(at) >= before + nth);
      desk.github.heal();
    }
    const { output, code } = await desk.sentries(['publish']);
    expect({ code, output }).toMatchObject({ code: 0 });
    expect(desk.pulls).toHaveLength(1);
    expect(desk.branches).toEqual([desk.pulls[0]!.head.ref]);
    expect(desk.pulls[0]!.labels.map(({ name }) => name)).toContain('tests-sentry:done');
    expect(desk.workspace.git('status', '--short')).toBe('');
  });

  it('and another one at the same moment end in one pull request', async () => {
    const [a, b] = await Promise.all([desk.sentries(['publish']), desk.sentries(['publish'])]);
    expect([a.code, b.code]).toEqual([0, 0]);
    expect(desk.pulls.filter(({ closed }) => !closed)).toHaveLength(1);
    expect(desk.branches).toHaveLength(1);
  });
});
