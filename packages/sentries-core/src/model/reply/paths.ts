import { Refused } from './refusal';

/**
 * The file that a path of a reply means: itself, or the only one that it is short or long for.
 *
 * @throws Refused where none or several are meant, or where the path leads upwards.
 */
export function resolvePath(named: string, files: readonly string[]): string {
  const found = tryPath(named, files);
  if (found !== undefined) return found;
  throw new Refused(
    'file',
    `${JSON.stringify(named.slice(0, 200))} can't be edited. Only ${listed(files)} may be edited: ` +
      'give that path exactly.',
  );
}

/** The same, or undefined. */
export function tryPath(named: string, files: readonly string[]): string | undefined {
  const path = named
    .trim()
    .replace(/^(?:file:\/\/|file:)/i, '')
    .replaceAll(/^[\s"'`*<([]+|[\s"'`*>)\],:;]+$/g, '')
    .replaceAll('\\', '/');
  if (path === '' || path.length > 1_000 || path.split('/').includes('..')) return undefined;
  if (files.includes(path)) return path;
  const short = path.replace(/^(?:\.?\/)+/, '').replaceAll(/\/(?:\.?\/)+/g, '/');
  if (files.includes(short)) return short;
  // As in the heads of diffs.
  const [head = '', ...rest] = short.split('/');
  if (/^[ab]$/.test(head) && files.includes(rest.join('/'))) return rest.join('/');
  const alike = files.filter(
    (file) => file.endsWith(`/${short}`) || `/${path}`.endsWith(`/${file}`),
  );
  return alike.length === 1 ? alike[0] : undefined;
}

/** The only file, where none is named. */
export function onlyFile(files: readonly string[]): string {
  if (files.length === 1) return files[0]!;
  throw new Refused('file', `Say which file each edit is for: one of ${listed(files)}.`);
}

const PATH = /[\w@+~:.\\/-]{0,300}[\w-]\.(?:pyi?|md|rst|txt|toml|cfg|ini|json|ya?ml)\b/g;

/** What stands around a path in a line that is there to name it, and nothing else. */
const HEADING =
  /^[\s#*`"'<>([{:=-]*(?:(?:in|the|file|filename|path|edit|update|modify|change|updated?|for)\b[\s:`*"'-]*){0,4}$/i;

/**
 * The file that a line of prose names, for the edit below it.
 *
 * @throws Refused where the line is a heading that names another file than those that may be edited.
 */
export function fileNamedIn(line: string, files: readonly string[]): string | undefined {
  if (line.length > 400) return undefined;
  const paths = [...line.matchAll(PATH)].filter(([path]) => /[a-z]/i.test(path));
  const known = new Set(paths.map(([path]) => tryPath(path.replace(/::.*$/, ''), files)));
  known.delete(undefined);
  if (known.size === 1) return [...known][0];
  const [first] = paths;
  if (paths.length !== 1 || !first) return undefined;
  const before = line.slice(0, first.index);
  const after = line.slice(first.index + first[0].length);
  if (HEADING.test(before) && /^[\s`*"'>)\]:#]*$/.test(after)) resolvePath(first[0], files);
  return undefined;
}

function listed(files: readonly string[]): string {
  const shown = files.slice(0, 8).join(', ');
  return files.length > 8 ? `${shown} and ${files.length - 8} more` : shown || 'no file';
}
