import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PYTHON, ROOT } from '../tools/paths';
import type { Workspace } from '../tools/workspace';
import { ASSERTION, block, environment, languages, MENDED, modelServer, planned } from './model';

const EXECUTOR = join(ROOT, 'packages/nx-sentries/dist/executors/sentry-test/executor.js');

/** What Nx does with the task, in a process of its own. */
const TASK = `
const options = { strategy: 'auto', attempts: 1, python: ${JSON.stringify(PYTHON)} };
const context = {
  root: process.cwd(), projectName: 'greet', targetName: 'sentry-test', nxJsonConfiguration: {},
  projectGraph: { nodes: { greet: { data: { root: 'lib' } } }, dependencies: {} },
};
require(${JSON.stringify(EXECUTOR)}).default(options, context)
  .then(({ success }) => { process.exitCode = success ? 0 : 1; });
`;

/** Runs a program on a terminal of its own, 60 columns wide, and passes on what that shows. */
const TERMINAL = `
import fcntl, os, pty, struct, sys, termios
pid, fd = pty.fork()
if pid == 0:
    fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 60, 0, 0))
    os.execv(sys.argv[1], sys.argv[1:])
while True:
    try:
        data = os.read(fd, 4096)
    except OSError:
        break
    if not data:
        break
    os.write(1, data)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
`;

interface Task {
  readonly child: ChildProcess;
  /** What it wrote. */
  readonly output: () => string;
  /** Where its copies are. */
  readonly temporary: string;
}

function start(workspace: Workspace, base: string, terminal: boolean): Task {
  const temporary = join(workspace.root, '.git/temporary');
  mkdirSync(temporary);
  const program = [process.execPath, '-e', TASK];
  const [command, ...args] = terminal ? [PYTHON, '-c', TERMINAL, ...program] : program;
  const child = spawn(command!, args, {
    cwd: workspace.root,
    env: { ...process.env, ...environment(base), TMPDIR: temporary },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
  return { child, output: () => output, temporary };
}

const copiesIn = (folder: string): string[] =>
  readdirSync(folder).filter((name) => name.includes('-copy-'));

/** The lines that were written over themselves. */
const linesOver = (output: string): string[] =>
  output.split('\r\u001b[K').filter((text) => text.startsWith('[nx-sentries] p'));

const REPLIES = [planned(), { ...block(ASSERTION, MENDED), pause: 300 }] as const;

describe('a task that asks a model', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)(
    'ends with %s at once, says so, and leaves no copies behind',
    async (signal) => {
      const server = await modelServer({ hang: 'during' });
      const workspace = languages();
      const { child, output, temporary } = start(workspace, server.base, false);
      while (server.asked.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
      expect(copiesIn(temporary)).not.toEqual([]);
      const told = Date.now();
      child.kill(signal);
      const [code] = (await once(child, 'close')) as [number];
      expect(Date.now() - told).toBeLessThan(3_000);
      expect(code).toBe(1);
      expect(server.open).toBe(0);
      expect(copiesIn(temporary)).toEqual([]);
      expect(output()).toContain('the run was interrupted while a model was asked');
      const folder = join(workspace.root, '.sentries/greet/sentry-test');
      const record: unknown = JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8'));
      expect(record).toMatchObject({
        result: 'error',
        patch: null,
        error: { message: 'the run was interrupted while a model was asked' },
      });
      expect(readdirSync(folder)).not.toContain('changes.patch');
    },
  );

  it('tells on a terminal how far it is, on one line that is gone at the end', async () => {
    const server = await modelServer(...REPLIES);
    const { child, output } = start(languages(), server.base, true);
    const [code] = (await once(child, 'close')) as [number];
    expect(code).toBe(0);
    const shown = linesOver(output());
    expect(shown.join('\n')).toMatch(/plan: waiting for the first token, 0\.0 s/);
    expect(shown.join('\n')).toMatch(/patch: \d+ tokens?, the first after \d/);
    for (const line of shown) expect(line).toMatch(/^[^\r\n]{1,59}$/);
    const [, after] = output()
      .split(/\r\u001b\[K(?!\[nx-sentries\] p)/)
      .slice(-2);
    expect(after).toContain('repaired');
  });

  it('tells nothing of that where no terminal is', async () => {
    const server = await modelServer(...REPLIES);
    const { child, output } = start(languages(), server.base, false);
    const [code] = (await once(child, 'close')) as [number];
    expect(code).toBe(0);
    expect(output()).not.toContain('\u001b[K');
    expect(output()).not.toContain('token');
  });
});
