import { applyEdits, modify, parse, type ParseError } from 'jsonc-parser';
import { UsageError } from 'sentries-core';

/**
 * The text of nx.json with a plugin in it, as the last one; comments, order and layout stay. The text itself where
 * the plugin is there, with options or without.
 *
 * @throws UsageError where the text is no JSON.
 */
export function withPlugin(text: string, plugin: string): string {
  const errors: ParseError[] = [];
  const content = parse(text === '' ? '{}' : text, errors, { allowTrailingComma: true }) as {
    plugins?: readonly (string | { readonly plugin: string })[];
  };
  if (errors[0]) {
    const line = text.slice(0, errors[0].offset).split('\n').length;
    throw new UsageError(`nx.json:${line} is not JSON`, 'Mend it there, and try again.');
  }
  const plugins = content.plugins ?? [];
  const isThere = plugins.some((one) => (typeof one === 'string' ? one : one.plugin) === plugin);
  if (isThere) return text;
  const formattingOptions = { insertSpaces: true, tabSize: 2, eol: eolOf(text) };
  const edits = content.plugins
    ? modify(text, ['plugins', plugins.length], plugin, {
        formattingOptions,
        isArrayInsertion: true,
      })
    : modify(text === '' ? '{}' : text, ['plugins'], [plugin], { formattingOptions });
  return applyEdits(text === '' ? '{}' : text, edits);
}

const eolOf = (text: string): string => (text.includes('\r\n') ? '\r\n' : '\n');
