import { declaredOptions, type DeclaredOption, type MadeName } from './declared-options';
import { madeVariables } from './made-variables';
import type { Module } from './modules';
import type { CodeSymbol } from '../reference';
import type { LineIndex } from '../../python/text';

/** Options of command lines, variables of the environment and keys that a project reads, by what its text says. */
export class Settings {
  /** Commands that the manifests install, and what they run: `acme` → `acme.cli:main`. */
  readonly commands: ReadonlyMap<string, string>;
  #options: Map<string, CodeSymbol> | undefined;
  #hasImplicitOptions: boolean | undefined;
  readonly #strings = new Map<
    string,
    { readonly file: string; readonly line: number } | undefined
  >();
  #declared: readonly DeclaredOption[] | undefined;
  #variables: ReadonlyMap<string, MadeName> | undefined;

  /** @param texts Manifests by their names, and any others. */
  constructor(
    texts: ReadonlyMap<string, string>,
    private readonly modules: readonly Module[],
  ) {
    const manifests = ['pyproject.toml', 'setup.cfg', 'setup.py'].flatMap(
      (file) => texts.get(file) ?? [],
    );
    this.commands = new Map(
      manifests.flatMap((text) =>
        [...text.matchAll(ENTRY)].map((match) => [match[2]!, match[3]!] as const),
      ),
    );
  }

  /** Options by their names: declared by argparse, click or typer, or at least written as a string. */
  get options(): ReadonlyMap<string, CodeSymbol> {
    if (this.#options) return this.#options;
    this.#options = this.places(/(?<=["'/ ,])(--?[A-Za-z][\w-]*)(?=["'/ ,=])/g, 'option');
    for (const { made } of this.declared)
      if (made && !this.#options.has(made.name))
        this.#options.set(made.name, symbolOf(made, 'option'));
    return this.#options;
  }

  /** The options that are declared as such. */
  get declared(): readonly DeclaredOption[] {
    return (this.#declared ??= this.modules.flatMap(declaredOptions));
  }

  /** True where an option is declared, by its name or as the reverse of another one. */
  declares(name: string): boolean {
    const positive = name.replace(/^--no-/, '--');
    return this.declared.some(({ names }) => names.includes(name) || names.includes(positive));
  }

  /** True where a whole text of the code is an option, as those are that are declared in some other way. */
  writes(name: string): boolean {
    return this.modules.some(
      ({ source }) =>
        source.text.includes(name) &&
        source.find('string_content').some(({ text }) => text.split('/').includes(name)),
    );
  }

  /** True where the code asks the environment for a variable, by its name. */
  asksFor(name: string): boolean {
    const asking = new RegExp(`\\b(?:environ|getenv)\\b[^\\n]{0,40}["']${name}["']`);
    return this.modules.some(
      ({ source }) => source.text.includes(name) && asking.test(source.text),
    );
  }

  /** The one declaration of an option; undefined where there are several with other defaults. */
  optionOf(name: string): DeclaredOption | undefined {
    const all = this.declared.filter(({ names }) => names.includes(name));
    return all.every((one) => one.default === all[0]!.default) ? all[0] : undefined;
  }

  /** What an option or a variable follows from, where it is not written anywhere. */
  madeOf(name: string): MadeName | undefined {
    this.#variables ??= new Map(
      this.modules.flatMap(madeVariables).map((one) => [one.name, one] as const),
    );
    const option = this.declared.find(({ made }) => made?.name === name)?.made;
    return option ?? this.#variables.get(name);
  }

  /** Options may come from names of parameters: typer and others make them so. */
  get hasImplicitOptions(): boolean {
    this.#hasImplicitOptions ??= this.modules.some(({ source }) =>
      /^\s*(?:import|from) (?:typer|fire|cyclopts|tyro|clize|plac|defopt|jsonargparse|pydantic_settings|docopt|absl|gflags|simple_parsing|traitlets|hydra)\b/m.test(
        source.text,
      ),
    );
    return this.#hasImplicitOptions;
  }

  /** Where a variable of the environment is read, or at least written as a string. */
  variable(name: string): CodeSymbol | undefined {
    const made = this.madeOf(name);
    return this.string(name, 'env') ?? (made && symbolOf(made, 'env'));
  }

  /** Where a text of the code is exactly a name. */
  string(name: string, kind: CodeSymbol['kind']): CodeSymbol | undefined {
    if (!this.#strings.has(name)) this.#strings.set(name, this.placeOf(name));
    const place = this.#strings.get(name);
    return place && { kind, name, ...place };
  }

  private placeOf(name: string): { readonly file: string; readonly line: number } | undefined {
    for (const { source, file } of this.modules) {
      const at = ['"', "'"]
        .map((quote) => source.text.indexOf(`${quote}${name}${quote}`))
        .find((found) => found >= 0);
      if (at !== undefined) return { file, line: source.lines.lineOf(at) };
    }
    return undefined;
  }

  private places(pattern: RegExp, kind: CodeSymbol['kind']): Map<string, CodeSymbol> {
    const found = new Map<string, CodeSymbol>();
    for (const { source, file } of this.modules) {
      const lines: LineIndex = source.lines;
      for (const { 1: name, index } of source.text.matchAll(pattern))
        if (!found.has(name!))
          found.set(name!, { kind, name: name!, file, line: lines.lineOf(index) });
    }
    return found;
  }
}

const symbolOf = ({ name, file, line }: MadeName, kind: CodeSymbol['kind']): CodeSymbol => ({
  ...{ kind, name, file, line },
});

/** `acme = "acme.cli:main"`, in any manifest. */
const ENTRY = /(?:^|[\s"'])(["']?)([\w.-]+)\1\s*=\s*["']?([\w.]+:[\w.]+)/gm;
