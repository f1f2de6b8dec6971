import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { startProcess } from '../pytest/process';

/** A tool that makes a site of a project's documentation, as the project has it set up. */
export interface DocBuild {
  readonly tool: 'sphinx' | 'mkdocs';
  /** Its configuration, from the project's folder. */
  readonly config: string;
}

/** What a build came to. */
export interface Built {
  /** Why there is no site; null where there is one. */
  readonly failed: string | null;
  /** Its warnings without lines and folders, and how often each came. */
  readonly warnings: ReadonlyMap<string, number>;
}

const SET_UP: readonly DocBuild[] = [
  ...['docs', 'doc', 'docs/source', 'doc/source'].map((folder) => ({
    tool: 'sphinx' as const,
    config: `${folder}/conf.py`,
  })),
  ...['mkdocs.yml', 'mkdocs.yaml'].map((config) => ({ tool: 'mkdocs' as const, config })),
];

/** The builds that a project is set up for. */
export const docBuildsIn = (folder: string): DocBuild[] =>
  SET_UP.filter(({ config }) => existsSync(join(folder, config)));

export interface BuildOptions {
  readonly python: string;
  /** The project's folder, in an isolated copy. */
  readonly folder: string;
  /** The copy's root. */
  readonly root: string;
  /** Folders in which importable code begins. */
  readonly importRoots: readonly string[];
  /** Where the site goes: a folder that is not there. */
  readonly output: string;
  /** Seconds. */
  readonly timeout: number;
}

/**
 * Builds documentation. It runs code of the project: its `conf.py`, and what that imports.
 *
 * @throws EnvironmentError where the interpreter can't be started.
 */
export async function buildDocs(
  { tool, config }: DocBuild,
  { python, folder, root, importRoots, output, timeout }: BuildOptions,
): Promise<Built> {
  const report = join(output, 'warnings.txt');
  const site = join(output, 'site');
  const source = join(folder, config.replace(/\/?conf\.py$/, ''));
  const args =
    tool === 'sphinx'
      ? ['-b', 'html', '-q', '-E', '--no-color', '-w', report, source, site]
      : ['build', '--clean', '--config-file', join(folder, config), '--site-dir', site];
  let said = '';
  const ended = await startProcess(python, ['-m', tool, ...args], {
    cwd: folder,
    env: {
      ...process.env,
      PYTHONPATH: [...importRoots, process.env['PYTHONPATH']].filter(Boolean).join(delimiter),
      PYTHONDONTWRITEBYTECODE: '1',
      NO_COLOR: '1',
    },
    timeout,
    onOutput: (chunk) => (said += chunk),
  });
  const text = tool === 'sphinx' ? await readFile(report, 'utf8').catch(() => '') : said;
  const plain = (line: string): string =>
    line
      .replaceAll(output, '')
      .replaceAll(`${root}/`, '')
      .replaceAll(/:\d+(?=:)/g, '')
      .trim();
  const warnings = new Map<string, number>();
  for (const line of text.split('\n').filter((one) => WARNING.test(one)))
    warnings.set(plain(line), (warnings.get(plain(line)) ?? 0) + 1);
  const last = ended.tail.trim().split('\n').at(-1) ?? '';
  const failed = ended.timedOut
    ? `it took longer than ${timeout} seconds`
    : ended.code === 0
      ? null
      : plain(last) || 'it gave no reason';
  return { failed, warnings };
}

const WARNING = /\b(WARNING|ERROR|CRITICAL|SEVERE)\b/;

/** What is wrong with a later build and was not with an earlier one; undefined where nothing is. */
export function worsening(before: Built, after: Built): string | undefined {
  if (after.failed !== null) return `it fails: ${after.failed}`;
  const fresh = [...after.warnings].find(
    ([text, times]) => times > (before.warnings.get(text) ?? 0),
  );
  return fresh && `it has a new warning: ${fresh[0]}`;
}
