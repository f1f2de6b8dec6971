import { UsageError } from 'sentries-core';
import { readJsonText, withValue } from '../json-text';

/**
 * The text of package.json with our scripts; those that are there stay, whatever they do, with order and layout.
 *
 * @param targets Names of the inferred targets.
 * @returns the text, and the names of scripts that are other ones.
 * @throws UsageError where the text is no JSON, or its scripts are no object.
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
  if (typeof scripts !== 'object' || Array.isArray(scripts))
    throw new UsageError(
      'the scripts of package.json are no object',
      'Mend them, or run it with --scripts=false.',
    );
  const missing = Object.entries(wanted).filter(([name]) => !(name in scripts));
  return {
    text: missing.reduce(
      (left, [name, does]) => withValue(left, ['scripts', name], does),
      content['scripts'] === null ? withValue(text, ['scripts'], {}) : text,
    ),
    kept: Object.entries(wanted)
      .filter(([name, does]) => name in scripts && scripts[name] !== does)
      .map(([name]) => name),
  };
}
