import {
  applyEdits,
  modify,
  parse,
  type FormattingOptions,
  type JSONPath,
  type ParseError,
} from 'jsonc-parser';
import { UsageError } from 'sentries-core';

/** A JSON file of the workspace that may have comments, and is edited as text. */
export interface JsonText {
  /** The text; `{}` where the file is empty or not there. */
  readonly text: string;
  readonly content: Readonly<Record<string, unknown>>;
}

/**
 * Reads a JSON object, with comments and trailing commas.
 *
 * @param file Its name, for the message.
 * @throws UsageError where the text is no JSON object.
 */
export function readJsonText(text: string, file: string): JsonText {
  const present = text.trim() === '' ? '{}' : text;
  const errors: ParseError[] = [];
  const content: unknown = parse(present, errors, { allowTrailingComma: true });
  if (errors[0]) {
    const line = present.slice(0, errors[0].offset).split('\n').length;
    throw new UsageError(`${file}:${line} is not JSON`, 'Mend it there, and try again.');
  }
  if (typeof content !== 'object' || content === null || Array.isArray(content))
    throw new UsageError(`${file} is no JSON object`, 'Mend it, and try again.');
  return { text: present, content: content as Record<string, unknown> };
}

/**
 * A JSON text with a value set; comments, order and layout stay.
 *
 * @param options `first`: a new key becomes the first of its object; `insert`: the path ends with the index of a new
 *   element of an array.
 */
export function withValue(
  text: string,
  path: JSONPath,
  value: unknown,
  options: { readonly first?: boolean; readonly insert?: boolean } = {},
): string {
  const edits = modify(text, path, value, {
    formattingOptions: layoutOf(text),
    ...(options.first && { getInsertionIndex: () => 0 }),
    ...(options.insert && { isArrayInsertion: true }),
  });
  return applyEdits(text, edits);
}

function layoutOf(text: string): FormattingOptions {
  const indent = /^([ \t]+)\S/m.exec(text)?.[1] ?? '  ';
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  return { insertSpaces: !indent.startsWith('\t'), tabSize: indent.length, eol };
}
