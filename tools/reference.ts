import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { DEFAULT_SETTINGS, VARIABLES } from 'sentries-core';
import { ROOT } from './paths';

/** Where the reference stands. */
const REFERENCE = join(ROOT, 'docs/reference.md');

/** A JSON Schema, as far as the reference reads it. */
interface Schema {
  readonly type?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
}

interface Listed {
  readonly schema: string;
  readonly description: string;
}

/**
 * The reference of all options, settings, variables and commands: from the schemas and the command themselves, so
 * that it can't say anything else.
 *
 * @param plugin The folder of the built package `nx-sentries`.
 */
async function reference(plugin: string): Promise<string> {
  const json = <T>(path: string): T => JSON.parse(readFileSync(join(plugin, path), 'utf8')) as T;
  const { executors } = json<{ executors: Record<string, Listed> }>('executors.json');
  const { generators } = json<{ generators: Record<string, Listed> }>('generators.json');
  const options = ([name, { schema, description }]: [string, Listed]): string[] => [
    `### \`${name}\``,
    description,
    ...table(['option', 'values', 'default', 'meaning'], optionRows(json<Schema>(schema))),
  ];
  const lines = [
    '# Reference',
    'Made by `npm run reference` from the schemas and the command; [options](options.md) tells what lies behind.',
    '## Executors',
    ...Object.entries(executors).flatMap(options),
    '## Generators',
    ...Object.entries(generators).flatMap(options),
    '## `sentries.config.json`',
    'Beside `nx.json`. Comments and trailing commas are allowed; a key that is not in this list is an error. ' +
      'A variable of the environment goes before the file.',
    ...table(
      ['key', 'values', 'default', 'variable', 'meaning'],
      settingRows(json<Schema>('config.schema.json')),
    ),
    '## Environment',
    ...table(['variable', 'gives'], variableRows()),
    '## Commands',
    'Each leaves with 0 where it is done or has nothing to do, with 1 where it failed, and with 2 where it was asked in a wrong way.',
    ...commands(plugin),
  ];
  const style = await resolveConfig(REFERENCE);
  return format(lines.join('\n\n'), { ...style, filepath: REFERENCE });
}

const optionRows = ({ properties = {} }: Schema): string[][] =>
  Object.entries(properties).map(([name, schema]) => [
    code(name),
    values(schema),
    shown(schema.default),
    schema.description ?? '',
  ]);

function settingRows(schema: Schema, path: readonly string[] = []): string[][] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, inner]) => {
    if (name === '$schema') return [];
    const at = [...path, name];
    if (inner.properties) return settingRows(inner, at);
    const key = at.join('.');
    const variable = Object.keys(VARIABLES).find((one) => VARIABLES[one] === key);
    const initial = at.reduce<unknown>(
      (value, part) => (value as Record<string, unknown> | undefined)?.[part],
      DEFAULT_SETTINGS,
    );
    return [
      [
        code(key),
        values(inner),
        shown(initial),
        variable ? code(variable) : '',
        inner.description ?? '',
      ],
    ];
  });
}

const variableRows = (): string[][] => [
  ...Object.entries(VARIABLES).map(([name, key]) => [code(name), code(key)]),
  ...[
    ['NX_BASE', 'the option `base`'],
    ['NX_HEAD', 'the option `head`'],
    [
      'GITHUB_EVENT_PATH',
      'the event that a job runs for: its branch, and what its pull request says',
    ],
    ['GITHUB_REF', 'the branch that a job runs for, or the number of its pull request'],
    ['SENTRIES_RECORD', 'a file, from the workspace root, that keeps what models reply'],
    ['SENTRIES_REPLAY', 'such a file, which replies in place of a server'],
  ].map(([name, meaning]) => [code(name!), meaning!]),
];

/** The help of the command and of all commands below it, as they print it. */
function commands(plugin: string, path: readonly string[] = []): string[] {
  const { stdout, status } = spawnSync(
    process.execPath,
    [join(plugin, 'dist/cli/main.js'), ...path, '--help'],
    { encoding: 'utf8', env: { ...process.env, COLUMNS: '100' } },
  );
  if (status !== 0) throw new Error(`sentries ${path.join(' ')} --help failed`);
  const list = stdout.split(/^Commands:$/m)[1] ?? '';
  const below = [...list.matchAll(/^ {2}([a-z]+)/gm)].map(([, name]) => name!);
  return [
    ...(path.length > 0 ? [`### \`sentries ${path.join(' ')}\``] : []),
    ['```text', stdout.trimEnd(), '```'].join('\n'),
    ...below.filter((name) => name !== 'help').flatMap((name) => commands(plugin, [...path, name])),
  ];
}

function values({ type, enum: names, items, anyOf }: Schema): string {
  if (names) return names.map((name) => code(String(name))).join(' · ');
  if (anyOf) return anyOf.map(values).join(' · ');
  return type === 'array' ? `list of ${items?.type ?? 'values'}` : (type ?? '');
}

const shown = (value: unknown): string => (value === undefined ? '' : code(JSON.stringify(value)));

const code = (text: string): string => `\`${text}\``;

function table(titles: readonly string[], rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return [];
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
  return [[line(titles), line(titles.map(() => '---')), ...rows.map(line)].join('\n')];
}

async function main(check: boolean): Promise<number> {
  const text = await reference(join(ROOT, 'packages/nx-sentries'));
  if (!check) writeFileSync(REFERENCE, text);
  else if (readFileSync(REFERENCE, 'utf8') !== text) {
    process.stderr.write('docs/reference.md is not what the packages say: npm run reference\n');
    return 1;
  }
  return 0;
}

void main(process.argv.includes('--check')).then((code) => {
  process.exitCode = code;
});
