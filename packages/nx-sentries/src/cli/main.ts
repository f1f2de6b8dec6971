#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { version } from '../../package.json';
import { applyCommand } from './apply/command';
import { cleanupCommand } from './cleanup/command';
import { docsCommand } from './docs/command';
import { doctorCommand } from './doctor/command';
import { modelsCommand } from './models/command';
import { printable } from './printable';
import { publishCommand } from './publish/command';
import { reportCommand } from './report/command';
import { statusCommand } from './status/command';
import { verifyCommand } from './verify/command';
import { whyCommand } from './why/command';

/** Done, or nothing to do; failed; asked for in a wrong way. */
const EXIT = { done: 0, failed: 1, usage: 2 } as const;

async function main(): Promise<number> {
  const program = new Command('sentries')
    .description(
      'Keeps the tests of the Python projects in an Nx workspace in step with their code.',
    )
    .version(version)
    .addCommand(applyCommand())
    .addCommand(publishCommand())
    .addCommand(statusCommand())
    .addCommand(cleanupCommand())
    .addCommand(docsCommand())
    .addCommand(doctorCommand())
    .addCommand(modelsCommand())
    .addCommand(reportCommand())
    .addCommand(verifyCommand())
    .addCommand(whyCommand());
  throwInsteadOfExit(program);
  try {
    await program.parseAsync();
    return EXIT.done;
  } catch (error) {
    // Commander has said it already, and leaves with 0 where it only showed its help.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    // What a command needs is loaded when it runs: help and wrong usage come at once.
    const { SentryError, UsageError } = await import('sentries-core');
    const hint = error instanceof SentryError ? `\n  → ${error.hint}` : '';
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(`sentries: ${printable(`${message}${hint}`)}\n`);
    return error instanceof UsageError ? EXIT.usage : EXIT.failed;
  }
}

/** Commands that are added as a whole inherit nothing. */
function throwInsteadOfExit(command: Command): void {
  command.exitOverride();
  command.commands.forEach(throwInsteadOfExit);
}

void main().then((code) => {
  if (code !== EXIT.done) process.exitCode = code;
});
