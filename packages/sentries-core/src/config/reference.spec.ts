import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { configSchema } from './schema';
import { DEFAULT_SETTINGS, SECRETS, VARIABLES } from './settings';

/** The page that tells of a section. */
const PAGES = { model: 'models', publish: 'publishing', docs: 'docs-sentry' } as const;
const page = (section: keyof typeof PAGES): string =>
  readFileSync(join(__dirname, `../../../../docs/${PAGES[section]}.md`), 'utf8');

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
  for (const key of path.split('.')) value = (value as Record<string, unknown> | undefined)?.[key];
  if (value === undefined) return '';
  return `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
}

const { $schema: _, ...sections } = (configSchema() as Node).properties!;
const rowOf = ({ key, node, group }: Leaf): string[] => {
  const variable = Object.entries(VARIABLES).find(([, own]) => own === key)?.[0];
  const values = node.enum?.map((value) => `\`${value}\``).join(', ');
  return [
    `\`${key}\``,
    variable === undefined ? '' : `\`${variable}\``,
    defaultOf(key),
    `${group}${node.description!}${values === undefined ? '' : ` One of ${values}.`}`,
  ];
};

describe.each(Object.keys(PAGES) as (keyof typeof PAGES)[])('the reference of %s', (section) => {
  const text = page(section);

  it('has each key with its variable, its default and its meaning', () => {
    const shown = text
      .split('\n')
      .filter((line) => line.startsWith(`| \`${section}.`))
      .map((line) => {
        const cells = line.split('|').slice(1, -1);
        return cells.map((cell) => cell.trim());
      });
    expect(shown).toEqual(leaves(sections[section]!, section).map(rowOf));
  });

  it('names the variables that are secrets', () => {
    for (const [name, key] of Object.entries(VARIABLES))
      if (SECRETS.has(key) && key.startsWith(section)) expect(text).toContain(`\`${name}\``);
  });

  it('shows a file that is valid', async () => {
    const [, example] = /```json\n([^]*?)```/.exec(text)!;
    const { configFile } = await import('./schema.js');
    expect(configFile.safeParse(JSON.parse(example!)).success).toBe(true);
  });
});

it('every section has its page', () => {
  expect(Object.keys(sections)).toEqual(Object.keys(PAGES));
});
