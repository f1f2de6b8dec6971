import { inspect } from 'node:util';
import { TOKENS } from '../../../../tools/github/accounts';
import { FAULTS } from '../../../../tools/github/faults';
import { ForgeError } from './forge/forge-error';
import { leaveArtifacts } from './publish.fixture';
import { eachInAScene, type Scene } from './scene.fixture';

let scene: Scene;
eachInAScene((one) => {
  scene = one;
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
      scene.github.fail(operation, fault);
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
        scene.github.fail(operation, { status, message: `No: ${status}` }, { times: 99 });
        const error: unknown = await scene.publish().catch((thrown: unknown) => thrown);
        expect(error).toBeInstanceOf(ForgeError);
        expect(inspect(error, { depth: 9 })).not.toContain(TOKENS.write);
        kinds.push((error as ForgeError).kind);
        scene.github.heal();
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
