import { readFileSync } from 'node:fs';

/** A node of GitHub's description: plain JSON, whose shape is OpenAPI's. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly nullable?: boolean;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
}

interface Operation {
  readonly operationId: string;
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly content?: Content; $ref?: string }>>;
}

type Content = Readonly<Record<string, { readonly schema?: Schema }>>;

export interface Description {
  readonly openapi: string;
  readonly info: object;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: Readonly<Record<string, Readonly<Record<string, object>>>>;
}

/** Texts for people: half of the file, and nothing that could be checked. */
const PROSE = new Set(['description', 'example', 'examples', 'externalDocs', 'summary']);

/**
 * GitHub's published description, cut to these operations and what they refer to. Cut when it is loaded (the whole has 811
 * paths and would take a minute to compile), so nothing of it is kept in this repository.
 *
 * @throws Error where the description has no such operation.
 */
export function describe(operations: readonly string[]): Description {
  const file = require.resolve('@octokit/openapi/generated/api.github.com.json');
  const whole = JSON.parse(readFileSync(file, 'utf8')) as Description;
  const wanted = new Set(operations);
  const paths: Record<string, Record<string, Operation>> = {};
  for (const [path, methods] of Object.entries(whole.paths))
    for (const [method, operation] of Object.entries(methods))
      if (wanted.delete(operation.operationId))
        (paths[path] ??= {})[method] = withoutProse(operation);
  if (wanted.size > 0) throw new Error(`GitHub describes no ${[...wanted].join(', ')}`);
  const components: Record<string, Record<string, object>> = {};
  const open = references(paths);
  for (let reference = open.pop(); reference !== undefined; reference = open.pop()) {
    const [, , kind, name] = reference.split('/') as [string, string, string, string];
    if (components[kind]?.[name] !== undefined) continue;
    const component = withoutProse(whole.components[kind]![name]!);
    (components[kind] ??= {})[name] = component;
    open.push(...references(component));
  }
  return { openapi: whole.openapi, info: whole.info, paths, components };
}

/** A copy without texts for people; a property of that name is kept, being one. */
function withoutProse<T>(node: T, names = false): T {
  if (Array.isArray(node)) return node.map((item: unknown) => withoutProse(item)) as T;
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(
    Object.entries(node)
      .filter(([key]) => names || !PROSE.has(key))
      .map(([key, value]) => [key, withoutProse<unknown>(value, key === 'properties' && !names)]),
  ) as T;
}

function references(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) =>
    key === '$ref' && typeof value === 'string' ? [value] : references(value),
  );
}
