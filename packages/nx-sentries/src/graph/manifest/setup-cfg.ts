import type { EntryPoint, ManifestFacts } from './facts';
import { entryModule, normalise, readRequirement } from './requirement';
import { folders, packageDirs, words } from './source-roots';

interface Line {
  readonly text: string;
  readonly line: number;
}

/** What follows the `=`, and the indented lines below. */
type Value = readonly Line[];

const REQUIREMENTS = ['install_requires', 'setup_requires', 'tests_require'];

/**
 * Reads a `setup.cfg`: https://setuptools.pypa.io/en/latest/userguide/declarative_config.html. What is
 * taken from elsewhere (`attr:`, `file:`) counts as not there.
 */
export function readSetupCfg(source: string): ManifestFacts {
  const sections = readIni(source);
  const value = (section: string, key: string): Value => sections.get(section)?.get(key) ?? [];
  const all = (section: string): Value[] => [...(sections.get(section)?.values() ?? [])];
  const name = items(value('metadata', 'name'), '\n')[0]?.text;
  const requirements = [
    ...REQUIREMENTS.map((key) => value('options', key)),
    ...all('options.extras_require'),
  ];
  return {
    name: name === undefined ? undefined : normalise(name),
    requires: requirements
      .flatMap((lines) => items(lines, ';'))
      .flatMap(({ text, line }) => {
        const wanted = readRequirement(text);
        return wanted === undefined ? [] : [{ ...wanted, line }];
      }),
    entryPoints: all('options.entry_points')
      .flatMap((lines) => items(lines, '\n'))
      .flatMap(({ text, line }): EntryPoint[] => {
        const module = entryModule(pair(text)[1]);
        return module === undefined ? [] : [{ module, line }];
      }),
    sourceRoots: folders([
      ...packageDirs(
        Object.fromEntries(
          items(value('options', 'package_dir'), ',').map(({ text }) => pair(text)),
        ),
      ),
      ...items(value('options.packages.find', 'where'), ',').map(({ text }) => text),
      ...value('tool:pytest', 'pythonpath').flatMap(({ text }) => words(text)),
    ]),
    testpaths: folders(value('tool:pytest', 'testpaths').flatMap(({ text }) => words(text))),
  };
}

/** Sections and keys as Python’s `configparser` reads them; keys with `_`, as setuptools does. */
function readIni(source: string): Map<string, Map<string, Line[]>> {
  const sections = new Map<string, Map<string, Line[]>>();
  let section = new Map<string, Line[]>();
  let value: Line[] | undefined;
  source.split('\n').forEach((written, index) => {
    const text = written.trim();
    if (text === '' || /^[#;]/.test(text)) return;
    const [, header] = /^\[([^\]]+)\]/.exec(written) ?? [];
    const [, key, first] = /^([^\s=:][^=:]*)[=:](.*)$/.exec(written) ?? [];
    if (header !== undefined) {
      section = sections.get(header) ?? new Map<string, Line[]>();
      sections.set(header, section);
      value = undefined;
    } else if (/^\s/.test(written)) {
      value?.push({ text, line: index + 1 });
    } else if (key !== undefined) {
      value = [{ text: first!.trim(), line: index + 1 }];
      section.set(key.trim().toLowerCase().replaceAll('-', '_'), value);
    }
  });
  return sections;
}

/** setuptools’ lists: one item a line, or all of them on the line of the key. */
function items(value: Value, separator: string): Line[] {
  const [first] = value;
  if (first === undefined || /^(?:attr|file):/.test(first.text)) return [];
  const lines =
    value.length > 1
      ? value
      : first.text.split(separator).map((text) => ({ text: text.trim(), line: first.line }));
  return lines.filter(({ text }) => text !== '');
}

function pair(text: string): readonly [string, string] {
  const [key, ...rest] = text.split('=');
  return [key!.trim(), rest.join('=').trim()];
}
