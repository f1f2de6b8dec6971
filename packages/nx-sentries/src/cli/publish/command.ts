import { Command } from 'commander';

interface PublishOptions {
  branch?: string;
  dryRun?: boolean;
  json?: boolean;
}

/** `sentries publish`: one pull request from the artifacts of a run. */
export function publishCommand(): Command {
  return new Command('publish')
    .description(
      'Opens or updates the one pull request for the patches in .sentries. Nothing of yours is touched: the ' +
        'branch is built beside your work tree, and what was published is not published again.',
    )
    .argument('[project...]', 'names of projects; by default all that have artifacts')
    .option('--branch <name>', 'the branch that was tested (the job’s, else the one checked out)')
    .option('--dry-run', 'say what would be done, and do nothing')
    .option('--json', 'print what was done as JSON')
    .action(async (projects: string[], { branch, dryRun, json }: PublishOptions) => {
      const { publishArtifacts } = await import('./publish-artifacts.js');
      const { publishText } = await import('./text.js');
      const told = await publishArtifacts(projects, {
        ...(branch !== undefined && { branch }),
        isDry: dryRun ?? false,
      });
      process.stdout.write(`${json ? JSON.stringify(told, null, 2) : publishText(told)}\n`);
    });
}
