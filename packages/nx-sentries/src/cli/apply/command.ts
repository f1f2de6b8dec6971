import { Command } from 'commander';

/** `sentries apply`: what `--mode=apply` does, from the artifacts of a run. */
export function applyCommand(): Command {
  return new Command('apply')
    .description(
      'Applies the verified patches in .sentries to the work tree: all of them, or none where a file has changed since.',
    )
    .argument('[project...]', 'names of projects; by default all that have artifacts')
    .option('--json', 'print the files written as JSON')
    .action(async (projects: string[], { json }: { json?: boolean }) => {
      const { applyPatches, readRuns } = await import('sentries-core');
      const { currentWorkspace } = await import('../current-settings.js');
      const workspace = currentWorkspace();
      const runs = await readRuns(workspace, projects.length > 0 ? projects : undefined);
      const patches = runs.flatMap(({ patch }) => patch ?? []);
      const written = await applyPatches(workspace, patches);
      process.stdout.write(`${json ? JSON.stringify({ written }, null, 2) : textOf(written)}\n`);
    });
}

function textOf(written: readonly string[]): string {
  if (written.length === 0) return 'There is nothing to apply.';
  return ['Applied to the work tree:', ...written.map((path) => `  ${path}`)].join('\n');
}
