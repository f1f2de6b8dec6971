import { SeededRandom } from './graph-random';

/** A made project: files by their paths. */
export type Corpus = ReadonlyMap<string, string>;

const MODULES = 250;
/** Ten functions, ten classes, and six members of each class. */
const PER_MODULE = { functions: 10, classes: 10, members: 6 } as const;
/** All names of functions, classes and members. */
export const SYMBOLS =
  MODULES * (PER_MODULE.functions + PER_MODULE.classes * (1 + PER_MODULE.members));

const STEMS =
  'account balance bucket cache channel client column cursor digest event field filter frame graph handle header index invoice item journal key label layer ledger limit link lookup mapper matrix member message metric model node offset option order packet page parser patch period policy pool query queue range rate record region report result route row rule sample schema scope session shape signal slot source stage stream table tag target task ticket token trace unit value vector view window worker'.split(
    ' ',
  );
const VERBS =
  'add apply build check clear close collect compare convert copy count create decode drop emit encode fetch find flush format join list load lock map merge move open pack parse pick read reduce render reset resolve scan send sort split start stop store sum trim update validate wrap write'.split(
    ' ',
  );
const PARAMETERS =
  'amount base depth factor limit mode name offset origin ratio size strict timeout unit width'.split(
    ' ',
  );
const DEFAULTS = ['3', '10', '0.5', '"EUR"', '"utf-8"', 'True', 'None'];
const WORDS =
  'the a this each every value is taken from what was given before and goes on with it until nothing is left which may take a while for large inputs but never more than once so that others can rely on the order in which results arrive when several of them are asked for at the same time'.split(
    ' ',
  );

interface Taker {
  readonly name: string;
  readonly parameters: readonly { readonly name: string; readonly default: string | null }[];
}

interface Made {
  readonly module: string;
  readonly functions: readonly Taker[];
  readonly classes: readonly (Taker & { readonly members: readonly Taker[] })[];
}

const camel = (name: string): string =>
  name.replace(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase());

class Corpora {
  readonly #random = new SeededRandom(20261122);
  readonly made: readonly Made[];

  constructor() {
    this.made = Array.from({ length: MODULES }, (_, at) => this.module(at));
  }

  /** The code alone, with docstrings where they are asked for. */
  code(hasDocstrings: boolean): Map<string, string> {
    const files = new Map<string, string>([
      ['pyproject.toml', '[project]\nname = "acme"\n[project.scripts]\nacme = "acme.m000:main"\n'],
      ['src/acme/__init__.py', '"""Acme."""\n'],
    ]);
    for (const one of this.made)
      files.set(`src/acme/${one.module}.py`, this.source(one, hasDocstrings));
    return files;
  }

  page(format: 'markdown' | 'rst', size: number): string {
    const own = this.#random.pick(this.made);
    const parts = [
      format === 'markdown' ? `# ${camel(own.module)}\n` : heading(camel(own.module), '='),
    ];
    for (let length = 0; length < size;) {
      const about = this.#random.chance(0.8) ? own : this.#random.pick(this.made);
      const part = format === 'markdown' ? this.markdown(about) : this.rst(about);
      parts.push(part);
      length += part.length;
    }
    return parts.join('\n');
  }

  private module(at: number): Made {
    const names = (count: number, head: readonly string[]): string[] => {
      const found = new Set<string>();
      while (found.size < count)
        found.add(
          `${this.#random.pick(head)}_${this.#random.pick(STEMS)}${this.#random.between(1, 40)}`,
        );
      return [...found];
    };
    const { functions, classes, members } = PER_MODULE;
    return {
      module: `m${String(at).padStart(3, '0')}`,
      functions: names(functions, VERBS).map((name) => this.taker(name)),
      classes: names(classes, STEMS).map((name) => ({
        ...this.taker(camel(name)),
        members: names(members, VERBS).map((member) => this.taker(member)),
      })),
    };
  }

  private taker(name: string): Taker {
    const parameters = this.#random.sample(PARAMETERS, this.#random.between(1, 4));
    return {
      name,
      parameters: parameters.map((parameter, at) => ({
        name: parameter,
        default: at === 0 ? null : this.#random.pick(DEFAULTS),
      })),
    };
  }

  private source({ functions, classes }: Made, hasDocstrings: boolean): string {
    const docstring = (one: Taker, indent: string): string =>
      hasDocstrings ? this.docstring(one, indent) : '';
    const body = (one: Taker, indent: string): string =>
      `${docstring(one, indent)}${indent}found = []\n${indent}for item in range(10):\n${indent}    found.append(item * 2)\n${indent}return found\n`;
    const lines = ['import os\n', `HOME = os.environ.get("ACME_HOME", "${this.sentence()}")\n\n`];
    for (const one of functions)
      lines.push(`def ${one.name}(${signature(one)}):\n${body(one, '    ')}\n`);
    for (const one of classes) {
      lines.push(`class ${one.name}:\n${docstring(one, '    ')}`);
      lines.push(`    def __init__(self, ${signature(one)}):\n        self.state = 0\n\n`);
      for (const member of one.members)
        lines.push(
          `    def ${member.name}(self, ${signature(member)}):\n${body(member, '        ')}\n`,
        );
    }
    return lines.join('');
  }

  private docstring({ parameters }: Taker, indent: string): string {
    const lines = [
      `"""${this.sentence()}`,
      '',
      `See \`\`${this.#random.pick(this.made).module}\`\`.`,
      '',
      'Args:',
    ];
    for (const one of parameters) {
      const end = one.default === null ? '' : ` Defaults to ${one.default}.`;
      lines.push(`    ${one.name}: ${this.sentence()}${end}`);
    }
    return [...lines, '"""'].map((line) => (line === '' ? '\n' : `${indent}${line}\n`)).join('');
  }

  private sentence(): string {
    const words = Array.from({ length: this.#random.between(8, 22) }, () =>
      this.#random.pick(WORDS),
    );
    return `${words.join(' ').replace(/^./, (letter) => letter.toUpperCase())}.`;
  }

  private paragraph(marks: readonly string[]): string {
    const sentences = Array.from({ length: this.#random.between(3, 6) }, () => this.sentence());
    for (const mark of marks) sentences.splice(this.#random.between(0, sentences.length), 0, mark);
    return `${sentences.join(' ')}\n`;
  }

  private markdown({ module, functions, classes }: Made): string {
    const [one, other] = this.#random.sample(functions, 2) as [Taker, Taker];
    const whole = this.#random.pick(classes);
    const member = this.#random.pick(whole.members);
    const first = member.parameters[0]!.name;
    switch (this.#random.between(0, 6)) {
      case 0:
        return `## ${camel(one.name)}\n\n${this.paragraph([`Call \`acme.${module}.${one.name}\`.`])}`;
      case 1:
        return `### \`acme.${module}.${other.name}\`\n\n| parameter | what | default |\n| --- | --- | --- |\n${other.parameters
          .map((own) => `| \`${own.name}\` | ${this.sentence()} | \`${own.default ?? 'none'}\` |`)
          .join('\n')}\n`;
      case 2:
        return `\`\`\`python\nfrom acme.${module} import ${one.name}, ${whole.name}\n\nit = ${whole.name}(1)\nfor found in ${one.name}(2):\n    print(it.${member.name}(${first}=found))\n\`\`\`\n`;
      case 3:
        return `${[1, 2, 3].map(() => `- \`${this.#random.pick(functions).name}\`: ${this.sentence()}`).join('\n')}\n`;
      case 4:
        return this.paragraph([
          `[Here](page-${this.#random.between(0, 300)}.md), or \`${whole.name}.${member.name}()\`.`,
        ]);
      case 5:
        return `> ${this.sentence()}\n> Set \`ACME_HOME\`.\n\n\`\`\`bash\nacme --limit 3 run\n\`\`\`\n`;
      default:
        return this.paragraph([]);
    }
  }

  private rst({ module, functions, classes }: Made): string {
    const one = this.#random.pick(functions);
    const whole = this.#random.pick(classes);
    const member = this.#random.pick(whole.members);
    switch (this.#random.between(0, 5)) {
      case 0:
        return `${heading(camel(one.name), '-')}\n${this.paragraph([`Call :func:\`acme.${module}.${one.name}\`.`])}`;
      case 1:
        return `.. function:: acme.${module}.${one.name}(${signature(one)})\n\n   ${this.sentence()}\n\n${one.parameters
          .map((own) => `   :param ${own.name}: ${this.sentence()}`)
          .join('\n')}\n`;
      case 2:
        return `.. code-block:: python\n\n   from acme.${module} import ${whole.name}\n\n   print(${whole.name}(1).${member.name}(2))\n`;
      case 3:
        return `${[1, 2, 3].map(() => `- \`\`${this.#random.pick(functions).name}\`\`: ${this.sentence()}`).join('\n')}\n`;
      case 4:
        return `.. autoclass:: acme.${module}.${whole.name}\n   :members: ${member.name}\n`;
      default:
        return this.paragraph([]);
    }
  }
}

const signature = ({ parameters }: Taker): string =>
  parameters
    .map((one) => (one.default === null ? one.name : `${one.name}=${one.default}`))
    .join(', ');

const heading = (text: string, mark: string): string => `${text}\n${mark.repeat(text.length)}\n`;

/**
 * Projects of the same 20,000 names, by what documents them: 1,000 Markdown pages of 10 kB, 200 of reStructuredText,
 * or docstrings in the code.
 *
 * @param more Pages that people wrote, for some of the Markdown.
 */
export function corpora(
  more: readonly string[],
): Readonly<Record<'markdown' | 'rst' | 'docstrings', Corpus>> {
  const source = new Corpora();
  const code = source.code(false);
  const pages = (count: number, format: 'markdown' | 'rst', written: readonly string[]) =>
    Array.from({ length: count }, (_, at) => {
      const end = format === 'markdown' ? 'md' : 'rst';
      return [
        `docs/page-${String(at)}.${end}`,
        written[at] ?? source.page(format, 10_000),
      ] as const;
    });
  return {
    markdown: new Map([...code, ...pages(1000, 'markdown', more)]),
    rst: new Map([...code, ...pages(200, 'rst', [])]),
    docstrings: source.code(true),
  };
}
