import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BareRepository } from '../remotes/bare-repository';
import { serveGit, type GitRequest, type Rights } from '../remotes/git-http';
import { accountOf } from './accounts';
import { errorBody, type Answer } from './answer';
import { ApiError } from './api-error';
import { Faults, type Fault, type Target } from './faults';
import { Person } from './person';
import { Service } from './service';
import { Repository, type Pull } from './state';

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
  /** The pull requests as they are now, with what was pushed since. */
  pulls(): readonly Pull[];
  /** Makes a branch protected, for the API and for pushes. */
  protect(branch: string): void;
}

/**
 * A GitHub on loopback. Every request and every reply is checked against the description that GitHub publishes; branches are
 * those of a real repository, which it serves over smart HTTP as well; all else is kept in memory.
 *
 * - `const github = await GitHub.start()`, and in the end `await github.stop()`, which throws where a request or a reply
 *   broke the description. `github.apiUrl` goes to `GITHUB_API_URL`, a token of {@link TOKENS} to `GITHUB_TOKEN`.
 * - `github.host('team/app', BareRepository.create(folder, from))` gives `{ pulls, person, remote, protect, state }`: `pulls()`
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
      // A client that goes away in the middle of its request broke nothing.
      if (!request.destroyed || request.complete)
        this.violations.push(`the server itself: ${String(error)}`);
      response.destroy();
    });
  });
  #service!: Service;

  static async start(): Promise<GitHub> {
    const github = new GitHub();
    await new Promise<void>((resolve) => github.#server.listen(0, '127.0.0.1', resolve));
    github.#service = await Service.open(
      github.apiUrl,
      github.url,
      (name) => github.#repositories.get(name.toLowerCase())?.state,
      github.violations,
    );
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
      pulls() {
        state.sync();
        return state.pulls;
      },
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
    if (meant.operation !== undefined && !Service.knows(meant.operation))
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
      const fault = this.#faults.next(undefined, request.method!, url);
      if (fault !== undefined) {
        request.resume();
        this.#meet(fault, response);
        return;
      }
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
    const matched = this.#service.match(form);
    const seen: ApiRequest = {
      operation: matched?.operation,
      ...{ method: form.method, path, body: form.body },
      authorization: request.headers.authorization,
      status: 0,
    };
    this.requests.push(seen);
    const fault = this.#faults.next(seen.operation, form.method, path);
    let answer: Answer | undefined;
    if (fault === undefined || fault.after === true) answer = this.#service.answer(form, matched);
    if (fault !== undefined) {
      seen.status = this.#meet(fault, response);
      return;
    }
    const { status, body, headers } = answer!;
    seen.status = status;
    response
      .writeHead(status, { ...this.#headers(), ...headers })
      .end(body === undefined ? '' : JSON.stringify(body));
  }

  /** @returns the status that was sent. */
  #meet(fault: Fault, response: ServerResponse): number {
    if ('hang' in fault) return 0;
    if ('cut' in fault) {
      response.destroy();
      return 0;
    }
    if ('garbage' in fault) {
      response.writeHead(200, this.#headers()).end('{"id": 1, "numb');
      return 200;
    }
    const { status, message = 'Server Error', headers } = fault;
    response
      .writeHead(status, { ...this.#headers(), ...headers })
      .end(JSON.stringify(errorBody(new ApiError(status, message))));
    return status;
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
