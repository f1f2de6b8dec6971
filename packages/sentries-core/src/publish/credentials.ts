import { callGit } from '../git/git-call';
import type { Repository } from '../git/repository';

/** The address of a remote, with what must be shown to nobody. */
export class Credentials {
  /** The address without user and password. */
  readonly shown: string;
  readonly #secrets: readonly string[];
  readonly #header: string | undefined;
  readonly #url: URL | undefined;

  /** @param host The host that the token is for. */
  constructor(url: string, token: string | undefined, host: string) {
    this.#url = /^https?:/i.test(url) && URL.canParse(url) ? new URL(url) : undefined;
    this.shown = withoutUser(url);
    const basic = token && Buffer.from(`x-access-token:${token}`).toString('base64');
    this.#secrets = [token, basic, this.#url?.password, this.#url?.username]
      .filter((secret) => secret !== undefined && secret.length > 2)
      .flatMap((secret) => [secret!, decodeURIComponentSafely(secret!)]);
    if (basic && this.#url && isFor(this.#url, host))
      this.#header = `Authorization: Basic ${basic}`;
  }

  /** Settings of git that let it in. */
  async config(repository: Repository): Promise<[string, string][]> {
    const { origin, username } = this.#url ?? {};
    if (!this.#header || !origin || username !== '') return [];
    // What `actions/checkout` leaves there is the same; a server refuses two of them.
    const asked = ['config', '--get-urlmatch', 'http.extraheader', this.#url!.href];
    const { out } = await callGit(repository.root, asked);
    return /authorization/i.test(out) ? [] : [[`http.${origin}/.extraheader`, this.#header]];
  }

  /** A text without secrets. */
  without(text: string): string {
    return this.#secrets.reduce(
      (left, secret) => left.replaceAll(secret, '***'),
      withoutUser(text),
    );
  }
}

/** In the clear only to this machine. */
function isFor({ protocol, host, hostname }: URL, wanted: string): boolean {
  const isPrivate = protocol === 'https:' || ['127.0.0.1', '[::1]', 'localhost'].includes(hostname);
  return isPrivate && host.toLowerCase() === wanted.toLowerCase();
}

const withoutUser = (text: string): string =>
  text.replace(/\b(https?|ssh|ftps?|git):\/\/[^\s/@]*@/gi, '$1://');

function decodeURIComponentSafely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
