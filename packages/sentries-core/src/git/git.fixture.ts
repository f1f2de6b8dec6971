import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Runs the real git in a folder, without the user's own configuration. */
export function git(folder: string, ...args: string[]): string {
  const env = {
    ...process.env,
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_NAME: 'spec',
    GIT_AUTHOR_EMAIL: 'spec@example.org',
    GIT_COMMITTER_NAME: 'spec',
    GIT_COMMITTER_EMAIL: 'spec@example.org',
  };
  return execFileSync('git', args, { cwd: folder, env, stdio: 'pipe' }).toString().trim();
}

/** Writes files; paths go from the folder. */
export function put(folder: string, files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

/** Commits everything that is in the work tree, and gives the commit's hash. */
export function commitAll(folder: string): string {
  git(folder, 'add', '--all');
  git(folder, 'commit', '--quiet', '--allow-empty', '--message', 'spec');
  return git(folder, 'rev-parse', 'HEAD');
}

/** Makes the folder a repository whose branch `main` has one commit with the files. */
export function repositoryWith(
  folder: string,
  files: Readonly<Record<string, string | Uint8Array>>,
): string {
  git(folder, 'init', '--quiet', '--initial-branch=main');
  put(folder, files);
  return commitAll(folder);
}
