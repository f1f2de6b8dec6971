import { spawnSync } from 'node:child_process';

/** Commits all files, those too that the release's own ignore list leaves out. */
export function commitAll(root: string, message: string): string {
  git(root, 'add', '--all', '--force');
  git(root, 'commit', '--quiet', '--message', message);
  return git(root, 'rev-parse', 'HEAD').trim();
}

/** Settings that must not depend on the machine. */
const SETTINGS = ['user.name=Bench', 'user.email=bench@example.com', 'commit.gpgsign=false'].concat(
  'core.autocrlf=false',
);

export function git(root: string, ...args: readonly string[]): string {
  const settings = SETTINGS.flatMap((setting) => ['-c', setting]);
  const { status, stdout, stderr, error } = spawnSync('git', [...settings, ...args], {
    cwd: root,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`git ${args.join(' ')}: ${error?.message ?? stderr}`);
  return stdout;
}
