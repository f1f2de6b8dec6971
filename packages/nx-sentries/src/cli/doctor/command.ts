import { Command } from 'commander';

interface DoctorOptions {
  json?: boolean;
}

/** `sentries doctor`: does everything that a run needs work, and if not, what is to be done? */
export function doctorCommand(): Command {
  return new Command('doctor')
    .description(
      'Looks whether everything works: Nx, git, Python, the model server, its models (each is asked for a small ' +
        'known repair), and which settings are in force. Leaves with 1 where something that is needed is broken.',
    )
    .option('--json', 'print it as JSON')
    .action(async ({ json = false }: DoctorOptions) => {
      const { SentryError } = await import('sentries-core');
      const { interruptible } = await import('../interruptible.js');
      const { ProgressLine } = await import('../progress-line.js');
      const { diagnose } = await import('./doctor.js');
      const { checkText, endText } = await import('./text.js');
      const line = new ProgressLine();
      const stopped = new SentryError('stopped', 'Run it again when you want its answer.');
      const diagnosis = await interruptible(stopped, (signal) =>
        diagnose(signal, {
          onCheck: (check) => {
            line.clear();
            if (!json) process.stdout.write(`${checkText(check)}\n`);
          },
          onProgress: (phase, { tokens, firstTokenAfter }) => {
            const first =
              firstTokenAfter === null
                ? ''
                : `, the first after ${(firstTokenAfter / 1000).toFixed(1)} s`;
            line.show(`${phase}: ${String(tokens)} tokens${first}`);
          },
        }),
      ).finally(() => line.clear());
      process.stdout.write(`${json ? JSON.stringify(diagnosis, null, 2) : endText(diagnosis)}\n`);
      if (!diagnosis.healthy) process.exitCode = 1;
    });
}
