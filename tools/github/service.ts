import { accountOf } from './accounts';
import { errorBody, paged, type Answer } from './answer';
import { ApiError, notFound } from './api-error';
import { Contract, type Matched } from './contract';
import { ISSUES } from './operations/issues';
import type { Operation } from './operations/operation';
import { PULLS } from './operations/pulls';
import { REPOSITORIES } from './operations/repositories';
import type { Repository } from './state';
import { Views } from './views';

const OPERATIONS: Readonly<Record<string, Operation>> = { ...PULLS, ...ISSUES, ...REPOSITORIES };

/** Loading it takes most of the time of a start; it says the same to all servers of a process. */
let contract: Promise<Contract> | undefined;

/** A request as it came in, its body read. */
export interface Form {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: Record<string, string>;
  readonly body: unknown;
}

/** From requests to replies, without faults: who asks, may they, is it in the description, and what comes of it. */
export class Service {
  readonly #views: Views;

  private constructor(
    private readonly contract: Contract,
    private readonly api: string,
    web: string,
    private readonly find: (name: string) => Repository | undefined,
    private readonly violations: string[],
  ) {
    this.#views = new Views(api, web);
  }

  /**
   * @param api Where the API is, and `web` where people look; both without a slash at the end.
   * @param find Gives the repository of a full name.
   * @param violations Gets what breaks the description.
   */
  static async open(
    api: string,
    web: string,
    find: (name: string) => Repository | undefined,
    violations: string[],
  ): Promise<Service> {
    contract ??= Contract.open(Object.keys(OPERATIONS));
    return new Service(await contract, api, web, find, violations);
  }

  static knows(operation: string): boolean {
    return operation in OPERATIONS;
  }

  match(form: Form): Matched | undefined {
    return this.contract.match(form);
  }

  answer(form: Form, matched: Matched | undefined): Answer {
    const operation = matched?.operation;
    try {
      if (matched === undefined) {
        this.violations.push(`${form.method} ${form.path}: GitHub has no such operation`);
        throw notFound();
      }
      return this.#checked(matched.operation, this.#done(form, matched));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const answer = { status: error.status, body: errorBody(error), headers: error.headers };
      return operation === undefined ? answer : this.#checked(operation, answer);
    }
  }

  #done(form: Form, { operation, params }: Matched): Answer {
    const token = /^(?:token|bearer) (.*)$/i.exec(form.headers['authorization'] ?? '')?.[1];
    const repository = this.find(`${params['owner']}/${params['repo']}`);
    const account = accountOf(token, repository?.hidden ?? false);
    if (token !== undefined && account.rights === 'unknown')
      throw new ApiError(401, 'Bad credentials');
    if (params['repo'] !== undefined && (repository === undefined || account.rights === 'unknown'))
      throw notFound();
    if (token === undefined && (form.method !== 'GET' || repository === undefined))
      throw new ApiError(401, 'Requires authentication');
    if (account.rights === 'read' && form.method !== 'GET')
      throw new ApiError(403, 'Resource not accessible by integration');
    const { wrong, ...asked } = this.contract.request(form, operation);
    if (wrong.length > 0) {
      this.violations.push(...wrong.map((what) => `request of ${operation}: ${what}`));
      throw new ApiError(422, `Invalid request.\n\n${wrong.join('\n')}`);
    }
    repository?.sync();
    const reply = OPERATIONS[operation]!({
      ...{ repository: repository!, ...account, views: this.#views },
      ...asked,
      params: { ...params, ...asked.params },
      body: (form.body ?? {}) as Readonly<Record<string, unknown>>,
    });
    return paged(reply, asked.query, `${this.api}${form.path}`);
  }

  #checked(operation: string, { status, body, headers }: Answer): Answer {
    const whole = this.contract.complete(operation, status, body);
    const wrong = this.contract.reply(operation, status, whole, headers);
    this.violations.push(...wrong.map((what) => `reply of ${operation}, ${status}: ${what}`));
    return { status, body: whole, headers };
  }
}
