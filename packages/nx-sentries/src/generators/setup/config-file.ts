import { readJsonText, withValue } from '../json-text';

export const CONFIG_FILE = 'sentries.config.json';

/** Where the schema lies once the package is installed. */
const SCHEMA = './node_modules/nx-sentries/config.schema.json';

/**
 * The text of `sentries.config.json` with the schema that editors know its keys by; comments, order and layout stay.
 * The text itself where it names a schema.
 *
 * @throws UsageError where the text is no JSON.
 */
export function withSchema(text: string): string {
  if (text.trim() === '') return `${JSON.stringify({ $schema: SCHEMA }, null, 2)}\n`;
  const { text: present, content } = readJsonText(text, CONFIG_FILE);
  return '$schema' in content ? text : withValue(present, ['$schema'], SCHEMA, { first: true });
}
