import { readJsonText, withValue } from '../json-text';

/**
 * The text of nx.json with a plugin in it, as the last one; comments, order and layout stay. The text itself where
 * the plugin is there, with options or without.
 *
 * @throws UsageError where the text is no JSON.
 */
export function withPlugin(text: string, plugin: string): string {
  const { text: present, content } = readJsonText(text, 'nx.json');
  const plugins = content['plugins'] as
    readonly (string | { readonly plugin: string })[] | undefined;
  const isThere = plugins?.some((one) => (typeof one === 'string' ? one : one.plugin) === plugin);
  if (isThere) return text;
  return plugins
    ? withValue(present, ['plugins', plugins.length], plugin, { insert: true })
    : withValue(present, ['plugins'], [plugin]);
}
