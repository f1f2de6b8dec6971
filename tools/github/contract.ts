import addFormats from 'ajv-formats';
import { OpenAPIBackend, type Request } from 'openapi-backend';
import { Completer } from './complete';
import { describe, type Description, type Schema } from './description';

/** A request that has its place in GitHub's description. */
export interface Matched {
  readonly operation: string;
  readonly params: Readonly<Record<string, string>>;
}

/** GitHub's description as a judge of requests and replies. */
export class Contract {
  readonly #schemas = new Map<string, Responses>();
  readonly #bodies = new Map<string, ReadonlySet<string> | undefined>();
  readonly #completer: Completer;

  private constructor(
    private readonly api: OpenAPIBackend,
    description: Description,
  ) {
    this.#completer = new Completer(description);
    for (const methods of Object.values(description.paths))
      for (const { operationId, responses, requestBody } of Object.values(methods)) {
        this.#schemas.set(operationId, responses as unknown as Responses);
        const body = requestBody?.content['application/json']?.schema;
        this.#bodies.set(operationId, body === undefined ? new Set() : fieldsOf(body));
      }
  }

  static async open(operations: readonly string[]): Promise<Contract> {
    const description = describe(operations);
    const api = new OpenAPIBackend({
      definition: nullableByUnion(description) as never,
      quick: true,
      coerceTypes: true,
      // Checks are compiled anew in every process and run a few times: what makes them fast doesn't pay.
      ajvOpts: { allErrors: true, inlineRefs: false, code: { optimize: false } },
      customizeAjv: (ajv) => {
        addFormats(ajv);
        ajv.addFormat('repo.nwo', /^[^/]+\/[^/]+$/);
        ajv.addFormat('timestamp', { type: 'number', validate: Number.isInteger });
        return ajv;
      },
    });
    await api.init();
    return new Contract(api, description);
  }

  match(request: Request): Matched | undefined {
    const operation = this.api.matchOperation(request);
    if (operation?.operationId === undefined) return undefined;
    const parsed = this.api.router.parseRequest(request, operation);
    return { operation: operation.operationId, params: parsed.params as Matched['params'] };
  }

  /** @returns what is wrong with the request, and what it asks for as numbers and truth values. */
  request(request: Request, operation: string): { wrong: string[]; query: Query; params: Params } {
    const { errors, coerced } = this.api.validator.validateRequest(
      request,
      this.api.getOperation(operation),
    );
    const wrong = (errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
    const known = this.#bodies.get(operation);
    if (known !== undefined && isObject(request.body))
      for (const field of Object.keys(request.body))
        if (!known.has(field)) wrong.push(`/requestBody has ${field}, which GitHub doesn't know`);
    const { query, params } = (coerced ?? {}) as { query?: Query; params?: Params };
    return { wrong, query: query ?? {}, params: params ?? {} };
  }

  /** A reply with all that GitHub's would have. @throws Error where a field is given that it doesn't have. */
  complete(operation: string, status: number, body: unknown): unknown {
    const schema = this.#reply(operation, status);
    return schema === undefined ? body : this.#completer.complete(schema, body, operation);
  }

  /** @returns what is wrong with the reply. */
  reply(
    operation: string,
    status: number,
    body: unknown,
    headers: Readonly<Record<string, string>>,
  ): string[] {
    const responses = this.#schemas.get(operation);
    if (responses?.[status] === undefined)
      return status < 400 ? [`GitHub doesn't answer ${status} here`] : [];
    const described = this.api.getOperation(operation)!;
    const { errors } = this.api.validateResponse(body ?? null, described, status);
    const { errors: wrongHeaders } = this.api.validateResponseHeaders(headers, described, {
      statusCode: status,
    });
    return [...(errors ?? []), ...(wrongHeaders ?? [])].map(
      ({ instancePath, message }) => `${instancePath} ${message}`,
    );
  }

  #reply(operation: string, status: number): Schema | undefined {
    const response = this.#schemas.get(operation)?.[status];
    return response?.content?.['application/json']?.schema;
  }
}

type Responses = Readonly<
  Record<number, { readonly content?: Record<string, { schema: Schema }> }>
>;
type Query = Readonly<Record<string, string | number | undefined>>;
type Params = Readonly<Record<string, string | number>>;

/** The fields that a body may have; `undefined` where it may be something else than an object. */
function fieldsOf(schema: Schema): ReadonlySet<string> | undefined {
  const parts = [schema, ...(schema.oneOf ?? []), ...(schema.anyOf ?? []), ...(schema.allOf ?? [])];
  if (parts.some((part) => part.$ref !== undefined || part.additionalProperties === true))
    return undefined;
  return new Set(parts.flatMap(({ properties }) => Object.keys(properties ?? {})));
}

/** A copy whose unions may be null as JSON Schema says it: its validator takes `nullable` beside a `type` only. */
function nullableByUnion(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(nullableByUnion);
  if (!isObject(node)) return node;
  const copy = Object.fromEntries(
    Object.entries(node).map(([key, value]) => [key, nullableByUnion(value)]),
  );
  if (copy['nullable'] !== true || 'type' in copy) return copy;
  const { nullable: _nullable, ...rest } = copy;
  return { anyOf: [rest, { type: 'null' }] };
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
