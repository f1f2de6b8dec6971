import { Command } from 'commander';

interface WhyOptions {
  base?: string;
  head?: string;
  json?: boolean;
}

/** `sentries why`: what makes a project depend on others, and what makes a change affect it. */
export function whyCommand(): Command {
  return new Command('why')
    .description(
      'Why a project depends on others, and why a change affects it: the import lines, manifest entries ' +
        'and changed files behind it.',
    )
    .argument('<project>', 'name of a project')
    .argument('[dependency]', 'name of another one: only how the first comes to depend on it')
    .option('--base <ref>', 'where the change starts (NX_BASE, else defaultBase of nx.json)')
    .option('--head <ref>', 'where the change ends (NX_HEAD, else the working tree)')
    .option('--json', 'print it as JSON')
    .action(async (project: string, dependency: string | undefined, options: WhyOptions) => {
      const { explain } = await import('./explain.js');
      const { whyText } = await import('./text.js');
      const why = await explain(project, dependency, options);
      process.stdout.write(`${options.json ? JSON.stringify(why, null, 2) : whyText(why)}\n`);
      if (why.problem) process.exitCode = 1;
    });
}
