import type { Module } from './modules';
import type { CodeSymbol } from '../reference';
import type { LineIndex } from '../../python/text';

/** Options of command lines, variables of the environment and keys that a project reads, by what its text says. */
export class Settings {
  /** Commands that the manifests install, and what they run: `acme` → `acme.cli:main`. */
  readonly commands: ReadonlyMap<string, string>;
  #options: Map<string, CodeSymbol> | undefined;

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
    this.#options ??= this.places(/(?<=["'/ ,])(--?[A-Za-z][\w-]*)(?=["'/ ,=])/g, 'option');
    return this.#options;
  }

  /** Options may come from names of parameters: typer and others make them so. */
  get hasImplicitOptions(): boolean {
    return this.modules.some(({ source }) =>
      /^\s*(?:import|from) (?:typer|fire|cyclopts|tyro|clize|plac|defopt|jsonargparse|pydantic_settings|docopt|absl|gflags|simple_parsing|traitlets|hydra)\b/m.test(
        source.text,
      ),
    );
  }

  /** Where a variable of the environment is read, or at least written as a string. */
  variable(name: string): CodeSymbol | undefined {
    return this.string(name, 'env');
  }

  /** Where a text of the code is exactly a name. */
  string(name: string, kind: CodeSymbol['kind']): CodeSymbol | undefined {
    for (const { source, file } of this.modules) {
      const at = ['"', "'"]
        .map((quote) => source.text.indexOf(`${quote}${name}${quote}`))
        .find((found) => found >= 0);
      if (at !== undefined) return { kind, name, file, line: source.lines.lineOf(at) };
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

/** `acme = "acme.cli:main"`, in any manifest. */
const ENTRY = /(?:^|[\s"'])(["']?)([\w.-]+)\1\s*=\s*["']?([\w.]+:[\w.]+)/gm;
