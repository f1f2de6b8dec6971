import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { EnvironmentError } from '../errors';

/** A text of Python before and after an edit. */
export interface Edited {
  /** Of a module only docstrings may differ; an example must be Python if it was. */
  readonly kind: 'module' | 'example';
  readonly before: string;
  readonly after: string;
}

const PROGRAM = join(__dirname, '../../python/sentries_docs.py');
const SECONDS = 60;

/**
 * Asks the project's own interpreter whether it reads edited texts as before. Nothing of them is run.
 *
 * @returns for each text, why not; null where it does.
 * @throws EnvironmentError where the interpreter gives no answer.
 */
export async function unparsed(
  python: string,
  texts: readonly Edited[],
): Promise<readonly (string | null)[]> {
  if (texts.length === 0) return [];
  const child = spawn(python, ['-I', '-S', '-W', 'ignore', PROGRAM], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), SECONDS * 1000);
  const output: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
  // It may end before it has read all; then its answer is missing, which is heard below.
  child.stdin.on('error', () => undefined);
  child.stdin.end(JSON.stringify(texts));
  const code = await new Promise<number | null>((resolve) => {
    child.on('error', () => resolve(null));
    child.on('close', resolve);
  });
  clearTimeout(timer);
  if (code === 0) return JSON.parse(Buffer.concat(output).toString('utf8')) as (string | null)[];
  throw new EnvironmentError(
    `${python} could not check the edited texts`,
    'Run it by hand to see whether it works, or set the option "python".',
  );
}
