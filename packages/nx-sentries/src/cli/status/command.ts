import { Command } from 'commander';

/** `sentries status`: the branches and pull requests of the sentries. */
export function statusCommand(): Command {
  return new Command('status')
    .description('The branches and pull requests of the sentries: age, state, whose they are.')
    .option('--json', 'print it as JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const { openPublishing, status } = await import('sentries-core');
      const { currentWorkspace } = await import('../current-settings.js');
      const { statusText } = await import('./text.js');
      const { repository, remote, forge } = await openPublishing(currentWorkspace(), process.env);
      const all = await status(repository, remote, forge);
      process.stdout.write(`${json ? JSON.stringify(all, null, 2) : statusText(all)}\n`);
    });
}
