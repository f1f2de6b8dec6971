import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolders } from '../folder.fixture';
import { git } from '../git/git.fixture';
import { clearArtifacts, artifactFolder } from '../report/artifacts';
import { cleanUp, planCleanup } from './cleanup';
import { FILES, leaveArtifacts, TEST_FILE } from './publish.fixture';
import { eachInAScene, leaveGreen, Scene } from './scene.fixture';
import { status } from './status';

const newFolder = temporaryFolders();
let scene: Scene;
eachInAScene((one) => {
  scene = one;
});

/** All that was written to the server so far. */
const written = () => [...scene.github.writes(), ...scene.github.pushes().map(({ path }) => path)];

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
  scene = Scene.open(scene.github, newFolder(), { ...FILES, [UNITS]: UNITS_BEFORE });
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
