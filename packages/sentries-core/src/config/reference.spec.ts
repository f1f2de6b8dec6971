import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { configSchema } from './schema';
import { DEFAULT_SETTINGS, SECRETS, VARIABLES } from './settings';

const PAGE = readFileSync(join(__dirname, '../../../../docs/models.md'), 'utf8');

interface Node {
  readonly properties?: Readonly<Record<string, Node>>;
  readonly description?: string;
  readonly enum?: readonly string[];
}

interface Leaf {
  readonly key: string;
  readonly node: Node;
  /** What the group is for that it is in. */
  readonly group: string;
}

/** All keys of a section that hold a value, by their dotted paths. */
function leaves({ properties = {} }: Node, prefix: string, group = ''): Leaf[] {
  return Object.entries(properties).flatMap(([name, node]) => {
    const key = `${prefix}.${name}`;
    return node.properties ? leaves(node, key, `${node.description!} `) : [{ key, node, group }];
  });
}

function defaultOf(path: string): string {
  let value: unknown = DEFAULT_SETTINGS;
  for (const key of path.split('.')) value = (value as Record<string, unknown>)[key];
  if (value === undefined) return '';
  return `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
}

const { $schema: _, ...sections } = (configSchema() as Node).properties!;
const all = Object.entries(sections).flatMap(([name, node]) => leaves(node, name));
const rows = all.map(({ key, node, group }) => {
  const variable = Object.entries(VARIABLES).find(([, own]) => own === key)?.[0];
  const values = node.enum?.map((value) => `\`${value}\``).join(', ');
  return [
    `\`${key}\``,
    variable === undefined ? '' : `\`${variable}\``,
    defaultOf(key),
    `${group}${node.description!}${values === undefined ? '' : ` One of ${values}.`}`,
  ];
});

describe('the reference of the settings', () => {
  it('has each key with its variable, its default and its meaning', () => {
    const shown = PAGE.split('\n')
      .filter((line) => line.startsWith('| `model.'))
      .map((line) => {
        const cells = line.split('|').slice(1, -1);
        return cells.map((cell) => cell.trim());
      });
    expect(shown).toEqual(rows);
  });

  it('names the variables that are secrets', () => {
    for (const [name, key] of Object.entries(VARIABLES))
      if (SECRETS.has(key)) expect(PAGE).toContain(`\`${name}\``);
  });

  it('shows a file that is valid', async () => {
    const [, example] = /```json\n([^]*?)```/.exec(PAGE)!;
    const { configFile } = await import('./schema.js');
    expect(configFile.safeParse(JSON.parse(example!)).success).toBe(true);
  });
});
