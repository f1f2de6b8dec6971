import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { RunRecord, Verified } from 'sentries-core';
import { unifiedDiff } from '../packages/sentries-core/src/patch/unified-diff';
import type { Ended, Workspace } from '../tools/workspace';
import { nxJson } from './graph-workspace';
import { CHANGED, docSentry, documented } from './docs-library';
import { library, LIBRARY, REWORDED, sentry } from './library';

const FILE = 'lib/tests/test_greet.py';
const FOLDER = '.sentries/greet/sentry-test';

let workspace: Workspace;

/** A task has left a patch; nothing has happened since. */
beforeEach(async () => {
  workspace = library({
    'nx.json': nxJson(['nx-sentries']),
    'package.json': '{ "name": "work", "private": true }',
    '.gitignore': 'node_modules\n.venv\n__pycache__\n.nx\n.sentries\n',
  });
  workspace.write({ 'lib/src/greet.py': REWORDED });
  expect((await sentry(workspace)).result).toBe('repaired');
});

const sentries = (...args: string[]): Promise<Ended> => workspace.sentries(args);

async function verified(): Promise<Verified & { readonly code: number | null }> {
  const { code, output } = await sentries('verify', 'greet', '--json');
  return { code, ...(JSON.parse(output) as Verified[])[0]! };
}

/** Puts another value where the patch puts its own, in all artifacts alike. */
function forge(value: string): void {
  const before = readFileSync(join(workspace.root, FILE));
  const after = Buffer.from(before.toString().replace('"Hello, Ann!"', value));
  workspace.write({
    [`${FOLDER}/changes.patch`]: unifiedDiff([{ path: FILE, before, after }]).text,
    [`${FOLDER}/run.json`]: workspace
      .read(`${FOLDER}/run.json`)
      .replaceAll(JSON.stringify('"Good day, Ann!"'), JSON.stringify(value)),
  });
}

describe('npx sentries verify', () => {
  it('bears out a patch that does what it claims, and changes nothing', async () => {
    const before = workspace.git('status', '--porcelain');
    const { code, holds, says } = await verified();
    expect(says).toBe(
      '2 tests ran with the patch; 1 repaired ones passed twice, 1 of them fail on the old source',
    );
    expect({ code, holds }).toEqual({ code: 0, holds: true });
    expect(workspace.git('status', '--porcelain')).toBe(before);
  });

  it.each([
    {
      given: 'files that have changed since',
      damage: () => workspace.write({ 'lib/src/other.py': 'x = 1\n' }),
      says: 'the files of the project are not those that the run worked on',
    },
    {
      given: 'a test file that has changed since',
      damage: () => workspace.write({ [FILE]: `# mine\n${LIBRARY[FILE] as string}` }),
      says: `${FILE} is not what the patch was made from`,
    },
    {
      given: 'a record that was cut short',
      damage: () => workspace.write({ [`${FOLDER}/run.json`]: '{"version": 1' }),
      says: 'are damaged',
    },
    {
      given: 'a patch that repairs nothing',
      damage: () => forge('"Good night, Ann!"'),
      says: 'does not pass with it',
    },
    {
      given: 'a patch after which the test notices nothing',
      damage: () => forge('greet("Ann")'),
      says: /^0 of its tests fail on the source of the base; 1 did when it was made$|may not be written/,
    },
  ])('given $given, says so, and fails', async ({ damage, says }) => {
    damage();
    const { code, output } = await sentries('verify');
    expect(code).toBe(1);
    expect(output.replace(/^. sentry-test greet: /, '').split('\n')[0]).toMatch(says);
    expect(output).toContain('\n  → ');
  });

  it('given that the patch was applied, says how to be sure of it', async () => {
    expect((await sentries('apply')).code).toBe(0);
    const { code, says, hint } = await verified();
    expect({ code, says }).toEqual({ code: 1, says: `${FILE} has its patch already` });
    expect(hint).toContain('running the tests');
  });
});

describe('npx sentries verify, of documentation,', () => {
  beforeEach(async () => {
    workspace = documented({
      'nx.json': nxJson(['nx-sentries']),
      'package.json': '{ "name": "work", "private": true }',
      '.gitignore': 'node_modules\n.venv\n__pycache__\n.nx\n.sentries\n',
    });
    workspace.write(CHANGED);
    rmSync(join(workspace.root, 'lib/src/acme/rates.py'));
    expect((await docSentry(workspace)).result).toBe('repaired');
  });

  it('reads the pages anew', async () => {
    const { code, output } = await sentries('verify', '--json');
    expect(JSON.parse(output)).toEqual([
      expect.objectContaining({
        holds: true,
        says: expect.stringMatching(/^\d\d references stand on the changed lines/) as string,
      }),
    ]);
    expect(code).toBe(0);
  });

  it('given a patch that leads elsewhere, says so, and fails', async () => {
    const [patch, run] = ['changes.patch', 'run.json'].map(
      (name) => `.sentries/acme/sentry-doc/${name}`,
    );
    const forged = (text: string): string => text.replaceAll('exchange', 'exchanged');
    const edits = [...workspace.read(patch!).matchAll(/^\+\+\+ b\/(.*)$/gm)].map(([, path]) => {
      const before = readFileSync(join(workspace.root, path!));
      workspace.git('apply', `--include=${path!}`, patch!);
      const after = workspace.read(path!);
      workspace.git('apply', '--reverse', `--include=${path!}`, patch!);
      const text = path === 'lib/README.md' ? forged(after) : after;
      return { path: path!, before, after: Buffer.from(text) };
    });
    const record = JSON.parse(workspace.read(run!)) as RunRecord;
    const failures = record.failures.map((one) => ({
      ...one,
      edits: one.edits.map((edit) =>
        edit.file === 'lib/README.md' ? { ...edit, after: forged(edit.after) } : edit,
      ),
    }));
    workspace.write({
      [patch!]: unifiedDiff(edits).text,
      [run!]: JSON.stringify({ ...record, failures }),
    });
    const { code, output } = await sentries('verify');
    expect(output).toMatch(/✘ sentry-doc acme: with it .* names .*exchanged, which leads nowhere/);
    expect(code).toBe(1);
  });
});

describe('npx sentries report', () => {
  it('has a line for each run, and the whole of those that are named', async () => {
    const all = await sentries('report');
    expect(all).toEqual({
      code: 0,
      output: `sentry-test greet: repaired (1 failure: 1 repaired)\n  ${FOLDER}/report.html\n`,
    });
    const one = await sentries('report', 'greet');
    expect(one.output.trimEnd()).toBe(workspace.read(`${FOLDER}/report.md`).trimEnd());
    const { output } = await sentries('report', '--json');
    expect(JSON.parse(output)).toEqual([JSON.parse(workspace.read(`${FOLDER}/run.json`))]);
  });

  it('shows control characters of artifacts that others made, and sends none to the terminal', async () => {
    const path = `${FOLDER}/run.json`;
    const forged = workspace.read(path).replaceAll('::test_', '::\\u001b[2Jtest_');
    workspace.write({ [path]: forged });
    const { output } = await sentries('report', 'greet');
    expect(output).toContain('::\\x1b[2Jtest_');
    expect(output).not.toContain('\u001b');
  });

  it('given a project without artifacts, says which have some', async () => {
    const { code, output } = await sentries('report', 'nobody');
    expect(code).toBe(2);
    expect(output).toContain('no artifacts of a project "nobody"');
    expect(output).toContain('There are some of greet');
  });
});
