import { Command } from 'commander';
import { printable } from '../printable';

/** `sentries report`: what the last runs found, from their artifacts. */
export function reportCommand(): Command {
  return new Command('report')
    .description(
      'Show what the last run of each task found, from the artifacts in .sentries: the whole report of the projects ' +
        'that are named, else a line for each. Runs no task.',
    )
    .argument('[project...]', 'names of projects')
    .option('--json', 'print the records (run.json) as JSON')
    .action(async (projects: string[], options: { json?: boolean }) => {
      const { readReports, reportText } = await import('./report.js');
      const records = await readReports(projects);
      const text = options.json
        ? JSON.stringify(records, null, 2)
        : printable(reportText(records, projects.length > 0));
      process.stdout.write(`${text}\n`);
    });
}
