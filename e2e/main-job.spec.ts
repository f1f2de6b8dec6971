import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv/dist/2020';
import { INSTALLATION, PYTHON } from '../tools/paths';
import { Workspace, type Files } from '../tools/workspace';
import { LIBRARY, outcomes, REWORDED } from './library';

const manifest = (name: string, ...requires: string[]): string =>
  `[project]\nname = "${name}"\nversion = "1"\ndependencies = ${JSON.stringify(requires)}\n` +
  `[tool.pytest.ini_options]\npythonpath = ["src", "../lib/src"]\n`;

/** A greeting, a shop that depends on it, a project of its own, and one that is not Python. */
const SHOP: Files = {
  ...LIBRARY,
  'nx.json': '{ "plugins": ["nx-sentries"], "neverConnectToCloud": true, "analytics": false }',
  'package.json': '{ "name": "work", "private": true, "workspaces": ["web"] }',
  '.gitignore': 'node_modules\n.nx\n.venv\n__pycache__\n',
  'shop/pyproject.toml': manifest('Web_Shop', 'greet>=1'),
  'shop/src/shop.py':
    'from greet import greet\n\n\ndef total(prices):\n    return sum(prices)\n\n\ndef welcome(name):\n    return greet(name)\n',
  'shop/tests/test_shop.py':
    'from shop import total, welcome\n\n\ndef test_welcome():\n    assert welcome("Ann") == "Hello, Ann!"\n\n\ndef test_total():\n    assert total([2, 3]) == 5\n',
  'alone/pyproject.toml': manifest('alone'),
  'alone/tests/test_alone.py': 'def test_alone():\n    assert 1 + 1 == 2\n',
  'web/package.json': '{ "name": "web" }',
};

/** On a branch, the greeting is reworded on purpose, and the sum is broken. */
function shop(): Workspace {
  const workspace = Workspace.create();
  workspace.write(SHOP);
  workspace.git('init', '--quiet', '--initial-branch=main');
  workspace.commit('first');
  workspace.git('checkout', '--quiet', '-b', 'change');
  workspace.write({
    'lib/src/greet.py': REWORDED,
    'shop/src/shop.py': (SHOP['shop/src/shop.py'] as string).replace(
      'sum(prices)',
      'sum(prices[1:])',
    ),
  });
  workspace.commit('second');
  return workspace;
}

/** A Python in a folder of its own that counts how often it is started. */
function countingPython(workspace: Workspace): () => number {
  const log = join(workspace.root, '.nx/started');
  workspace.write({ '.nx/python': `#!/bin/sh\necho >> "${log}"\nexec "${PYTHON}" "$@"\n` });
  workspace.git('update-index', '--refresh');
  return () => (existsSync(log) ? readFileSync(log, 'utf8').length : 0);
}

describe('nx affected -t sentry-test, after a change that rewords a greeting and breaks a sum', () => {
  let workspace: Workspace;
  let output: string;
  let code: number | null;

  beforeAll(async () => {
    workspace = shop();
    ({ output, code } = await workspace.nx([
      'affected',
      '-t',
      'sentry-test',
      '--outputStyle=static',
    ]));
  });

  it('runs in the changed project and in the one that depends on it, and nowhere else', () => {
    expect(output).toMatch(/nx run greet:sentry-test/);
    expect(output).toMatch(/nx run web-shop:sentry-test/);
    expect(output).not.toMatch(/nx run (alone|web):sentry-test/);
  });

  it('repairs what the change explains, and leaves the broken sum red', () => {
    expect(outcomes(workspace.record('greet'))).toEqual({
      'tests/test_greet.py::test_greet': 'repaired',
    });
    expect(outcomes(workspace.record('web-shop'))).toEqual({
      'tests/test_shop.py::test_welcome': 'repaired',
      'tests/test_shop.py::test_total': 'suspected-regression',
    });
    expect(workspace.record('greet').result).toBe('repaired');
    expect(workspace.record('web-shop').result).toBe('partial');
    expect(code).not.toBe(0);
  });

  it('draws on the change of the dependency, and says where the new value stands', () => {
    const [, welcome] = workspace.record('web-shop').failures;
    expect(welcome).toMatchObject({ tier: 'explained', strategy: 'expected-literal' });
    expect(welcome?.evidence.map(({ file, line, side }) => `${side} ${file}:${line}`)).toEqual([
      'base lib/src/greet.py:2',
      'head lib/src/greet.py:2',
    ]);
  });

  it('shows the edit that would silence the regression, and does not put it in the patch', () => {
    const [total] = workspace.record('web-shop').failures;
    expect(total?.edits).toEqual([
      { file: 'shop/tests/test_shop.py', line: 9, before: '5', after: '3' },
    ]);
    expect(workspace.read('.sentries/web-shop/sentry-test/changes.patch')).not.toMatch(
      /^[+-].*total/m,
    );
  });

  it('proves the repair: all tests ran, and the repaired one fails on the old source', () => {
    expect(workspace.record('greet').verification).toEqual({
      tests: 2,
      repaired: 1,
      failOnOldSource: 1,
    });
  });

  it('writes records that the published schema accepts', () => {
    const schema = join(INSTALLATION, 'node_modules/sentries-core/assets/run.schema.json');
    const validate = new Ajv().compile(JSON.parse(readFileSync(schema, 'utf8')) as object);
    for (const project of ['greet', 'web-shop']) {
      const record: unknown = JSON.parse(
        workspace.read(`.sentries/${project}/sentry-test/run.json`),
      );
      expect([validate(record), validate.errors]).toEqual([true, null]);
      expect(validate({ ...(record as object), result: 'fine' })).toBe(false);
    }
  });

  it('lists the patches at the end, where Nx hides what successful tasks print', async () => {
    const { output: later } = await workspace.nx(['run', 'greet:sentry-test']);
    expect(later).toMatch(/verified patches[^]*\.sentries\/greet\/sentry-test\/changes\.patch/);
    expect(later).not.toMatch(/applied/);
  });

  it('changes nothing that git sees', () => {
    expect(workspace.git('status', '--porcelain')).toBe('');
  });

  it('gives the same record for the same input, but for the time it took, in colour too', async () => {
    const before = { ...workspace.record('web-shop'), timings: {} };
    const colour = { FORCE_COLOR: '1', NO_COLOR: undefined };
    await workspace.nx(['run', 'web-shop:sentry-test', '--skip-nx-cache'], colour);
    expect({ ...workspace.record('web-shop'), timings: {} }).toEqual(before);
  });
});

describe('--mode=apply', () => {
  it('applies the patches of all projects once all tasks have ended', async () => {
    const workspace = shop();
    const { output } = await workspace.nx(['affected', '-t', 'sentry-test', '--mode=apply']);
    expect(output).toMatch(
      /applied to the working tree:\s+lib\/tests\/test_greet.py\s+shop\/tests\/test_shop.py/,
    );
    const pytest = await workspace.run(PYTHON, ['-m', 'pytest', '-q'], 'shop');
    expect(pytest.output).toMatch(/1 failed, 1 passed/);
    expect(workspace.read('shop/tests/test_shop.py')).toContain('"Good day, Ann!"');
  });

  it('applies from the cache too, and starts no Python for it', async () => {
    const workspace = shop();
    const started = countingPython(workspace);
    await workspace.run('chmod', ['+x', '.nx/python']);
    const args = ['run', 'greet:sentry-test', '--mode=apply', '--python=.nx/python'];
    await workspace.nx(args);
    const once = started();
    expect(once).toBeGreaterThan(0);
    workspace.git('checkout', '--', '.');
    const { output } = await workspace.nx(args);
    expect(output).toMatch(/existing outputs match the cache|local cache/);
    expect(started()).toBe(once);
    expect(workspace.read('lib/tests/test_greet.py')).toContain('Good day');
  });

  it('applies nothing where one file has changed since, and fails the run', async () => {
    const workspace = shop();
    // Another task of the same run edits a test file, as a person may meanwhile.
    const append = `require('fs').appendFileSync('lib/tests/test_greet.py', '# mine\\n')`;
    const meddle = {
      executor: 'nx:run-commands',
      options: { command: `node -e "${append}"`, forwardAllArgs: false },
      dependsOn: [{ projects: ['greet'], target: 'sentry-test' }],
    };
    workspace.write({
      'alone/project.json': JSON.stringify({ name: 'alone', targets: { meddle } }),
    });
    const args = ['run-many', '-t', 'sentry-test', 'meddle', '--mode=apply'];
    const { output, code } = await workspace.nx(args);
    expect(code).toBe(1);
    expect(output).toMatch(/lib\/tests\/test_greet.py has changed since the patch was made/);
    expect(workspace.read('lib/tests/test_greet.py')).toMatch(/Hello, Ann[^]*# mine/);
    expect(workspace.read('shop/tests/test_shop.py')).toContain('Hello, Ann');
  });
});

describe('the options', () => {
  it('report: names the repair and makes none', async () => {
    const workspace = shop();
    const { code } = await workspace.nx(['run', 'greet:sentry-test', '--mode=report']);
    expect(code).not.toBe(0);
    expect(workspace.record('greet')).toMatchObject({
      result: 'unrepaired',
      patch: null,
      failures: [{ tier: 'explained', edits: [{ after: '"Good day, Ann!"' }] }],
    });
  });

  it('accept=mechanical: leaves expected values alone; accept=all: silences, and says so', async () => {
    const workspace = shop();
    await workspace.nx(['run', 'web-shop:sentry-test', '--accept=mechanical']);
    expect(workspace.record('web-shop')).toMatchObject({ result: 'unrepaired', patch: null });
    await workspace.nx(['run', 'web-shop:sentry-test', '--accept=all']);
    const { result, failures } = workspace.record('web-shop');
    expect([result, failures.map(({ tier }) => tier)]).toEqual([
      'repaired',
      ['unexplained', 'explained'],
    ]);
  });

  it('failOnRepair: is red even where all is repaired', async () => {
    const workspace = shop();
    expect((await workspace.nx(['run', 'greet:sentry-test'])).code).toBe(0);
    expect((await workspace.nx(['run', 'greet:sentry-test', '--failOnRepair'])).code).toBe(1);
  });

  it('--base of nx affected is the start of the change for the tasks, too', async () => {
    const workspace = shop();
    workspace.git('checkout', '--quiet', '-B', 'main');
    const { output } = await workspace.nx(['affected', '-t', 'sentry-test', '--base=HEAD~1']);
    expect(output).toMatch(/greet:sentry-test/);
    expect(workspace.record('greet')).toMatchObject({
      result: 'repaired',
      base: workspace.git('rev-parse', 'HEAD~1').trim(),
    });
  });

  it('NX_BASE names the start of the change', async () => {
    const workspace = shop();
    workspace.write({ 'README.md': 'later\n' });
    workspace.commit('third');
    await workspace.nx(['run', 'greet:sentry-test'], { NX_BASE: 'HEAD~1', NX_HEAD: 'HEAD' });
    const { base, failures } = workspace.record('greet');
    expect(base).toBe(workspace.git('rev-parse', 'HEAD~1').trim());
    expect(failures).toMatchObject([
      { outcome: 'unrepaired', reason: expect.stringContaining('nothing changed') as string },
    ]);
  });
});
