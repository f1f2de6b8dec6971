import { Command } from 'commander';
import { printable } from '../printable';

interface ApplyOptions {
  dryRun?: boolean;
  json?: boolean;
}

/** `sentries apply`: takes verified patches from the artifacts into the working tree. */
export function applyCommand(): Command {
  return new Command('apply')
    .description(
      'Apply the verified patches in .sentries to the working tree: all of them, or none if a file has changed since. ' +
        'Runs no task, so it does for artifacts of another machine, too.',
    )
    .argument('[project...]', 'names of projects; by default all that have artifacts')
    .option('--dry-run', 'only say which files would be written')
    .option('--json', 'print it as JSON')
    .action(async (projects: string[], options: ApplyOptions) => {
      const { appliedText, applyArtifacts } = await import('./apply.js');
      const applied = await applyArtifacts(projects, options.dryRun ?? false);
      process.stdout.write(
        `${options.json ? JSON.stringify(applied, null, 2) : printable(appliedText(applied))}\n`,
      );
    });
}
