import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { distance } from 'fastest-levenshtein';
import { parse, printParseErrorCode, type ParseError } from 'jsonc-parser';
import type { z } from 'zod';
import { UsageError } from '../errors';
import { configFile } from './schema';
import { ADDRESSES, DEFAULT_SETTINGS, SECRETS, VARIABLES, type Settings } from './settings';

export const CONFIG_FILE = 'sentries.config.json';

/** The settings in force, and where each comes from. */
export interface Effective {
  readonly settings: Settings;
  /** Of each setting, by its path (`model.base`): who gave it. Secrets are in it without their value. */
  readonly origins: readonly Origin[];
}

export interface Origin {
  readonly key: string;
  /** Null for a secret. */
  readonly value: unknown;
  readonly source: string;
}

type Values = ReadonlyMap<string, unknown>;

/**
 * The settings of a workspace: the environment before `sentries.config.json` before the defaults. An empty
 * variable counts as one that is not set.
 *
 * @throws UsageError for a file that can't be read, an unknown key (with the nearest known one) or a value
 *   that is none.
 */
export async function loadSettings(
  workspace: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Effective> {
  const variables = Object.entries(VARIABLES).filter(([name]) => environment[name]);
  for (const [name, key] of variables) checkVariable(name, key, environment[name]!);
  const layers: readonly { readonly source: (key: string) => string; readonly values: Values }[] = [
    {
      source: (key) => variables.find(([, own]) => own === key)![0],
      values: new Map(variables.map(([name, key]) => [key, environment[name]])),
    },
    { source: () => CONFIG_FILE, values: flattened(await readConfig(workspace)) },
    { source: () => 'default', values: flattened(DEFAULT_SETTINGS) },
  ];
  const settings = {};
  const origins: Origin[] = [];
  for (const key of [...new Set(layers.flatMap(({ values }) => [...values.keys()]))].sort()) {
    const { source, values } = layers.find((layer) => layer.values.has(key))!;
    const value = values.get(key);
    put(settings, key.split('.'), value);
    origins.push({ key, value: SECRETS.has(key) ? null : value, source: source(key) });
  }
  return { settings: settings as Settings, origins };
}

async function readConfig(workspace: string): Promise<object> {
  const text = await readFile(join(workspace, CONFIG_FILE), 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '{}';
    throw new UsageError(
      `${CONFIG_FILE} can't be read: ${(error as Error).message}`,
      'Make it a file that you may read.',
      error,
    );
  });
  const errors: ParseError[] = [];
  const content: unknown = parse(text, errors, { allowTrailingComma: true });
  if (errors[0]) {
    const line = text.slice(0, errors[0].offset).split('\n').length;
    throw new UsageError(
      `${CONFIG_FILE}:${line} is not JSON (${printParseErrorCode(errors[0].error)})`,
      'Mend it there. Comments and trailing commas are allowed.',
    );
  }
  const checked = configFile.safeParse(content);
  if (checked.success) {
    const { $schema: _, ...sections } = checked.data;
    return sections;
  }
  throw new UsageError(
    `${CONFIG_FILE}: ${checked.error.issues.map((issue) => complaint(issue)).join('; ')}`,
    `All keys are in the JSON Schema: put "$schema": "./node_modules/nx-sentries/config.schema.json" into it.`,
  );
}

/** What is wrong, with the nearest known name of an unknown key. */
function complaint(issue: z.core.$ZodIssue): string {
  const place = issue.path.join('.');
  if (issue.code !== 'unrecognized_keys') return `${place || 'the file'}: ${issue.message}`;
  const known = keysAt(issue.path.map(String)).map((key) => [...issue.path, key].join('.'));
  return issue.keys
    .map((key) => {
      const meant = nearest([...issue.path, key].join('.'), known) ?? elsewhere(key);
      const hint = meant === undefined ? '' : `; did you mean ${meant}?`;
      return `there is no key ${[...issue.path, key].join('.')}${hint}`;
    })
    .join('; ');
}

/** The known path that is like the one that was written; undefined where none is. */
function nearest(written: string, known: readonly string[]): string | undefined {
  const [first] = known.toSorted((a, b) => distance(a, written) - distance(b, written));
  return first !== undefined && distance(first, written) <= 3 ? first : undefined;
}

/** The one key of that name in some other section. */
function elsewhere(key: string, path: readonly string[] = []): string | undefined {
  const found = keysAt(path).flatMap((name) =>
    name === key ? [[...path, name].join('.')] : (elsewhere(key, [...path, name]) ?? []),
  );
  return found.length === 1 ? found[0] : undefined;
}

/** The keys that the schema has at a path. */
function keysAt(path: readonly string[]): string[] {
  let at: unknown = configFile;
  const shapeOf = (schema: unknown): Record<string, unknown> => {
    let inner = schema as { shape?: Record<string, unknown>; unwrap?: () => unknown };
    while (!inner.shape && inner.unwrap) inner = inner.unwrap() as typeof inner;
    return inner.shape ?? {};
  };
  // Of a list all elements have the same shape.
  for (const key of path.filter((one) => !/^\d+$/.test(one))) at = shapeOf(at)[key];
  return Object.keys(shapeOf(at));
}

/** A variable's value must be one that the file could have, too; secrets are texts. */
function checkVariable(name: string, key: string, value: string): void {
  if (SECRETS.has(key)) return;
  const nested = {};
  put(nested, key.split('.'), value);
  const checked = configFile.safeParse(nested);
  if (checked.success) return;
  throw new UsageError(
    `the environment variable ${name} is ${ADDRESSES.has(key) ? 'no address' : JSON.stringify(value)}: ${checked.error.issues[0]!.message}`,
    `Set it to a value of ${key}, or unset it.`,
  );
}

/** Nested values by their dotted paths. */
function flattened(value: object, prefix = ''): Map<string, unknown> {
  return new Map(
    Object.entries(value).flatMap(([key, inner]: [string, unknown]) =>
      typeof inner === 'object' && inner !== null && !Array.isArray(inner)
        ? [...flattened(inner, `${prefix}${key}.`)]
        : [[`${prefix}${key}`, inner] as [string, unknown]],
    ),
  );
}

function put(target: object, [first, ...rest]: readonly string[], value: unknown): void {
  const values = target as Record<string, unknown>;
  if (rest.length === 0) values[first!] = value;
  else put((values[first!] ??= {}), rest, value);
}
