import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { TOKENS } from '../../../../tools/github/accounts';
import { FAULTS } from '../../../../tools/github/faults';
import { GitHub } from '../../../../tools/github/server';
import { PatchError, RepositoryError } from '../errors';
import { temporaryFolders } from '../folder.fixture';
import { git, put } from '../git/git.fixture';
import { clearArtifacts, artifactFolder } from '../report/artifacts';
import { cleanUp, planCleanup } from './cleanup';
import type { Forge, PullRequest } from './forge/forge';
import { ForgeError } from './forge/forge-error';
import { metadataIn } from './metadata';
import { FILES, leaveArtifacts, TEST_FILE } from './publish.fixture';
import { leaveGreen, Scene } from './scene.fixture';
import { status } from './status';

const newFolder = temporaryFolders();
let github: GitHub;
let scene: Scene;

beforeAll(async () => {
  github = await GitHub.start();
});
beforeEach(() => {
  scene = Scene.open(github, newFolder());
});
afterEach(() => github.heal());
afterAll(() => github.stop());

/** All that was written to the server so far. */
const written = () => [...github.writes(), ...github.pushes().map(({ path }) => path)];

const UNITS = 'libs/units/tests/test_units.py';
const UNITS_BEFORE = 'from units import UNIT\n\n\ndef test_unit():\n    assert UNIT == 2\n';

/** Artifacts of a second project, with an edit that its change explains. */
const leaveUnits = () =>
  leaveArtifacts(scene.workspace, {
    project: 'units',
    folder: 'libs/units',
    path: UNITS,
    before: UNITS_BEFORE,
    edits: [{ line: 5, before: '2', after: '1', tier: 'explained', id: 'test_unit' }],
  });

const openTwo = (): void => {
  scene = Scene.open(github, newFolder(), { ...FILES, [UNITS]: UNITS_BEFORE });
};

describe('a patch', () => {
  it('becomes one pull request with a commit for each tier', async () => {
    await leaveArtifacts(scene.workspace);
    const published = await scene.publish();
    expect(published).toMatchObject({ outcome: 'opened', pull: { number: 1 } });
    const [pull] = scene.pulls;
    expect(pull).toMatchObject({
      title: 'test: bring 3 tests of money in step with the code',
      labels: ['ai-generated', 'sentries', 'sentry-testsentry', 'tests-sentry:done'],
    });
    expect(scene.hosted.state.pulls[0]?.draft).toBe(true);
    const log = scene.bare.git('log', '--format=%s', `main..${pull!.branch}`).split('\n');
    expect(log).toEqual([
      'test: repair 1 test with edits of a model',
      'test: expect what the change shows in 1 test',
      'test: follow the refactored code in 1 test',
    ]);
    const shown = scene.bare.git('show', `${pull!.branch}:${TEST_FILE}`);
    expect(shown.split('\n')[0]).toBe('from money import plus');
    expect(scene.bare.git('show', `${pull!.branch}:.sentries-metadata.json`)).toContain('"money"');
  });

  it('that is there already changes nothing', async () => {
    await leaveArtifacts(scene.workspace);
    await scene.publish();
    const before = written();
    expect(await scene.publish()).toMatchObject({ outcome: 'unchanged', steps: [] });
    expect(written()).toEqual(before);
  });

  it('touches nothing of the user’s', async () => {
    await leaveArtifacts(scene.workspace);
    writeFileSync(join(scene.workspace, 'libs/units/src/units.py'), 'UNIT = 5\n');
    git(scene.workspace, 'add', 'libs/units');
    const look = () => [
      git(scene.workspace, 'status', '--porcelain=v2', '--branch'),
      git(scene.workspace, 'for-each-ref'),
      git(scene.workspace, 'stash', 'list'),
    ];
    const before = look();
    await scene.publish();
    expect(look()).toEqual(before);
  });

  it('is only planned where nothing is to be done yet', async () => {
    await leaveArtifacts(scene.workspace);
    const before = written();
    const published = await scene.publish({ isDry: true });
    expect(published).toMatchObject({ outcome: 'opened', steps: ['push', 'open'] });
    expect(written()).toEqual(before);
    expect(scene.branches).toEqual([]);
  });

  it('that differs by now takes the place of the one before, in the same pull request', async () => {
    await leaveArtifacts(scene.workspace);
    await scene.publish();
    const [first] = scene.pulls;
    await leaveArtifacts(scene.workspace, {
      edits: [{ line: 9, before: '19', after: '21', tier: 'explained', id: 'test_rate' }],
    });
    expect(await scene.publish()).toMatchObject({ outcome: 'updated', pull: { number: 1 } });
    expect(scene.pulls).toHaveLength(1);
    const [now] = scene.pulls;
    expect(now!.branch).toBe(first!.branch);
    expect(now!.labels).not.toContain('ai-generated');
    expect(scene.bare.git('rev-list', '--count', `main..${now!.branch}`)).toBe('1');
  });

  it('that is no longer needed is closed with a sentence, and its branch is gone', async () => {
    await leaveArtifacts(scene.workspace);
    await scene.publish();
    await leaveGreen(scene);
    expect(await scene.publish()).toMatchObject({ outcome: 'closed', pull: { number: 1 } });
    const [pull] = scene.pulls;
    expect(pull).toMatchObject({ state: 'closed' });
    expect(pull!.labels).toContain('tests-sentry:noop');
    expect(pull!.comments).toHaveLength(1);
    expect(scene.branches).toEqual([]);
    expect(await scene.publish()).toMatchObject({ outcome: 'nothing', steps: [] });
  });

  it('that was closed as no longer needed is opened again when it is needed again', async () => {
    await leaveArtifacts(scene.workspace);
    await scene.publish();
    await leaveGreen(scene);
    await scene.publish();
    await leaveArtifacts(scene.workspace);
    expect(await scene.publish()).toMatchObject({ outcome: 'opened', pull: { number: 2 } });
  });
});

describe('people', () => {
  beforeEach(async () => {
    await leaveArtifacts(scene.workspace);
    await scene.publish();
  });

  it('who commit to it have it for themselves, and are told once', async () => {
    scene.hosted.person.push(scene.pulls[0]!.branch, { 'libs/money/tests/more.py': 'x = 1\n' });
    const tip = scene.bare.heads().get(scene.pulls[0]!.branch);
    await leaveArtifacts(scene.workspace, {
      edits: [{ line: 9, before: '19', after: '21', tier: 'explained' }],
    });
    expect(await scene.publish()).toMatchObject({ outcome: 'frozen' });
    await scene.publish();
    await leaveGreen(scene);
    expect(await scene.publish()).toMatchObject({ outcome: 'frozen', steps: [] });
    expect(scene.bare.heads().get(scene.pulls[0]!.branch)).toBe(tip);
    expect(scene.pulls[0]).toMatchObject({ state: 'open', comments: [expect.any(String)] });
  });

  it('who close it do not see it again', async () => {
    scene.hosted.person.close(1);
    expect(await scene.publish()).toMatchObject({ outcome: 'nothing' });
    expect(scene.pulls).toHaveLength(1);
  });

  it('who close it see another one for other edits', async () => {
    scene.hosted.person.close(1);
    await leaveArtifacts(scene.workspace, {
      edits: [{ line: 9, before: '19', after: '22', tier: 'explained', id: 'test_rate' }],
    });
    expect(await scene.publish()).toMatchObject({ outcome: 'opened', pull: { number: 2 } });
    expect(scene.pulls[1]!.branch).not.toBe(scene.pulls[0]!.branch);
  });

  it('who close it after they took our labels away do not see it again, either', async () => {
    scene.hosted.person.relabel(1);
    scene.hosted.person.close(1);
    expect(await scene.publish()).toMatchObject({ outcome: 'nothing' });
    expect(scene.pulls).toHaveLength(1);
  });

  it('who open one again that the sentry had closed, and close it, have the last word', async () => {
    const { branch } = scene.pulls[0]!;
    const tip = scene.bare.heads().get(branch)!;
    await leaveGreen(scene);
    await scene.publish();
    scene.bare.git('update-ref', `refs/heads/${branch}`, tip);
    scene.hosted.person.reopen(1);
    await leaveArtifacts(scene.workspace);
    await scene.publish();
    scene.hosted.person.close(1);
    expect(await scene.publish()).toMatchObject({ outcome: 'nothing' });
    expect(scene.pulls).toHaveLength(1);
  });

  it('who let it stand on another branch, and close it there, do not see it again there', async () => {
    scene.bare.git('branch', 'release', 'main');
    scene.hosted.state.pulls[0]!.base.ref = 'release';
    expect(await scene.publish({ branch: 'release' })).toMatchObject({ outcome: 'updated' });
    scene.hosted.person.close(1);
    expect(await scene.publish({ branch: 'release' })).toMatchObject({ outcome: 'nothing' });
    expect(scene.pulls).toHaveLength(1);
  });

  it('who keep a branch of their own at our commits keep it', async () => {
    const { branch } = scene.pulls[0]!;
    scene.bare.git('branch', 'ai-test-fixes/mine', branch);
    await leaveArtifacts(scene.workspace, {
      edits: [{ line: 9, before: '19', after: '21', tier: 'explained' }],
    });
    expect(await scene.publish()).toMatchObject({ outcome: 'updated' });
    expect(scene.branches).toContain('ai-test-fixes/mine');
    const { repository, remote, forge } = await scene.request();
    const entries = planCleanup(await status(repository, remote, forge), 0);
    const mine = entries.find((entry) => entry.status.branch === 'ai-test-fixes/mine');
    expect(mine).toMatchObject({ goes: false });
  });

  it('who take a commit of it away have it for themselves', async () => {
    const { branch } = scene.pulls[0]!;
    scene.bare.git('update-ref', `refs/heads/${branch}`, `${branch}~1`);
    expect(await scene.publish()).toMatchObject({ outcome: 'frozen' });
  });

  it('who empty its body find it written again', async () => {
    scene.hosted.person.edit(1, { body: 'My own words.' });
    await scene.publish();
    expect(metadataIn(scene.pulls[0]!.body)?.base).toBe('main');
  });

  it('who merge it are left in peace', async () => {
    scene.hosted.person.merge(1);
    git(scene.workspace, 'pull', '--quiet', scene.bare.path, 'main');
    await leaveGreen(scene);
    expect(await scene.publish()).toMatchObject({ outcome: 'nothing' });
  });
});

describe('several projects', () => {
  beforeEach(openTwo);

  it('share one pull request', async () => {
    await leaveArtifacts(scene.workspace);
    await leaveUnits();
    await scene.publish();
    expect(scene.pulls).toHaveLength(1);
    expect(scene.pulls[0]!.title).toContain('money, units');
  });

  it('of which one was not run again: its patch stays while what it rests on does', async () => {
    await leaveArtifacts(scene.workspace);
    await leaveUnits();
    await scene.publish();
    await clearArtifacts(join(scene.workspace, artifactFolder('units', 'sentry-test')));
    await leaveGreen(scene);
    expect(await scene.publish()).toMatchObject({ outcome: 'updated' });
    expect(scene.pulls[0]!.title).toBe('test: bring 1 test of units in step with the code');
    const files = scene.bare.git('diff', '--name-only', 'main', scene.pulls[0]!.branch);
    expect(files.split('\n').sort()).toEqual(['.sentries-metadata.json', UNITS]);
  });
});

describe('what was not run again', () => {
  it.each([
    { when: 'its body was emptied', body: 'My own words.' },
    { when: 'nothing happened to its body', body: undefined },
  ])('is not taken for healthy where $when', async ({ body }) => {
    openTwo();
    await leaveUnits();
    await scene.publish();
    if (body !== undefined) scene.hosted.person.edit(1, { body });
    else {
      writeFileSync(join(scene.workspace, 'libs/units/src/units.py'), 'UNIT = 7\n');
      scene.advance();
    }
    await clearArtifacts(join(scene.workspace, artifactFolder('units', 'sentry-test')));
    await leaveGreen(scene);
    const published = await scene.publish();
    expect(published).toMatchObject({ outcome: 'unchanged', steps: [] });
    expect(published.says).toContain('units');
    expect(scene.pulls[0]!.state).toBe('open');
  });
});

describe('the branch that was tested', () => {
  it('must be at the remote', async () => {
    await leaveArtifacts(scene.workspace);
    await expect(scene.publish({ branch: 'gone' })).rejects.toThrow(RepositoryError);
  });

  it('that went on elsewhere still gets the patch', async () => {
    await leaveArtifacts(scene.workspace);
    scene.hosted.person.push('main', { 'README.md': 'More.\n' });
    expect(await scene.publish()).toMatchObject({ outcome: 'opened' });
    expect(scene.bare.contains(scene.pulls[0]!.branch, 'main')).toBe(true);
  });

  it('that went on in what was tested is for its own run', async () => {
    await leaveArtifacts(scene.workspace);
    scene.hosted.person.push('main', { 'libs/money/src/money.py': 'plus = None\n' });
    expect(await scene.publish()).toMatchObject({ outcome: 'outdated', steps: [] });
    expect(scene.pulls).toEqual([]);
  });

  it('that goes on while a publisher is at work gets the newest patch alone', async () => {
    await leaveArtifacts(scene.workspace);
    const slow = await scene.request();
    let isFirst = true;
    const open = async (): Promise<PullRequest[]> => {
      if (isFirst) {
        isFirst = false;
        put(scene.workspace, {
          'libs/money/src/money.py': 'def plus(*all):\n    return sum(all)\n',
        });
        scene.advance();
        await leaveArtifacts(scene.workspace, {
          base: 'HEAD~2',
          edits: [{ line: 9, before: '19', after: '21', tier: 'explained', id: 'test_rate' }],
        });
        await scene.publish();
        git(scene.workspace, 'checkout', '--quiet', '--detach', 'HEAD~1');
      }
      return slow.forge.open();
    };
    const forge = Object.assign(Object.create(slow.forge) as Forge, { open });
    expect(await scene.publish({ runs: slow.runs, forge })).toMatchObject({ outcome: 'outdated' });
    expect(scene.pulls).toHaveLength(1);
    expect(scene.bare.git('rev-list', '--count', `main..${scene.pulls[0]!.branch}`)).toBe('1');
  });

  it('with commits that were not pushed says so', async () => {
    writeFileSync(join(scene.workspace, 'libs/money/src/money.py'), 'def plus(): ...\n');
    git(scene.workspace, 'commit', '--quiet', '--all', '-m', 'here only');
    await leaveArtifacts(scene.workspace, { base: 'HEAD~2' });
    await expect(scene.publish()).rejects.toThrow(/has commits that main .* has not/);
    expect(scene.branches).toEqual([]);
  });

  it('without the changes that were tested gets nothing', async () => {
    writeFileSync(join(scene.workspace, 'libs/money/src/money.py'), 'def plus(): ...\n');
    await leaveArtifacts(scene.workspace);
    await expect(scene.publish()).rejects.toThrow(PatchError);
    await expect(scene.publish()).rejects.toThrow('libs/money/src/money.py');
    expect(scene.branches).toEqual([]);
  });

  it('that is one of ours gets none on top', async () => {
    await leaveArtifacts(scene.workspace);
    await scene.publish();
    const own = scene.pulls[0]!.branch;
    expect(await scene.publish({ branch: own })).toMatchObject({ outcome: 'own' });
    git(scene.workspace, 'fetch', '--quiet', scene.bare.path, own);
    scene.bare.git('update-ref', 'refs/heads/main', own);
    expect(await scene.publish()).toMatchObject({ outcome: 'own' });
  });
});

describe('cleaning up', () => {
  it('closes and deletes what is old, but nothing that somebody has pushed to meanwhile', async () => {
    await leaveArtifacts(scene.workspace);
    await scene.publish();
    const { repository, remote, forge } = await scene.request();
    const later = new Date(Date.now() + 3 * 86_400_000);
    const entries = planCleanup(await status(repository, remote, forge, later), 2);
    expect(entries).toMatchObject([{ goes: true, why: 'open for 3 days' }]);
    const { branch } = scene.pulls[0]!;
    const tip = scene.bare.heads().get(branch)!;
    scene.hosted.person.push(branch, { 'libs/money/tests/more.py': 'x = 1\n' });
    expect(await cleanUp(entries, remote, forge)).toMatchObject([{ goes: false }]);
    expect(scene.pulls[0]!.state).toBe('open');
    expect(scene.branches).toEqual([branch]);
    scene.bare.git('update-ref', `refs/heads/${branch}`, tip);
    expect(await cleanUp(entries, remote, forge)).toEqual(entries);
    expect(scene.pulls[0]!.state).toBe('closed');
    expect(scene.branches).toEqual([]);
    expect(await scene.publish()).toMatchObject({ outcome: 'opened' });
  });
});

describe('limits', () => {
  it('hold back what would be one too many', async () => {
    await leaveArtifacts(scene.workspace);
    await scene.publish();
    scene.bare.git('branch', 'other', 'main');
    const { settings } = await scene.request();
    const published = await scene.publish({
      branch: 'other',
      settings: { ...settings, maxOpen: 1 },
    });
    expect(published).toMatchObject({ outcome: 'limited', steps: [] });
  });
});

describe('when things go wrong', () => {
  it.each([
    { operation: 'pulls/create', fault: FAULTS.cutAfterwards },
    { operation: 'pulls/create', fault: FAULTS.badGatewayAfterwards },
    { operation: 'pulls/create', fault: FAULTS.cut },
    { operation: 'issues/add-labels', fault: FAULTS.cutAfterwards },
    { operation: 'pulls/list', fault: FAULTS.badGateway },
  ])(
    'at $operation, there is one pull request in the end: $fault',
    async ({ operation, fault }) => {
      await leaveArtifacts(scene.workspace);
      github.fail(operation, fault);
      expect(await scene.publish()).toMatchObject({ pull: { number: 1 } });
      expect(scene.pulls).toHaveLength(1);
      expect(scene.pulls[0]!.labels).toContain('sentries');
      expect(scene.branches).toHaveLength(1);
    },
  );

  it.each(['pulls/create', 'issues/add-labels', 'pulls/update'])(
    'whatever the server says to %s is told without the token, and the next run finishes it',
    async (operation) => {
      await leaveArtifacts(scene.workspace);
      if (operation === 'pulls/update') {
        await scene.publish();
        await leaveArtifacts(scene.workspace, {
          edits: [{ line: 9, before: '19', after: '21', tier: 'explained', id: 'test_rate' }],
        });
      }
      const kinds: string[] = [];
      for (const status of [401, 403, 404, 422, 429, 500]) {
        github.fail(operation, { status, message: `No: ${status}` }, { times: 99 });
        const error: unknown = await scene.publish().catch((thrown: unknown) => thrown);
        expect(error).toBeInstanceOf(ForgeError);
        expect(inspect(error, { depth: 9 })).not.toContain(TOKENS.write);
        kinds.push((error as ForgeError).kind);
        github.heal();
      }
      expect(kinds).toEqual(['token', 'rights', 'missing', 'conflict', 'limit', 'unreachable']);
      await scene.publish();
      expect(scene.pulls).toMatchObject([{ number: 1, state: 'open' }]);
      expect(scene.pulls[0]!.labels).toContain('sentries');
      expect(scene.branches).toEqual([scene.pulls[0]!.branch]);
      expect(await scene.publish()).toMatchObject({ outcome: 'unchanged' });
    },
  );

  it('the server dies after a push: there is one branch and one pull request', async () => {
    await leaveArtifacts(scene.workspace);
    scene.bare.dieAfterUpdate();
    await scene.publish();
    expect(scene.pulls).toHaveLength(1);
    expect(scene.branches).toHaveLength(1);
  });

  it('a server that refuses the branch is quoted', async () => {
    await leaveArtifacts(scene.workspace);
    scene.bare.refuseAll('No robots, please.');
    await expect(scene.publish()).rejects.toThrow('No robots, please.');
    expect(scene.pulls).toEqual([]);
  });

  it('two at the same moment end in one pull request', async () => {
    await leaveArtifacts(scene.workspace);
    const [a, b] = await Promise.all([scene.publish(), scene.publish()]);
    expect(scene.pulls.filter(({ state }) => state === 'open')).toHaveLength(1);
    expect(a.pull?.number).toBe(b.pull?.number);
    expect(scene.branches).toHaveLength(1);
  });
});
