import { readJsonText, withValue } from '../json-text';

/**
 * The text of package.json with our scripts; those that are there stay, whatever they do, with order and layout.
 *
 * @param targets Names of the inferred targets.
 * @returns the text, and the names of scripts that are other ones.
 * @throws UsageError where the text is no JSON.
 */
export function withScripts(
  text: string,
  targets: readonly string[],
): { readonly text: string; readonly kept: string[] } {
  const wanted = {
    'sentries:test': `nx affected -t ${targets.join(' ')}`,
    'sentries:apply': 'sentries apply',
  };
  const { content } = readJsonText(text, 'package.json');
  const scripts = (content['scripts'] ?? {}) as Readonly<Record<string, string>>;
  const missing = Object.entries(wanted).filter(([name]) => !(name in scripts));
  return {
    text: missing.reduce((left, [name, does]) => withValue(left, ['scripts', name], does), text),
    kept: Object.entries(wanted)
      .filter(([name, does]) => name in scripts && scripts[name] !== does)
      .map(([name]) => name),
  };
}
