import { Command } from 'commander';

interface ModelsOptions {
  json?: boolean;
}

/** `sentries models`: what the model server has, and fetching what is missing. */
export function modelsCommand(): Command {
  const models = new Command('models').description(
    'The models of the server that LLM_BASE names, and which of them are in use.',
  );
  models
    .command('list', { isDefault: true })
    .description('What the server has: name, size, digest, context; and what is missing.')
    .option('--json', 'print it as JSON')
    .action(async (options: ModelsOptions) => {
      const { listModels } = await import('./list.js');
      const { listText } = await import('./text.js');
      const list = await listModels();
      process.stdout.write(`${options.json ? JSON.stringify(list, null, 2) : listText(list)}\n`);
    });
  models
    .command('pull')
    .description('Have the server fetch a model. Ollama alone can be told to.')
    .argument('[name]', 'a model; by default those that are set and not there')
    .option('--json', 'print what was done as JSON')
    .action(async (name: string | undefined, options: ModelsOptions) => {
      const { pullModels } = await import('./pull.js');
      const { pullText } = await import('./text.js');
      const pulled = await pullModels(name);
      process.stdout.write(
        `${options.json ? JSON.stringify(pulled, null, 2) : pullText(pulled)}\n`,
      );
    });
  return models;
}
