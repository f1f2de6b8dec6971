import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020';
import { UsageError } from '../errors';
import { temporaryFolders } from '../folder.fixture';
import { CONFIG_FILE, loadSettings } from './load';
import { configSchema } from './schema';
import { DEFAULT_SETTINGS } from './settings';

const newFolder = temporaryFolders();

function workspace(config?: string): string {
  const root = newFolder();
  if (config !== undefined) writeFileSync(join(root, CONFIG_FILE), config);
  return root;
}

interface Node {
  readonly properties?: Readonly<Record<string, Node>>;
}

/** All keys that the schema has, groups too, by their dotted paths. */
const allKeys = ({ properties = {} }: Node): string[] =>
  Object.entries(properties).flatMap(([name, node]) => [
    name,
    ...allKeys(node).map((key) => `${name}.${key}`),
  ]);

describe('the settings of a workspace', () => {
  it('are the defaults, where nobody says anything', async () => {
    const { settings, origins } = await loadSettings(workspace(), { LLM_BASE: '' });
    expect(settings).toEqual(DEFAULT_SETTINGS);
    expect(new Set(origins.map(({ source }) => source))).toEqual(new Set(['default']));
  });

  it('come from the environment first, then from the file, and say so', async () => {
    const root = workspace(`{
      // A comment, and a trailing comma.
      "$schema": "./node_modules/nx-sentries/config.schema.json",
      "model": { "base": "http://gpu:11434", "plan": "qwen3:8b", "perTask": { "requests": 3 }, },
    }`);
    const { settings, origins } = await loadSettings(root, {
      MODEL_PLAN: 'llama3.3',
      LLM_API_KEY: 'secret',
    });
    expect(settings.model).toEqual({
      ...DEFAULT_SETTINGS.model,
      base: 'http://gpu:11434',
      plan: 'llama3.3',
      apiKey: 'secret',
      perTask: { ...DEFAULT_SETTINGS.model.perTask, requests: 3 },
    });
    const of = (key: string) => origins.find((origin) => origin.key === key);
    expect(of('model.plan')).toEqual({
      key: 'model.plan',
      value: 'llama3.3',
      source: 'MODEL_PLAN',
    });
    expect(of('model.base')?.source).toBe(CONFIG_FILE);
    expect(of('model.perTask.requests')?.source).toBe(CONFIG_FILE);
    expect(of('model.patch')?.source).toBe('default');
    expect(of('model.apiKey')).toEqual({
      key: 'model.apiKey',
      value: null,
      source: 'LLM_API_KEY',
    });
  });

  it.each([
    ['an unknown section', '{"models": {}}', 'no key models; did you mean model?'],
    [
      'an unknown key',
      '{"model": {"patcher": "x"}}',
      'no key model.patcher; did you mean model.patch?',
    ],
    [
      'an unknown key of a group',
      '{"publish": {"author": {"nmae": "x"}}}',
      'no key publish.author.nmae; did you mean publish.author.name?',
    ],
    [
      'a key of another section',
      '{"maxOpen": 3}',
      'there is no key maxOpen; did you mean publish.maxOpen?',
    ],
    ['a key that several have', '{"model": {"requests": 3}}', /there is no key model.requests$/],
    ['a key like no other', '{"model": {"colour": 1}}', 'there is no key model.colour'],
    [
      'an unknown key in a list',
      '{"docs": {"workspace": [{"path": ["a"], "projects": ["a"]}]}}',
      'no key docs.workspace.0.path; did you mean docs.workspace.0.paths?',
    ],
    ...['../a.md', '/a.md', '!a.md', 'a/../../b.md', 'C:/a.md'].map(
      (path): [string, string, string] => [
        `the path ${path}`,
        JSON.stringify({ docs: { workspace: [{ paths: [path], projects: ['a'] }] } }),
        'docs.workspace.0.paths.0: write a path or a glob from the workspace root, inside of it',
      ],
    ),
    ['a secret', '{"model": {"apiKey": "x"}}', 'no key model.apiKey'],
    ['a wrong value', '{"model": {"contextTokens": "many"}}', 'model.contextTokens: '],
    ['another address', '{"model": {"base": "ftp://x"}}', 'model.base: '],
    ['what is no object', '[]', 'the file: '],
    ['broken JSON', '{\n  "model": {,}\n}', `${CONFIG_FILE}:2 is not JSON`],
    ['nothing', '', `${CONFIG_FILE}:1 is not JSON`],
  ])('are refused for %s', async (_, text, says) => {
    const loading = loadSettings(workspace(text), {});
    await expect(loading).rejects.toThrow(UsageError);
    await expect(loading).rejects.toThrow(says);
  });

  it('are refused for a variable that is no value', async () => {
    await expect(loadSettings(workspace(), { LLM_API: 'llama' })).rejects.toThrow(
      'the environment variable LLM_API is "llama"',
    );
  });

  it.each(['LLM_BASE', 'GITHUB_API_URL'])(
    'are refused for an address that is none, without its password: %s',
    async (name) => {
      const failed = await loadSettings(workspace(), { [name]: 'ftp://me:hidden@host' }).catch(
        String,
      );
      expect(failed).toContain(`the environment variable ${name} is no address`);
      expect(failed).not.toContain('hidden');
    },
  );

  it.each(allKeys(configSchema() as Node))('name %s where it is misspelt', async (key) => {
    const path = key.split('.');
    const misspelt = [...path.slice(0, -1), `${path.at(-1)!}x`];
    const content = misspelt.reduceRight<unknown>((inner, name) => ({ [name]: inner }), 1);
    await expect(loadSettings(workspace(JSON.stringify(content)), {})).rejects.toThrow(
      `there is no key ${misspelt.join('.')}; did you mean ${key}?`,
    );
  });
});

it('the published schema takes what is taken here', () => {
  const isValid = new Ajv2020({ formats: { uri: true } }).compile(configSchema() as object);
  const { model } = DEFAULT_SETTINGS;
  expect(isValid({ $schema: 'x', model })).toBe(true);
  expect(isValid({ model: { colour: 1 } })).toBe(false);
});
