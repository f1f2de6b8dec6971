#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { SentryError, UsageError } from 'sentries-core';
import { version } from '../../package.json';
import { whyCommand } from './why/command';

/** Done, or nothing to do; failed; asked for in a wrong way. */
const EXIT = { done: 0, failed: 1, usage: 2 } as const;

async function main(): Promise<number> {
  const program = new Command('sentries')
    .description(
      'Keeps the tests of the Python projects in an Nx workspace in step with their code.',
    )
    .version(version)
    .exitOverride()
    .addCommand(whyCommand());
  for (const command of program.commands) command.exitOverride();
  try {
    await program.parseAsync();
    return EXIT.done;
  } catch (error) {
    // Commander has said it already, and leaves with 0 where it only showed its help.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    const hint = error instanceof SentryError ? `\n  → ${error.hint}` : '';
    process.stderr.write(
      `sentries: ${error instanceof Error ? error.message : String(error)}${hint}\n`,
    );
    return error instanceof UsageError ? EXIT.usage : EXIT.failed;
  }
}

void main().then((code) => {
  if (code !== EXIT.done) process.exitCode = code;
});
