import { unfenced } from './fences';
import { readJson } from './json';
import type { ProposedEdit } from './proposed';
import { Refused } from './refusal';

const FILE = ['file', 'path', 'filename', 'file_path', 'filepath', 'file_name'];
const FIND = [
  'find',
  'search',
  'old',
  'old_string',
  'old_str',
  'old_text',
  'old_code',
  'original',
  'before',
  'target',
];
const REPLACE = [
  'replace',
  'replacement',
  'replace_with',
  'new',
  'new_string',
  'new_str',
  'new_text',
  'new_code',
  'after',
  'with',
  'updated',
];
const NAME = ['function', 'function_name', 'qualified_name', 'name', 'symbol'];
const CODE = ['code', 'body', 'source', 'new_code', 'replacement', 'replace', 'content'];
const LISTS = [
  'operations',
  'operation',
  'edits',
  'edit',
  'changes',
  'patches',
  'patch',
  'replacements',
  'modifications',
  'ops',
];

/** The edits that a reply states as JSON objects; none where it holds no such objects. */
export function readJsonEdits(answer: string): ProposedEdit[] {
  const { values, isUnfinished } = readJson(answer);
  if (isUnfinished) {
    throw new Refused(
      'unfinished',
      'Your JSON is not complete. Send one complete JSON object, shorter if need be.',
    );
  }
  return values.flatMap((value) => editsIn(value, undefined, 0));
}

function editsIn(value: unknown, file: string | undefined, depth: number): ProposedEdit[] {
  if (depth > 6) return [];
  if (Array.isArray(value)) return value.flatMap((item) => editsIn(item, file, depth + 1));
  // A list that was made a string once more.
  if (typeof value === 'string') {
    return depth > 0 && /^\s*[[{]/.test(value)
      ? readJson(value).values.flatMap((item) => editsIn(item, file, depth + 2))
      : [];
  }
  if (typeof value !== 'object' || value === null) return [];
  const fields = new Map(Object.entries(value).map(([key, field]) => [snake(key), field]));
  const own = text(fields, FILE) ?? file;
  const list = LISTS.find(
    (name) => typeof fields.get(name) === 'object' || /^\s*[[{]/.test(text(fields, [name]) ?? ''),
  );
  if (list) return editsIn(fields.get(list), own, depth + 1);
  const edit = replacementIn(fields, own);
  if (edit) return [edit];
  return Object.entries(value).flatMap(([key, field]) =>
    typeof field === 'object' ? editsIn(field, /\.\w+$/.test(key) ? key : own, depth + 1) : [],
  );
}

function replacementIn(
  fields: Map<string, unknown>,
  file: string | undefined,
): ProposedEdit | undefined {
  const find = text(fields, FIND);
  if (find !== undefined) {
    // A deletion is said at times by leaving the new text out, or as null.
    const names = REPLACE.filter((name) => fields.has(name));
    const replace = text(fields, names) ?? (names.length > 0 ? '' : undefined);
    if (replace === undefined) {
      throw new Refused('nothing-found', 'An operation has "find" and no "replace". Give both.');
    }
    return { kind: 'text', file, find: unfenced(find), replace: unfenced(replace) };
  }
  const code = text(fields, CODE);
  const name = text(fields, NAME);
  if (code === undefined || !/\bdef\s/.test(code)) {
    if (fields.has('replace') && file !== undefined) {
      throw new Refused(
        'unfit-find',
        'An operation has "replace" and no "find". Copy the text to be replaced into "find".',
      );
    }
    return undefined;
  }
  const [named, ...rest] = (name ?? '').split('::');
  const isPath = rest.length > 0;
  return {
    kind: 'function',
    file: file ?? (isPath ? named : undefined),
    name: name === undefined ? undefined : isPath ? rest.join('.') : name,
    code: unfenced(code),
  };
}

/** The first field of a name that is text, or lines of text. */
function text(fields: ReadonlyMap<string, unknown>, names: readonly string[]): string | undefined {
  for (const name of names) {
    const field = fields.get(name);
    if (typeof field === 'string') return field.replaceAll(/\r\n?/g, '\n');
    if (typeof field === 'number') return String(field);
    if (
      Array.isArray(field) &&
      field.length > 0 &&
      field.every((line) => typeof line === 'string')
    ) {
      return field.map((line: string) => line.replace(/\n$/, '')).join('\n');
    }
  }
  return undefined;
}

/** `oldString`, `Old String` and `old-string` are `old_string`. */
function snake(key: string): string {
  return key
    .trim()
    .replaceAll(/([a-z])([A-Z])/g, '$1_$2')
    .replaceAll(/[\s-]+/g, '_')
    .toLowerCase();
}
