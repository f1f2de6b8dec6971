import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TOKENS } from '../tools/github/accounts';
import { GitHub, type HostedRepository } from '../tools/github/server';
import { INSTALLATION, PYTHON_ENVIRONMENT } from '../tools/paths';
import { BareRepository } from '../tools/remotes/bare-repository';
import { Workspace, type Ended } from '../tools/workspace';
import { LIBRARY, REWORDED } from './library';

/** The script of a step of a workflow, by the name of the step. */
function scriptOf(workflow: string, name: string): string {
  const step = workflow.split(/^ {6}- name: /m).find((text) => text.startsWith(`${name}\n`))!;
  const [, line, block] = /^ {8}run: (?:(?!\|)(.+)|\|\n((?: {10}.*\n|\n)+))/m.exec(step)!;
  return line ?? block!.replaceAll(/^ {10}/gm, '');
}

/** A pull request to a workspace that `setup` set up, and the machines that its workflow runs on. */
class Run {
  private constructor(
    readonly folder: string,
    readonly github: GitHub,
    readonly hosted: HostedRepository,
    readonly workflow: string,
    readonly base: string,
    readonly head: string,
  ) {}

  static async open(): Promise<Run> {
    const author = Workspace.create();
    author.write({
      ...LIBRARY,
      'nx.json': '{ "neverConnectToCloud": true, "analytics": false }',
      'package.json': '{ "name": "work", "private": true }',
      '.gitignore': 'node_modules\n.nx\n.venv\n__pycache__\n',
    });
    author.git('init', '--quiet', '--initial-branch=main');
    await author.nx(['g', 'nx-sentries:setup', '--interactive=false']);
    author.commit('set up');
    author.git('switch', '--quiet', '--create', 'change');
    author.write({ 'lib/src/greet.py': REWORDED });
    author.commit('reword');
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'sentries-run-')));
    const github = await GitHub.start();
    const bare = BareRepository.create(join(folder, 'acme/tools'), author.root);
    return new Run(
      folder,
      github,
      github.host('acme/tools', bare),
      author.read('.github/workflows/sentries.yml'),
      author.git('rev-parse', 'main').trim(),
      author.git('rev-parse', 'change').trim(),
    );
  }

  async close(): Promise<void> {
    await this.github.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** What `actions/checkout` leaves, given a commit and the full history. */
  async checkOut(commit: string, ...path: string[]): Promise<Workspace> {
    const target = join(this.folder, ...path);
    mkdirSync(target, { recursive: true });
    const at = Workspace.at(target);
    // The server is in this process, so nothing may wait for git that it waits for.
    expect(await at.run('git', ['clone', '--quiet', this.hosted.remote, '.'])).toMatchObject({
      code: 0,
    });
    at.git('checkout', '--quiet', '--detach', commit);
    return at;
  }

  step(at: Workspace, name: string, env: NodeJS.ProcessEnv = {}): Promise<Ended> {
    const event = join(this.folder, 'event.json');
    const repo = { full_name: 'acme/tools' };
    writeFileSync(
      event,
      JSON.stringify({
        pull_request: {
          head: { ref: 'change', sha: this.head, repo },
          base: { ref: 'main', repo },
        },
      }),
    );
    const shell = ['--noprofile', '--norc', '-eo', 'pipefail', '-c', scriptOf(this.workflow, name)];
    return at.run('bash', shell, '.', {
      GITHUB_ACTIONS: 'true',
      GITHUB_EVENT_PATH: event,
      GITHUB_REF: 'refs/pull/1/merge',
      GITHUB_REPOSITORY: 'acme/tools',
      GITHUB_API_URL: this.github.apiUrl,
      GITHUB_OUTPUT: join(this.folder, 'output'),
      GITHUB_STEP_SUMMARY: join(this.folder, 'summary.md'),
      ...env,
    });
  }
}

describe('the workflow of a workspace that was set up', () => {
  let run: Run;
  beforeAll(async () => {
    run = await Run.open();
  });
  afterAll(() => run.close());

  it('makes one pull request of what its first job repaired, in its second, which has the token', async () => {
    const tests = await run.checkOut(run.head, 'first');
    symlinkSync(join(INSTALLATION, 'node_modules'), join(tests.root, 'node_modules'), 'junction');
    symlinkSync(PYTHON_ENVIRONMENT, join(tests.root, '.venv'), 'junction');
    const found = await run.step(tests, 'Find where the change starts', {
      EVENT: 'pull_request',
      ASKED: run.base,
    });
    expect(found).toMatchObject({ code: 0 });
    const outputs = Workspace.at(run.folder).read('output');
    expect(outputs).toBe(`base=${run.base}\nhead=${run.head}\n`);
    const ran = await run.step(tests, 'Run the sentries', { NX_BASE: run.base, NX_HEAD: run.head });
    expect(ran).toMatchObject({ code: 0 });

    const tools = await run.checkOut(run.base, 'second/tools');
    symlinkSync(join(INSTALLATION, 'node_modules'), join(tools.root, 'node_modules'), 'junction');
    const tested = await run.checkOut(run.head, 'second/tested');
    const publish = (): Promise<Ended> => {
      cpSync(join(tests.root, '.sentries'), join(run.folder, 'second/artifacts'), {
        recursive: true,
        filter: (path) => !path.endsWith('.cache') && !path.endsWith('.locks'),
      });
      return run.step(tested, 'Open or update the pull request', {
        GITHUB_TOKEN: TOKENS.write,
        NX_HEAD: run.head,
      });
    };
    const published = await publish();
    expect(published).toMatchObject({ code: 0 });
    const pulls = () =>
      run.hosted.state.pulls.map(({ base, closed }) => ({ base: base.ref, closed }));
    expect(pulls()).toEqual([{ base: 'change', closed: undefined }]);
    expect(Workspace.at(run.folder).read('summary.md')).toContain('greet');

    expect(await publish()).toMatchObject({ code: 0 });
    expect(pulls()).toHaveLength(1);
  });

  it('publishes nothing where the change brings the package itself', async () => {
    await run.checkOut(run.base, 'third/tools');
    const tested = await run.checkOut(run.head, 'third/tested');
    mkdirSync(join(run.folder, 'third/artifacts'));
    const { code, output } = await run.step(tested, 'Open or update the pull request');
    expect({ code, output }).toMatchObject({ code: 0 });
    expect(output).toContain('nx-sentries is not installed on the branch');
  });
});
