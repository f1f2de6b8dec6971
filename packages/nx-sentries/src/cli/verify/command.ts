import { Command } from 'commander';
import { printable } from '../printable';

/** `sentries verify`: are the patches in the artifacts still what they claim to be? */
export function verifyCommand(): Command {
  return new Command('verify')
    .description(
      'Check the artifacts in .sentries again: are they whole, were they made from the files that are there, and does ' +
        'what proved their patches prove them still? Runs tests in an isolated copy; offline, and asks no model.',
    )
    .argument('[project...]', 'names of projects; by default all that have artifacts')
    .option('--json', 'print it as JSON')
    .action(async (projects: string[], options: { json?: boolean }) => {
      const { verifiedText, verifyProjects } = await import('./verify.js');
      const verified = await verifyProjects(projects);
      process.stdout.write(
        `${options.json ? JSON.stringify(verified, null, 2) : printable(verifiedText(verified))}\n`,
      );
      if (verified.some(({ holds }) => !holds)) process.exitCode = 1;
    });
}
