import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { PYTHON_ENVIRONMENT, ROOT } from '../tools/paths';
import { Workspace, type Ended } from '../tools/workspace';
import { LIBRARY, REWORDED } from './library';

const README = readFileSync(join(ROOT, 'README.md'), 'utf8');

/** The fenced blocks of a language, in order. */
const blocks = (language: string): string[] =>
  [...README.matchAll(/^```(\w+)\n([^]*?)^```$/gm)]
    .filter(([, name]) => name === language)
    .map(([, , text]) => text!.trimEnd());

/** The first paragraph below the title. */
const introduction = README.split('\n\n')[1]!;

describe('the README', () => {
  /** A user's own workspace: Nx from the registry, a Python library, and a branch that rewords it. */
  let own: Workspace;

  beforeAll(async () => {
    own = Workspace.temporary();
    const { version } = JSON.parse(
      readFileSync(join(ROOT, 'node_modules/nx/package.json'), 'utf8'),
    ) as {
      version: string;
    };
    symlinkSync(PYTHON_ENVIRONMENT, join(own.root, '.venv'), 'junction');
    own.write({
      ...LIBRARY,
      'package.json': JSON.stringify({
        name: 'own',
        private: true,
        devDependencies: { nx: version },
      }),
      '.gitignore': 'node_modules\n.nx\n.venv\n__pycache__\n',
    });
    await shell(own, 'npm install --no-audit --no-fund --ignore-scripts --prefer-offline');
    own.git('init', '--quiet', '--initial-branch=main');
  });

  const shell = async (workspace: Workspace, command: string): Promise<Ended> => {
    const ended = await workspace.run('sh', ['-c', command], '.', {
      SENTRIES: ROOT,
      NX_NO_CLOUD: 'true',
    });
    if (ended.code !== 0) throw new Error(`${command} ended with ${ended.code}:\n${ended.output}`);
    return ended;
  };

  it('says in three sentences what this is', () => {
    expect(introduction.match(/[.](\s|$)/g)).toHaveLength(3);
  });

  it('shows what the demo really prints, with the command it gives', async () => {
    expect(blocks('sh')[0]).toBe('npm run demo\nnpm test');
    const here = Workspace.at(ROOT);
    const { output } = await shell(here, 'npm run demo');
    const shown = blocks('text')[0]!
      .split('\n')
      .filter((line) => line.trim() !== '');
    expect(shown.length).toBeGreaterThan(8);
    for (const line of shown) expect(output).toContain(line);
    // `npm test` is what runs this spec.
    const scripts = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      scripts: object;
    };
    expect(scripts.scripts).toHaveProperty('test');
    // All of the demo, which has runs of Nx of its own.
  }, 600_000);

  it('leads from nothing to an applied repair in a workspace of one’s own', async () => {
    const [, pack, install, init, affected, apply, mode, artifacts, check, ...more] = blocks('sh');
    expect(more).toEqual([]);
    await shell(Workspace.at(ROOT), pack!);
    await shell(own, `${install} --no-audit --no-fund --ignore-scripts --prefer-offline`);
    own.write({ 'nx.json': '{ "analytics": false }' });
    await shell(own, init!);
    own.commit('first');
    own.git('checkout', '--quiet', '-b', 'change');
    own.write({ 'lib/src/greet.py': REWORDED });
    own.commit('second');

    const { output } = await shell(own, affected!);
    expect(output).toMatch(/greet:sentry-test/);
    await shell(own, apply!);
    expect(own.read('lib/tests/test_greet.py')).toContain('Good day, Ann!');

    own.git('checkout', '--', 'lib/tests');
    await shell(own, mode!);
    expect(own.read('lib/tests/test_greet.py')).toContain('Good day, Ann!');

    own.git('checkout', '--', 'lib/tests');
    await shell(own, artifacts!);
    expect(own.read('lib/tests/test_greet.py')).toContain('Good day, Ann!');

    const checked = await shell(own, check!);
    expect(checked.output).toContain('none is broken');
  });
});
