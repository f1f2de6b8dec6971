import { loadGrammars } from '../docs.fixture';
import { changedDefault } from './changed-default';
import { mended, resigning } from './rules.fixture';

beforeAll(loadGrammars);

const [OLD, NOW] = ['EUR', 'USD'].map((unit) => `def convert(amount, unit="${unit}"):`) as [
  string,
  string,
];

describe('a changed default is told', () => {
  it.each<{ what: string; page: string; format?: string }>([
    {
      what: 'in a signature',
      page: '.. function:: acme.money.convert(amount, unit="EUR")\n',
      format: 'rst',
    },
    {
      what: 'in a field, with the quotes that it has there',
      page: ".. function:: acme.money.convert(amount, unit)\n\n   :param unit: Of what. Defaults to 'EUR'.\n",
      format: 'rst',
    },
    {
      what: 'in a table',
      page: '## `acme.money.convert`\n\n| Parameter | Default |\n| --- | --- |\n| `unit` | `"EUR"` |\n',
    },
  ])('$what', async ({ page, format }) => {
    expect(await mended(changedDefault, resigning(OLD, NOW, page, format))).toEqual([
      page.replace('EUR', 'USD'),
    ]);
  });
});

it('a value that is given, and one that was not the default, stay', async () => {
  const page =
    'Use `acme.money.convert(1, unit="EUR")`.\n\n## `acme.money.convert`\n\n| Parameter | Default |\n| --- | --- |\n| `unit` | `"GBP"` |\n';
  expect(await mended(changedDefault, resigning(OLD, NOW, page))).toEqual([page]);
});

describe('a changed default of an option is told', () => {
  const PAGE =
    '| Option | Meaning | Default |\n| --- | --- | --- |\n| `-r`, `--retries` | tries | `3` |\n\n- `--retries N`: how often (default: 3)\n';
  const PAGE_OF_LONG = PAGE.replace('`-r`, `--retries`', '`--retries`');

  it.each<{ what: string; code: (value: number) => string }>([
    {
      what: 'of argparse',
      code: (value) =>
        `import argparse\n\nparser = argparse.ArgumentParser()\nparser.add_argument("-r", "--retries", type=int, default=${value})\n`,
    },
    {
      what: 'of click',
      code: (value) =>
        `import click\n\n\n@click.command()\n@click.option("--retries", "-r", default=${value})\ndef main(retries):\n    pass\n`,
    },
    {
      what: 'of typer, by its parameter',
      code: (value) =>
        `import typer\n\napp = typer.Typer()\n\n\n@app.command()\ndef main(retries: int = ${value}):\n    pass\n`,
    },
    {
      what: 'of typer, by its option',
      code: (value) =>
        `from typing import Annotated\n\nimport typer\n\napp = typer.Typer()\n\n\n@app.command()\ndef main(name: str = typer.Option("x"), tries: Annotated[int, typer.Option("--retries", "-r")] = ${value}):\n    pass\n`,
    },
  ])('$what', async ({ code }) => {
    const base = {
      'src/acme/__init__.py': '',
      'src/acme/cli.py': code(3),
      'docs/page.md': PAGE_OF_LONG,
    };
    const story = { base, change: { 'src/acme/cli.py': code(5) } };
    expect(await mended(changedDefault, story)).toEqual([PAGE_OF_LONG.replaceAll('3', '5')]);
  });

  it('but not where two commands have it', async () => {
    const code = (value: number): string =>
      `import click\n\n\n@click.command()\n@click.option("--retries", default=3)\ndef one(retries):\n    pass\n\n\n@click.command()\n@click.option("--retries", default=${value})\ndef two(retries):\n    pass\n`;
    const base = { 'src/acme/__init__.py': '', 'src/acme/cli.py': code(3), 'docs/page.md': PAGE };
    const story = { base, change: { 'src/acme/cli.py': code(5) } };
    expect(await mended(changedDefault, story)).toEqual([PAGE]);
  });
});

it('the default of an option that another tool on the page has, too, is left', async () => {
  const code = (value: number): string =>
    `import argparse\n\nparser = argparse.ArgumentParser()\nparser.add_argument("--jobs", default=${value})\n`;
  const page = 'Run `make --jobs 4`.\n\n- `--jobs`: how many (default: 2)\n';
  const story = {
    base: { 'src/acme/__init__.py': '', 'src/acme/cli.py': code(2), 'docs/page.md': page },
    change: { 'src/acme/cli.py': code(3) },
  };
  expect(await mended(changedDefault, story)).toEqual([
    page,
    expect.stringMatching(/^refused: `make` takes/),
  ]);
});
