import type { Workspace } from '../tools/workspace';
import { library, LIBRARY, REWORDED, sentry } from './library';

/** A workspace whose task has left a patch. */
async function patched(): Promise<Workspace> {
  const workspace = library({ 'nx.json': '{}' });
  workspace.write({ 'lib/src/greet.py': REWORDED });
  expect((await sentry(workspace)).result).toBe('repaired');
  return workspace;
}

const FILE = 'lib/tests/test_greet.py';
const PATCH = '.sentries/greet/sentry-test/changes.patch';
const RECORD = '.sentries/greet/sentry-test/run.json';

describe('npx sentries apply', () => {
  it('takes the patches of all tasks that have run, and nothing twice', async () => {
    const workspace = await patched();
    const first = await workspace.sentries(['apply']);
    expect(first).toEqual({ code: 0, output: `applied to the working tree:\n  ${FILE}\n` });
    expect(workspace.read(FILE)).toContain('"Good day, Ann!"');
    const second = await workspace.sentries(['apply']);
    expect(second).toEqual({ code: 0, output: `applied already:\n  ${FILE}\n` });
  });

  it('with --dry-run only says what it would do', async () => {
    const workspace = await patched();
    const { code, output } = await workspace.sentries(['apply', '--dry-run', '--json', 'greet']);
    expect(code).toBe(0);
    expect(JSON.parse(output)).toEqual({
      dryRun: true,
      projects: [{ name: 'greet', files: [FILE] }],
      written: [FILE],
      unchanged: [],
    });
    expect(workspace.read(FILE)).toBe(LIBRARY[FILE]);
  });

  it('has nothing to do where nothing is repaired, or no task has run', async () => {
    const workspace = library({ 'nx.json': '{}' });
    const none = await workspace.sentries(['apply']);
    expect(none.code).toBe(0);
    expect(none.output).toContain('nothing to apply: there are no artifacts');
    await sentry(workspace);
    const green = await workspace.sentries(['apply']);
    expect(green.code).toBe(0);
    expect(green.output).toContain('no patch in the artifacts of greet');
  });

  it('writes nothing where a file has changed since', async () => {
    const workspace = await patched();
    const mine = `# mine\n${workspace.read(FILE)}`;
    workspace.write({ [FILE]: mine });
    const { code, output } = await workspace.sentries(['apply']);
    expect(code).toBe(1);
    expect(output).toMatch(/^sentries: .*has changed since the patch was made\n {2}→ /);
    expect(workspace.read(FILE)).toBe(mine);
  });

  it('refuses what is not what the record says', async () => {
    const workspace = await patched();
    workspace.write({ [PATCH]: workspace.read(PATCH).replaceAll(FILE, '.github/workflows/ci.py') });
    const { code, output } = await workspace.sentries(['apply']);
    expect(code).toBe(1);
    expect(output).toContain('the artifacts of greet are refused: the patch has other files');
    workspace.write({ [RECORD]: '{"version": 1' });
    expect(await workspace.sentries(['apply'])).toMatchObject({
      code: 1,
      output: expect.stringContaining('are damaged\n  → Run the task again.') as string,
    });
  });

  it.each([
    { what: 'an unknown project', args: ['apply', 'great'], says: 'There are some of greet.' },
    { what: 'an unknown option', args: ['apply', '--yolo'], says: 'unknown option' },
  ])('$what is wrong usage', async ({ args, says }) => {
    const { code, output } = await (await patched()).sentries(args);
    expect(code).toBe(2);
    expect(output).toContain(says);
  });

  it('outside of a workspace is wrong usage', async () => {
    const { code, output } = await library().sentries(['apply']);
    expect(code).toBe(2);
    expect(output).toContain('there is no nx.json');
  });
});
