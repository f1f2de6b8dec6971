import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BareRepository } from '../remotes/bare-repository';
import { serveGit, type GitRequest, type Rights } from '../remotes/git-http';
import { ApiError, notFound } from './api-error';
import { Contract } from './contract';
import { documentation, Faults, type Fault, type Target } from './faults';
import { ISSUES } from './operations/issues';
import type { Operation, Reply } from './operations/operation';
import { PULLS } from './operations/pulls';
import { REPOSITORIES } from './operations/repositories';
import { Person } from './person';
import { Repository, type User } from './state';
import { Views } from './views';

/** What comes with every account. Nothing else is let in. */
export const TOKENS = {
  /** May write. */
  write: `ghp_${'w'.repeat(36)}`,
  /** May read: what a workflow gets for a pull request from a fork. */
  read: `ghp_${'r'.repeat(36)}`,
  /** The token of a workflow: writes, as a bot that has no account of its own. */
  workflow: `ghs_${'a'.repeat(36)}`,
  /** Was withdrawn. */
  revoked: `ghp_${'x'.repeat(36)}`,
} as const;

const OPERATIONS: Readonly<Record<string, Operation>> = { ...PULLS, ...ISSUES, ...REPOSITORIES };

/** One request to the API as it came in, and what it got. */
export interface ApiRequest {
  /** As GitHub names it, `pulls/create`; `undefined` for what GitHub doesn't have. */
  readonly operation: string | undefined;
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
  readonly authorization: string | undefined;
  /** 0 where no whole reply was sent. */
  status: number;
}

/** A repository on the server, and who works on it by hand. */
export interface HostedRepository {
  readonly state: Repository;
  readonly person: Person;
  /** The remote over smart HTTP; tokens are checked. */
  readonly remote: string;
  /** Makes a branch protected, for the API and for pushes. */
  protect(branch: string): void;
}

/**
 * A GitHub on loopback. Every request and every reply is checked against the description that GitHub publishes; branches are
 * those of a real repository, which it serves over smart HTTP as well; all else is kept in memory.
 *
 * - `const github = await GitHub.start()`, and in the end `await github.stop()`, which throws where a request or a reply
 *   broke the description. `github.apiUrl` goes to `GITHUB_API_URL`, a token of {@link TOKENS} to `GITHUB_TOKEN`.
 * - `github.host('team/app', BareRepository.create(folder, from))` gives `{ state, person, remote, protect }`: `state.pulls`
 *   as they are now, `person.close(1)`, `.merge(1)`, `.comment(1, …)`, `.push(branch, files)`, …
 * - `github.fail('pulls/create', FAULTS.cutAfterwards)`, or `github.fail({ method, path }, { status: 502 }, { nth: 2, times: 3 })`.
 * - `github.requests`, `github.count('pulls/create')`, `github.writes()`, `github.pushes()` tell what was asked.
 * - `github.now = () => date` is its clock.
 *
 * It lives in the process that starts it: run clients beside it without blocking (`spawn`, not `spawnSync`).
 */
export class GitHub {
  readonly requests: ApiRequest[] = [];
  readonly gitRequests: GitRequest[] = [];
  /** What broke the description, of either side. */
  readonly violations: string[] = [];
  now: () => Date = () => new Date();

  readonly #faults = new Faults();
  readonly #repositories = new Map<string, HostedRepository>();
  readonly #server: Server = createServer((request, response) => {
    this.#answer(request, response).catch((error: unknown) => {
      this.violations.push(`the server itself: ${String(error)}`);
      response.destroy();
    });
  });
  #contract!: Contract;
  #views!: Views;

  static async start(): Promise<GitHub> {
    const github = new GitHub();
    await new Promise<void>((resolve) => github.#server.listen(0, '127.0.0.1', resolve));
    github.#contract = await Contract.open(Object.keys(OPERATIONS), `${github.url}/nowhere`);
    github.#views = new Views(github.apiUrl, github.url);
    return github;
  }

  /** Where people look, and where remotes begin; without a slash at the end. */
  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Where GitHub Enterprise has its API. The same is at {@link url}, as at api.github.com. */
  get apiUrl(): string {
    return `${this.url}/api/v3`;
  }

  /** @param name `owner/name`. Nobody but the holders of tokens sees it where it is `hidden`. */
  host(
    name: string,
    git: BareRepository,
    { hidden = false, defaultBranch = 'main' } = {},
  ): HostedRepository {
    const [owner, short] = name.split('/') as [string, string];
    const state = new Repository(
      ...([this.#repositories.size + 1, owner, short, git, hidden, defaultBranch] as const),
      () => this.now(),
    );
    const hosted: HostedRepository = {
      state,
      person: new Person(state),
      remote: `${this.url}/${name}.git`,
      protect(branch) {
        state.protectedBranches.add(branch);
        git.protect(branch);
      },
    };
    this.#repositories.set(name.toLowerCase(), hosted);
    return hosted;
  }

  /** Lets requests fail; by default the next one of the operation. */
  fail(target: string | Target, fault: Fault, { nth = 1, times = 1 } = {}): void {
    const meant = typeof target === 'string' ? { operation: target } : target;
    if (meant.operation !== undefined && OPERATIONS[meant.operation] === undefined)
      throw new Error(`There is no operation ${meant.operation}`);
    this.#faults.plan(meant, fault, nth, times);
  }

  /** All is well again. */
  heal(): void {
    this.#faults.clear();
  }

  /** How many requests there were for an operation. */
  count(operation: string): number {
    return this.requests.filter((request) => request.operation === operation).length;
  }

  /** What would have changed something, by operation, in order. */
  writes(): string[] {
    return this.requests
      .filter(({ method }) => method !== 'GET')
      .map(({ operation, method, path }) => operation ?? `${method} ${path}`);
  }

  /** Pushes that came in over HTTP. */
  pushes(): GitRequest[] {
    return this.gitRequests.filter(({ push, method }) => push && method === 'POST');
  }

  /** @throws Error where a request or a reply broke GitHub's description. */
  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
    const violations = this.violations.splice(0);
    if (violations.length > 0)
      throw new Error(`GitHub's description was broken:\n${violations.join('\n')}`);
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = request.url!.replace(/^\/api\/v3(?=\/)/, '');
    const [, name, rest] =
      /^\/([^/]+\/[^/]+?)(?:\.git)?(\/(?:info\/refs|git-)[^]*)$/.exec(url) ?? [];
    const git = this.#repositories.get(name?.toLowerCase() ?? '');
    if (git !== undefined && rest !== undefined) {
      const rights = (token?: string): Rights => accountOf(token, git.state.hidden).rights;
      this.gitRequests.push(await serveGit(git.state.git, rest, request, response, rights));
      return;
    }
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    this.#api(request, url, Buffer.concat(chunks).toString(), response);
  }

  /** From here on nothing waits, so no two requests are ever in the middle of each other. */
  #api(request: IncomingMessage, url: string, text: string, response: ServerResponse): void {
    const [path, search = ''] = encodedRef(url).split('?') as [string, string?];
    const form = {
      method: request.method!,
      path,
      query: search,
      headers: request.headers as Record<string, string>,
      body: parsed(text),
    };
    const matched = this.#contract.match(form);
    const seen: ApiRequest = {
      operation: matched?.operation,
      ...{ method: form.method, path, body: form.body },
      authorization: request.headers.authorization,
      status: 0,
    };
    this.requests.push(seen);
    const send = (status: number, body: unknown, headers: Record<string, string>): void => {
      seen.status = status;
      response.writeHead(status, headers).end(body === undefined ? '' : JSON.stringify(body));
    };
    const fault = this.#faults.next(seen.operation, form.method, path);
    let answer: Answer | undefined;
    if (fault === undefined || fault.after === true)
      answer = this.#answerTo(seen, form, matched?.params ?? {}, `${this.apiUrl}${path}`);
    if (fault === undefined) {
      send(answer!.status, answer!.body, { ...this.#headers(), ...answer!.headers });
    } else if ('cut' in fault) {
      response.destroy();
    } else if ('garbage' in fault) {
      seen.status = 200;
      response.writeHead(200, this.#headers()).end('{"id": 1, "numb');
    } else if ('status' in fault) {
      const { status, message = 'Server Error', headers } = fault;
      send(status, errorBody(new ApiError(status, message)), { ...this.#headers(), ...headers });
    }
  }

  #answerTo(
    { operation }: ApiRequest,
    form: Form,
    params: Readonly<Record<string, string>>,
    url: string,
  ): Answer {
    try {
      if (operation === undefined) {
        this.violations.push(`${form.method} ${form.path}: GitHub has no such operation`);
        throw notFound();
      }
      const token = /^(?:token|bearer) (.*)$/i.exec(form.headers['authorization'] ?? '')?.[1];
      const hosted = this.#repositories.get(`${params['owner']}/${params['repo']}`.toLowerCase());
      const account = accountOf(token, hosted?.state.hidden ?? false);
      if (token !== undefined && account.rights === 'unknown')
        throw new ApiError(401, 'Bad credentials');
      if (params['repo'] !== undefined && (hosted === undefined || account.rights === 'unknown'))
        throw notFound();
      if (token === undefined && (form.method !== 'GET' || hosted === undefined))
        throw new ApiError(401, 'Requires authentication');
      if (account.rights === 'read' && form.method !== 'GET')
        throw new ApiError(403, 'Resource not accessible by integration');
      const { wrong, ...asked } = this.#contract.request(form, { operation, params });
      if (wrong.length > 0) {
        this.violations.push(...wrong.map((what) => `request of ${operation}: ${what}`));
        throw new ApiError(422, `Invalid request.\n\n${wrong.join('\n')}`);
      }
      const repository = hosted?.state;
      repository?.sync();
      const reply = OPERATIONS[operation]!({
        ...{ repository: repository!, ...account, views: this.#views },
        ...asked,
        params: { ...params, ...asked.params },
        body: (form.body ?? {}) as Readonly<Record<string, unknown>>,
      });
      return this.#checked(operation, paged(reply, asked.query, url));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const answer = { status: error.status, body: errorBody(error), headers: error.headers };
      return operation === undefined ? answer : this.#checked(operation, answer);
    }
  }

  #checked(operation: string, { status, body, headers }: Answer): Answer {
    const whole = this.#contract.complete(operation, status, body);
    const wrong = this.#contract.reply(operation, status, whole, headers);
    this.violations.push(...wrong.map((what) => `reply of ${operation}, ${status}: ${what}`));
    return { status, body: whole, headers };
  }

  #headers(): Record<string, string> {
    const used = this.requests.length;
    return {
      'content-type': 'application/json; charset=utf-8',
      'x-github-media-type': 'github.v3; format=json',
      'x-github-request-id': `LOOP:${used}`,
      'x-ratelimit-limit': '5000',
      'x-ratelimit-remaining': String(5000 - used),
      'x-ratelimit-used': String(used),
      'x-ratelimit-reset': String(Math.ceil(Date.now() / 1000) + 3600),
      'x-ratelimit-resource': 'core',
    };
  }
}

interface Form {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: Record<string, string>;
  readonly body: unknown;
}

interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers: Readonly<Record<string, string>>;
}

/** Who holds a token; nobody in particular may read what isn't hidden. */
function accountOf(token: string | undefined, hidden: boolean): { user: User; rights: Rights } {
  const user = (id: number, login: string, type: User['type'] = 'User'): User => ({
    id,
    login,
    type,
  });
  switch (token) {
    case undefined:
      return { user: user(0, 'anonymous'), rights: hidden ? 'unknown' : 'read' };
    case TOKENS.write:
      return { user: user(2, 'sentry-account'), rights: 'write' };
    case TOKENS.read:
      return { user: user(3, 'reader'), rights: 'read' };
    case TOKENS.workflow:
      return { user: user(41898282, 'github-actions[bot]', 'Bot'), rights: 'write' };
    default:
      return { user: user(0, 'nobody'), rights: 'unknown' };
  }
}

function errorBody({ status, message, errors }: ApiError): object {
  return {
    message,
    ...(errors === undefined ? {} : { errors }),
    documentation_url: documentation(message),
    status: String(status),
  };
}

/** Cuts the page out of a list, and says where the others are. */
function paged(
  reply: Reply,
  query: Readonly<Record<string, string | number | undefined>>,
  url: string,
): Answer {
  if (!('list' in reply)) return { headers: {}, ...reply };
  const size = Math.min(100, Number(query['per_page'] ?? 30));
  const page = Number(query['page'] ?? 1);
  const last = Math.max(1, Math.ceil(reply.list.length / size));
  const link = (to: number, rel: string): string[] => {
    const search = new URLSearchParams({ ...(query as Record<string, string>), page: String(to) });
    return [`<${url}?${search.toString()}>; rel="${rel}"`];
  };
  const links = [
    ...(page > 1 ? link(page - 1, 'prev') : []),
    ...(page < last ? [...link(page + 1, 'next'), ...link(last, 'last')] : []),
    ...(page > 1 ? link(1, 'first') : []),
  ];
  return {
    status: 200,
    body: reply.list.slice((page - 1) * size, page * size),
    headers: links.length === 0 ? {} : { link: links.join(', ') },
  };
}

/** GitHub takes the slashes of a branch as they are; a path of the description has one part for it. */
function encodedRef(url: string): string {
  return url.replace(
    /^(\/repos\/[^/]+\/[^/]+\/(?:git\/(?:refs?|matching-refs)|branches)\/)([^?]+)/,
    (_all, before: string, ref: string) => before + ref.replaceAll('/', '%2F'),
  );
}

function parsed(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
