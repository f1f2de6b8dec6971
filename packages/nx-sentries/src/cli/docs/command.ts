import { Command } from 'commander';

interface CheckOptions {
  all?: boolean;
  json?: boolean;
}

/** `sentries docs`: what can be said of the docs with no change at hand. */
export function docsCommand(): Command {
  const docs = new Command('docs').description('The documentation of Python projects.');
  docs
    .command('check')
    .description(
      'Lists the references to code in docs and docstrings that lead nowhere. Leaves with 1 where there are any.',
    )
    .argument(
      '[project]',
      'name of a project; by default all Python projects, or the folder itself outside of Nx',
    )
    .option('--all', 'also those that are only likely broken')
    .option('--json', 'print it as JSON')
    .action(async (project: string | undefined, { all = false, json = false }: CheckOptions) => {
      const { checkProjects } = await import('./check.js');
      const { checkText } = await import('./text.js');
      const checked = await checkProjects(project, all);
      process.stdout.write(`${json ? JSON.stringify(checked, null, 2) : checkText(checked)}\n`);
      if (checked.broken.length > 0) process.exitCode = 1;
    });
  return docs;
}
