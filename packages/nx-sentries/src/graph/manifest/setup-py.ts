import type { EntryPoint, ManifestFacts, Requirement } from './facts';
import { literalArguments, type Literal } from './python-call';
import { entryModule, normalise, readRequirement } from './requirement';
import { folders, packageDirs } from './source-roots';

const REQUIREMENTS = ['install_requires', 'setup_requires', 'tests_require', 'extras_require'];

/**
 * Reads a `setup.py`. It is a program, and is not run: what its call of `setup` does not say in literals is
 * not known.
 */
export function readSetupPy(source: string): ManifestFacts {
  const said = literalArguments(
    source,
    (name, owner) =>
      name === 'setup' && (owner === undefined || owner === 'setuptools' || owner === 'core'),
  );
  const name = said.get('name');
  const packageDir = said.get('package_dir');
  return {
    name: name !== undefined && 'text' in name ? normalise(name.text) : undefined,
    requires: REQUIREMENTS.flatMap((key) => texts(said.get(key))).flatMap(
      ({ text, line }): Requirement[] => {
        const wanted = readRequirement(text);
        return wanted === undefined ? [] : [{ ...wanted, line }];
      },
    ),
    entryPoints: texts(said.get('entry_points')).flatMap(({ text, line }): EntryPoint[] => {
      const module = entryModule(text.slice(text.indexOf('=') + 1));
      return module === undefined ? [] : [{ module, line }];
    }),
    sourceRoots:
      packageDir !== undefined && 'entries' in packageDir
        ? folders(packageDirs(Object.fromEntries(packageDir.entries.map(plain))))
        : undefined,
  };
}

/** All strings in a literal, whatever it has around them; one a line, as setuptools takes them too. */
function texts(literal: Literal | undefined): { text: string; line: number }[] {
  if (literal === undefined) return [];
  if ('items' in literal) return literal.items.flatMap(texts);
  if ('entries' in literal) return literal.entries.flatMap(([, value]) => texts(value));
  return literal.text
    .split('\n')
    .map((text, index) => ({ text, line: literal.line + index }))
    .filter(({ text }) => text.trim() !== '');
}

function plain([key, value]: readonly [string, Literal]): [string, unknown] {
  return [key, 'text' in value ? value.text : undefined];
}
