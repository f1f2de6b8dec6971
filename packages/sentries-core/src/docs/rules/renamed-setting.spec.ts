import { loadGrammars } from '../docs.fixture';
import { renamedSetting } from './renamed-setting';
import { mended, type DocStory } from './rules.fixture';

beforeAll(loadGrammars);

const cli = (option: string, variable: string): string =>
  `import argparse\nimport os\n\nparser = argparse.ArgumentParser()\nparser.add_argument("${option}")\nTOKEN = os.environ["${variable}"]\n`;

const change = (now: string, page: string): DocStory => ({
  base: {
    'pyproject.toml': '[project]\nname = "acme"\n[project.scripts]\nacme = "acme.cli:main"\n',
    'src/acme/__init__.py': '',
    'src/acme/cli.py': cli('--currency', 'ACME_TOKEN'),
    'docs/page.md': page,
  },
  change: { 'src/acme/cli.py': now },
});

const PAGE = 'Run it:\n\n```console\n$ ACME_TOKEN=1 acme --currency EUR\n```\n';

it('a renamed option and a renamed variable get their new names', async () => {
  expect(await mended(renamedSetting, change(cli('--unit', 'ACME_KEY'), PAGE))).toEqual([
    PAGE.replaceAll('--currency', '--unit').replaceAll('ACME_TOKEN', 'ACME_KEY'),
  ]);
});

it('what another option takes the place of that was there before is left', async () => {
  const both = `${cli('--currency', 'ACME_TOKEN')}parser.add_argument("--unit")\n`;
  const story = change(cli('--unit', 'ACME_TOKEN'), PAGE);
  const base = { ...story.base, 'src/acme/cli.py': both };
  const told = await mended(renamedSetting, { ...story, base });
  expect(told[0]).toBe(PAGE);
  expect(told[1]).toMatch(/^refused: /);
});

it('a removed one is told of', async () => {
  const now = cli('--currency', 'ACME_TOKEN').replace('parser.add_argument("--currency")\n', '');
  expect(await mended(renamedSetting, change(now, PAGE))).toEqual([
    PAGE,
    'refused: the change removed the option --currency',
  ]);
});

describe('a renamed setting gets its new name where it follows from another', () => {
  const typer = (name: string): string =>
    `import typer\n\napp = typer.Typer()\n\n\n@app.command()\ndef main(${name}: int = 3):\n    print(${name})\n`;
  const pydantic = (name: string): string =>
    `from pydantic_settings import BaseSettings, SettingsConfigDict\n\n\nclass Settings(BaseSettings):\n    model_config = SettingsConfigDict(env_prefix="ACME_")\n\n    ${name}: int = 3\n\n\ndef wait(settings):\n    return settings.${name}\n`;
  const keys = (name: string): string =>
    `import tomllib\n\n\ndef load(path):\n    table = tomllib.loads(path)["tool"]["acme"]\n    return table["${name}"]\n`;

  it.each<{ what: string; code: (name: string) => string; page: (name: string) => string }>([
    {
      what: 'an option, from a parameter',
      code: typer,
      page: (name) => `Run \`acme --${name.replaceAll('_', '-')} 3\`.\n`,
    },
    {
      what: 'a variable, from a field',
      code: pydantic,
      page: (name) => `Set \`$ACME_${name.toUpperCase()}\`.\n`,
    },
    {
      what: 'a key of the project’s table, from a text',
      code: keys,
      page: (name) => `\`\`\`toml\n[tool.acme]\n${name} = 3\n\`\`\`\n`,
    },
  ])('$what', async ({ code, page }) => {
    const story = change(code('wait_limit'), page('max_tries'));
    const base = { ...story.base, 'src/acme/cli.py': code('max_tries') };
    expect(await mended(renamedSetting, { ...story, base })).toEqual([page('wait_limit')]);
  });
});

describe('another setting in the place of one that is gone is none with a new name', () => {
  const module = (lines: string): string =>
    `import argparse\nimport os\n\nparser = argparse.ArgumentParser()\n${lines}\n`;
  it.each<{ what: string; old: string; now: string; page: string }>([
    {
      what: 'an option that takes something else',
      old: 'parser.add_argument("--verbose", action="store_true")',
      now: 'parser.add_argument("-c", "--color", default="auto")',
      page: 'Run `acme --verbose`.\n',
    },
    {
      what: 'an option on a line of its own, with something else below',
      old: 'parser.add_argument(\n    "--verbose",\n    action="store_true",\n)',
      now: 'parser.add_argument(\n    "--color",\n    default="auto",\n)',
      page: 'Run `acme --verbose`.\n',
    },
    {
      what: 'a variable that is read for something else',
      old: 'token = os.getenv("ACME_TOKEN")',
      now: 'region = os.getenv("ACME_REGION")',
      page: 'Set `$ACME_TOKEN`.\n',
    },
    {
      what: 'one of a list',
      old: 'NAMES = ("ACME_TOKEN", "ACME_URL")',
      now: 'NAMES = ("ACME_REGION", "ACME_URL")',
      page: 'Set `$ACME_TOKEN`.\n',
    },
  ])('$what', async ({ old, now, page }) => {
    const story = change(module(now), page);
    const base = { ...story.base, 'src/acme/cli.py': module(old) };
    const told = await mended(renamedSetting, { ...story, base });
    expect(told).toEqual([page, expect.stringMatching(/^refused: the change removed /)]);
  });

  it('but the variable that holds it may follow, and the layout may be another one', async () => {
    const page = 'Run `acme --currency EUR`.\n';
    const story = change(
      module('parser.add_argument(\n    "--unit",\n    dest="unit",\n    default="EUR"\n)'),
      page,
    );
    const old = module('parser.add_argument("--currency", dest="currency", default="EUR")');
    const base = { ...story.base, 'src/acme/cli.py': old };
    expect(await mended(renamedSetting, { ...story, base })).toEqual(['Run `acme --unit EUR`.\n']);
  });
});

describe('a renamed option follows where it is still kept in the variable of the old one', () => {
  const of = (lines: string): string =>
    `import argparse\nimport click\n\nparser = argparse.ArgumentParser()\n${lines}\n`;
  it.each<{ what: string; old: string; now: string }>([
    {
      what: 'that was named before',
      old: 'parser.add_argument("-u", "--currency", dest="currency", help="The unit.")',
      now: 'parser.add_argument("-u", "--unit", dest="currency", help="The unit.")',
    },
    {
      what: 'that argparse is told now',
      old: 'parser.add_argument("--currency", default="EUR")',
      now: 'parser.add_argument("--unit", default="EUR", dest="currency")',
    },
    {
      what: 'that click is told now',
      old: '@click.option("--currency", "-u", default="EUR")\ndef main(currency):\n    print(currency)',
      now: '@click.option("--unit", "currency", "-u", default="EUR")\ndef main(currency):\n    print(currency)',
    },
  ])('$what', async ({ old, now }) => {
    const story = change(of(now), 'Run `acme --currency EUR`.\n');
    const base = { ...story.base, 'src/acme/cli.py': of(old) };
    expect(await mended(renamedSetting, { ...story, base })).toEqual(['Run `acme --unit EUR`.\n']);
  });

  it('and not where the variable is another one, though it is told', async () => {
    const page = 'Run `acme --currency EUR`.\n';
    const story = change(of('parser.add_argument("--unit", dest="colour")'), page);
    const base = { ...story.base, 'src/acme/cli.py': of('parser.add_argument("--currency")') };
    const told = await mended(renamedSetting, { ...story, base });
    expect(told).toEqual([page, expect.stringMatching(/^refused: /)]);
  });
});

describe('a renamed setting is left', () => {
  const module = (option: string, use: string): string =>
    `import argparse\nimport os\n\nparser = argparse.ArgumentParser()\nparser.add_argument("--${option}", default=2)\nargs = parser.parse_args()\n${use}\n`;
  it.each<{ what: string; option: string; use: string; now: string; page: string }>([
    {
      what: 'that is used in another way than the old one',
      option: 'quiet',
      use: 'if args.verbose:\n    print(1)',
      now: 'if not args.quiet:\n    print(1)',
      page: 'Run `acme --verbose`.\n',
    },
    {
      what: 'where another tool on the page has an option of the old name',
      option: 'workers',
      use: '',
      now: '',
      page: '```bash\nmake --verbose 3\n```\n\nIt takes `--verbose`.\n',
    },
    {
      what: 'where another tool on the page reads the variable',
      option: 'verbose',
      use: 'HOME = os.getenv("HOME_DIR")',
      now: 'HOME = os.getenv("ACME_DIR")',
      page: 'It reads `$HOME_DIR`.\n\n```console\n$ HOME_DIR=x terraform apply\n```\n',
    },
  ])('$what', async ({ option, use, now, page }) => {
    const story = change(module(option, now), page);
    const base = { ...story.base, 'src/acme/cli.py': module('verbose', use) };
    const [after, ...refused] = await mended(renamedSetting, { ...story, base });
    expect(after).toBe(page);
    expect(refused.length).toBeGreaterThan(0);
  });

  it('in a table within the project’s own that the code does not name', async () => {
    const keys = (name: string): string =>
      `import tomllib\n\n\ndef load(path):\n    return tomllib.loads(path)["tool"]["acme"]["${name}"]\n`;
    const page = '```toml\n[tool.acme.sub]\nmax_tries = 3\n```\n';
    const story = change(keys('wait_limit'), page);
    const base = { ...story.base, 'src/acme/cli.py': keys('max_tries') };
    expect(await mended(renamedSetting, { ...story, base })).toEqual([page]);
  });
});

it.each(['js', 'cmake', 'make', 'sql'])(
  'a variable of another language is left: %s',
  async (language) => {
    const page = `\`\`\`${language}\nSET ACME_TOKEN = 1\nsay(\${ACME_TOKEN})\n\`\`\`\n`;
    const now = cli('--currency', 'ACME_KEY');
    expect(await mended(renamedSetting, change(now, page))).toEqual([page]);
  },
);
