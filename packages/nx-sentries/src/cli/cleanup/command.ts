import { Command, InvalidArgumentError } from 'commander';

interface CleanupOptions {
  dryRun?: boolean;
  force?: boolean;
  maxAgeDays?: number;
  json?: boolean;
}

/** `sentries cleanup`: deletes what the sentries left, and nothing else. */
export function cleanupCommand(): Command {
  return new Command('cleanup')
    .description(
      'Deletes branches of merged and closed pull requests of the sentries, branches without one, and what killed ' +
        'runs left on this machine. Only what is provably theirs: a branch with a commit of somebody else stays.',
    )
    .option('--dry-run', 'say what would go, and delete nothing')
    .option('--force', 'delete without asking')
    .option(
      '--max-age-days <days>',
      'open pull requests go, too, whose commit is older than that',
      days,
    )
    .option('--json', 'print it as JSON')
    .action(async (options: CleanupOptions) => {
      const { cleanUpWorkspace } = await import('./clean-up-workspace.js');
      const { cleanupText } = await import('./text.js');
      const cleaned = await cleanUpWorkspace({
        ...(options.maxAgeDays !== undefined && { maxAgeDays: options.maxAgeDays }),
        isDry: options.dryRun ?? false,
        isForced: options.force ?? false,
      });
      const text = options.json ? JSON.stringify(cleaned, null, 2) : cleanupText(cleaned);
      process.stdout.write(`${text}\n`);
    });
}

function days(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It is a number of days.');
}
