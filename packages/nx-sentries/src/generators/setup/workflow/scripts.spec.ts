import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CHANGE_RANGE } from './change-range';
import { PUBLISH } from './publish-jobs';
import { SHARDS } from './sentry-jobs';

let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'sentries-steps-')));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a script as a step of GitHub Actions does, and gives its outputs. */
function asStep(script: string, env: Readonly<Record<string, string>>, at = folder) {
  const file = join(folder, 'github-output');
  writeFileSync(file, '');
  // https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsshell
  const ended = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], {
    cwd: at,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], HOME: folder, GITHUB_OUTPUT: file, ...env },
  });
  const outputs = Object.fromEntries(
    readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  ) as Record<string, string>;
  return { code: ended.status, said: ended.stdout + ended.stderr, outputs };
}

describe('where a change starts', () => {
  let clone: string;

  const git = (at: string, ...args: string[]): string => {
    const identity = [
      '-c',
      'user.name=Ann',
      '-c',
      'user.email=ann@example.com',
      '-c',
      'commit.gpgsign=false',
    ];
    const { status, stdout, stderr } = spawnSync('git', [...identity, ...args], {
      cwd: at,
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
    return stdout.trim();
  };
  const work = (): string => join(folder, 'work');
  const commit = (message: string): string => {
    git(work(), 'commit', '--quiet', '--allow-empty', '--message', message);
    return git(work(), 'rev-parse', 'HEAD');
  };
  /** What the checkout of a commit, with its history, has. */
  const checkout = (sha: string): void => {
    clone = join(folder, 'clone');
    rmSync(clone, { recursive: true, force: true });
    git(folder, 'clone', '--quiet', '--no-local', 'work', 'clone');
    git(clone, 'checkout', '--quiet', '--detach', sha);
  };
  const found = (EVENT: string, ASKED: string) => {
    const { code, said, outputs } = asStep(CHANGE_RANGE, { EVENT, ASKED }, clone);
    expect({ code, said }).toMatchObject({ code: 0 });
    expect(outputs['head']).toBe(git(clone, 'rev-parse', 'HEAD'));
    return { base: outputs['base'], isTold: said.includes('::notice::') };
  };

  beforeEach(() => {
    git(folder, 'init', '--quiet', '--initial-branch=main', 'work');
  });

  it('of a pull request: where its branch left the branch that it goes to', () => {
    commit('first');
    const left = commit('second');
    git(work(), 'checkout', '--quiet', '-b', 'topic');
    commit('one');
    const head = commit('two');
    git(work(), 'checkout', '--quiet', 'main');
    const base = commit('meanwhile');
    checkout(head);
    expect(found('pull_request', base)).toEqual({ base: left, isTold: false });
  });

  it('of a push: at what was pushed before', () => {
    const before = commit('first');
    commit('second');
    checkout(commit('third'));
    expect(found('push', before)).toEqual({ base: before, isTold: false });
  });

  it('of the first push of a branch: before its last commit', () => {
    const last = commit('first');
    checkout(commit('second'));
    expect(found('push', '0'.repeat(40))).toEqual({ base: last, isTold: true });
  });

  it('of the first push of all: there is nothing before it', () => {
    const first = commit('first');
    checkout(first);
    expect(found('push', '0'.repeat(40))).toEqual({ base: first, isTold: true });
  });

  it('of a push that took commits away: before its last commit, where the old ones are gone', () => {
    const kept = commit('first');
    const gone = commit('a mistake');
    git(work(), 'reset', '--quiet', '--hard', kept);
    checkout(commit('another way'));
    expect(found('push', gone)).toEqual({ base: kept, isTold: true });
  });

  it('of a push over commits that are still somewhere: at what both have', () => {
    const kept = commit('first');
    const gone = commit('a mistake');
    git(work(), 'branch', 'backup');
    git(work(), 'reset', '--quiet', '--hard', kept);
    commit('another way');
    checkout(commit('and on'));
    expect(found('push', gone)).toEqual({ base: kept, isTold: false });
  });

  it('of a push back to an older commit: nothing has changed', () => {
    const older = commit('first');
    const newer = commit('second');
    git(work(), 'branch', 'backup');
    checkout(older);
    expect(found('push', newer)).toEqual({ base: older, isTold: false });
  });

  it('of two histories that have nothing in common: before the last commit', () => {
    const other = commit('first');
    git(work(), 'checkout', '--quiet', '--orphan', 'afresh');
    const last = commit('first again');
    checkout(commit('second'));
    expect(found('pull_request', other)).toEqual({ base: last, isTold: true });
  });

  it('by hand on a branch: where it left the default branch', () => {
    const left = commit('first');
    git(work(), 'checkout', '--quiet', '-b', 'topic');
    const head = commit('one');
    checkout(head);
    expect(found('workflow_dispatch', 'main')).toEqual({ base: left, isTold: false });
  });

  it('by hand on the default branch: before its last commit', () => {
    const last = commit('first');
    checkout(commit('second'));
    expect(found('workflow_dispatch', 'main')).toEqual({ base: last, isTold: true });
  });

  it('by hand, with a branch or a commit to start at: there', () => {
    const first = commit('first');
    git(work(), 'branch', 'release/1');
    commit('second');
    checkout(commit('third'));
    expect(found('workflow_dispatch', 'release/1')).toEqual({ base: first, isTold: false });
    expect(found('workflow_dispatch', first)).toEqual({ base: first, isTold: false });
  });

  it.each(['--output=x', '$(touch hacked)', '`touch hacked`', 'a b', ''])(
    'is never a command: %j',
    (asked) => {
      const last = commit('first');
      checkout(commit('second'));
      expect(found('workflow_dispatch', asked)).toEqual({ base: last, isTold: true });
      expect(git(clone, 'status', '--short')).toBe('');
    },
  );
});

describe('projects dealt out to jobs', () => {
  const dealt = (projects: readonly string[], JOBS: string) => {
    const { code, outputs } = asStep(SHARDS, { PROJECTS: JSON.stringify(projects), JOBS });
    expect(code).toBe(0);
    return JSON.parse(outputs['shards']!) as string[];
  };

  it('are all dealt out, to no more jobs than are allowed', () => {
    expect(dealt(['a', 'b', 'c', 'd', 'e'], '2')).toEqual(['a,c,e', 'b,d']);
  });

  it('get a job each where there are few', () => {
    expect(dealt(['@acme/a', "it's"], '10')).toEqual(['@acme/a', "it's"]);
  });

  it('are none where nothing is affected', () => {
    expect(dealt([], '10')).toEqual([]);
  });
});

describe('publishing from a job of its own', () => {
  /** A `sentries` that says what it sees. */
  const installed = (): void => {
    const bin = join(folder, 'tools/node_modules/.bin');
    mkdirSync(bin, { recursive: true });
    writeFileSync(join(bin, 'sentries'), '#!/bin/sh\necho "$1: $(ls .sentries)"\n');
    chmodSync(join(bin, 'sentries'), 0o755);
  };
  const artifacts = (): void => {
    mkdirSync(join(folder, 'artifacts/greet'), { recursive: true });
  };
  const published = () => asStep(PUBLISH, {}, join(folder, 'tested'));

  beforeEach(() => mkdirSync(join(folder, 'tested')));

  it('reads the artifacts where the tasks wrote them', () => {
    installed();
    artifacts();
    expect(published()).toMatchObject({ code: 0, said: 'publish: greet\n' });
  });

  it('takes nothing that is committed for artifacts, and writes through no link', () => {
    installed();
    artifacts();
    mkdirSync(join(folder, 'elsewhere'));
    symlinkSync(join(folder, 'elsewhere'), join(folder, 'tested/.sentries'));
    expect(published()).toMatchObject({ code: 0, said: 'publish: greet\n' });
    expect(existsSync(join(folder, 'elsewhere/greet'))).toBe(false);
  });

  it('has nothing to do where no task ran', () => {
    installed();
    const { code, said } = published();
    expect(code).toBe(0);
    expect(said).toContain('No task');
  });

  it('waits until the package is on the branch that the change goes to', () => {
    artifacts();
    const { code, said } = published();
    expect(code).toBe(0);
    expect(said).toContain('not installed');
  });
});
