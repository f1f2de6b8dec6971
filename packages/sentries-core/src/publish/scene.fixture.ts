import { join } from 'node:path';
import { BareRepository } from '../../../../tools/remotes/bare-repository';
import { TOKENS } from '../../../../tools/github/accounts';
import { GitHub, type HostedRepository } from '../../../../tools/github/server';
import { DEFAULT_SETTINGS } from '../config/settings';
import { temporaryFolders } from '../folder.fixture';
import { git } from '../git/git.fixture';
import { Repository } from '../git/repository';
import { openGitHub } from './forge/github';
import { sentryOf } from './identity';
import { publish, type Published, type PublishRequest } from './publish';
import type { RunRecord } from '../report/run-record';
import { changedWorkspace, leaveArtifacts } from './publish.fixture';
import { Remote } from './remote';
import { readRuns } from './runs';

const LABELS = [
  'sentries',
  'sentry-testsentry',
  'tests-sentry:done',
  'tests-sentry:noop',
  'ai-generated',
];

let opened = 0;

/** A workspace whose commits are at a remote of its own, on a GitHub on loopback. */
export class Scene {
  private constructor(
    private readonly name: string,
    readonly workspace: string,
    readonly github: GitHub,
    readonly hosted: HostedRepository,
    readonly bare: BareRepository,
  ) {}

  /** @param folder Empty, or not there. */
  static open(github: GitHub, folder: string, files?: Readonly<Record<string, string>>): Scene {
    const workspace = join(folder, 'work space é');
    changedWorkspace(workspace, files);
    const bare = BareRepository.create(join(folder, 'origin.git'), workspace);
    const name = `acme/tools-${++opened}`;
    const hosted = github.host(name, bare);
    const made = { color: '5319e7', description: 'Made before' };
    for (const name of LABELS) hosted.state.labels.push({ id: name.length, name, ...made });
    git(workspace, 'remote', 'add', 'origin', hosted.remote);
    return new Scene(name, workspace, github, hosted, bare);
  }

  /** Publishes what the artifacts hold, as the command does. */
  async publish(part: Partial<PublishRequest> = {}): Promise<Published> {
    return publish({ ...(await this.request()), ...part });
  }

  async request(): Promise<PublishRequest> {
    const repository = await Repository.open(this.workspace);
    const { host } = new URL(this.github.apiUrl);
    return {
      repository,
      remote: await Remote.open(repository, { token: TOKENS.write, host }),
      forge: await openGitHub(
        {
          repository: this.name,
          apiUrl: this.github.apiUrl,
          token: TOKENS.write,
          second: 50,
          isPaced: false,
        },
        (branch) => sentryOf(branch) !== undefined,
      ),
      settings: DEFAULT_SETTINGS.publish,
      sentry: 'sentry-test',
      runs: await readRuns(this.workspace),
      branch: 'main',
    };
  }

  /** What people see: the pull requests in their order. */
  get pulls() {
    return this.hosted.state.pulls.map(
      ({ number, title, body, head, closed, merged, ...rest }) => ({
        number,
        title,
        body: body ?? '',
        branch: head.ref,
        state: merged ? 'merged' : closed ? 'closed' : 'open',
        labels: rest.labels.map(({ name }) => name).sort(),
        comments: rest.comments.map((comment) => comment.body),
      }),
    );
  }

  /** Branches of ours at the remote. */
  get branches(): string[] {
    return [...this.bare.heads().keys()].filter((name) => sentryOf(name));
  }

  /** Commits the work tree, and has it at the remote. */
  advance(branch = 'main'): string {
    git(this.workspace, 'add', '--all');
    git(this.workspace, 'commit', '--quiet', '--allow-empty', '-m', 'more');
    this.bare.git('fetch', '--quiet', this.workspace, `+${branch}:${branch}`);
    return git(this.workspace, 'rev-parse', 'HEAD');
  }
}

/** The task found nothing out of step in the files that are there. */
export const leaveGreen = ({ workspace }: Scene): Promise<RunRecord> =>
  leaveArtifacts(workspace, {
    edits: [],
    record: { result: 'green', patch: null, verification: null },
  });

/** Gives each test of a file a scene of its own, all of them on one server. */
export function eachInAScene(use: (scene: Scene) => void): void {
  const newFolder = temporaryFolders();
  let github: GitHub;
  beforeAll(async () => {
    github = await GitHub.start();
  });
  beforeEach(() => use(Scene.open(github, newFolder())));
  afterEach(() => github.heal());
  afterAll(() => github.stop());
}
