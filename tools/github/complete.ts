import type { Description, Schema } from './description';

/**
 * Replies of GitHub have dozens of required fields (a pull request with its repositories: some 300), most of which say nothing
 * to us. So a reply is written with what matters, and completed here from the description with empty values.
 */
export class Completer {
  constructor(private readonly description: Description) {}

  /**
   * @throws Error where a field is given that the description doesn't have: a misspelt one would pass its check.
   */
  complete(schema: Schema, given: unknown, at = 'reply'): unknown {
    const full = this.#resolve(schema);
    if (given === null) return null;
    if (Array.isArray(given))
      return given.map((item, index) =>
        full.items === undefined
          ? (item as unknown)
          : this.complete(full.items, item, `${at}[${index}]`),
      );
    if (given === undefined) return this.#empty(full, at);
    if (typeof given !== 'object') return given;
    const { required, properties, open } = this.#shape(full, Object.keys(given), at);
    const unknown = Object.keys(given).filter((key) => !open && properties[key] === undefined);
    if (unknown.length > 0)
      throw new Error(`${at}: GitHub's description has no ${unknown.join(', ')}`);
    const result: Record<string, unknown> = {};
    for (const key of new Set([...required, ...Object.keys(given)])) {
      const value = this.complete(
        properties[key] ?? {},
        (given as Record<string, unknown>)[key],
        `${at}.${key}`,
      );
      if (value !== undefined) result[key] = value;
    }
    return result;
  }

  #empty(schema: Schema, at: string): unknown {
    if (schema.nullable === true) return null;
    if (schema.enum !== undefined) return schema.enum[0];
    const options = schema.oneOf ?? schema.anyOf;
    if (options !== undefined) return this.#empty(this.#resolve(options[0]!), at);
    switch (schema.type) {
      case 'string':
        if (schema.format === 'uri') return NOWHERE;
        return schema.format === 'date-time' ? '1970-01-01T00:00:00Z' : '';
      case 'integer':
      case 'number':
        return 0;
      case 'boolean':
        return false;
      case 'array':
        return [];
      default:
        return this.complete(schema, {}, at);
    }
  }

  /** What an object may have: of alternatives, those of the first that knows all that is given. */
  #shape(schema: Schema, given: readonly string[], at: string): Shape {
    const alternatives = (schema.oneOf ?? schema.anyOf ?? []).map((option) =>
      this.#resolve(option),
    );
    const own: Shape = {
      required: schema.required ?? [],
      properties: schema.properties ?? {},
      open:
        typeof schema.additionalProperties === 'object' ||
        (schema.properties === undefined &&
          schema.allOf === undefined &&
          alternatives.length === 0),
    };
    const parts = [
      own,
      ...(schema.allOf ?? []).map((part) => this.#shape(this.#resolve(part), [], at)),
    ];
    const shape: Shape = {
      required: parts.flatMap(({ required }) => required),
      properties: Object.assign(
        {},
        ...parts.map(({ properties }) => properties),
      ) as Shape['properties'],
      open: own.open,
    };
    if (alternatives.length === 0) return shape;
    const fitting = alternatives
      .filter(({ type }) => type === undefined || type === 'object')
      .map((option) => this.#shape(option, given, at))
      .find(({ properties, open }) => open || given.every((key) => key in properties));
    if (fitting === undefined) throw new Error(`${at}: no alternative has ${given.join(', ')}`);
    return {
      required: [...shape.required, ...fitting.required],
      properties: { ...shape.properties, ...fitting.properties },
      open: fitting.open,
    };
  }

  #resolve(schema: Schema): Schema {
    if (schema.$ref === undefined) return schema;
    const [, , kind, name] = schema.$ref.split('/') as [string, string, string, string];
    return this.#resolve(this.description.components[kind]![name] as Schema);
  }
}

/** What stands in required addresses that were not given: who follows one goes wrong visibly. */
const NOWHERE = 'http://nowhere.invalid/';

interface Shape {
  readonly required: readonly string[];
  readonly properties: Readonly<Record<string, Schema>>;
  /** May it have any other field? */
  readonly open: boolean;
}
