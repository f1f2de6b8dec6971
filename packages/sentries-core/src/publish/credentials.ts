import { callGit } from '../git/git-call';
import type { Repository } from '../git/repository';

/** The address of a remote, with what must be shown to nobody. */
export class Credentials {
  /** The address without user and password. */
  readonly shown: string;
  /** The address for git, which gives it to the programs that it starts: any user of the machine sees their command lines. */
  readonly address: string;
  readonly #secrets: readonly string[];
  readonly #header: string | undefined;
  readonly #url: URL | undefined;

  /** @param host The host that the token is for. */
  constructor(url: string, token: string | undefined, host: string) {
    this.#url = /^https?:/i.test(url) && URL.canParse(url) ? new URL(url) : undefined;
    const { username = '', password = '' } = this.#url ?? {};
    this.shown = withoutUser(url);
    this.address = password === '' ? url : this.shown;
    const [user, secret] = [username, password].map(decodeURIComponentSafely) as [string, string];
    const own = password === '' ? undefined : base64(`${user}:${secret}`);
    const given = token && base64(`x-access-token:${token}`);
    this.#secrets = [token, given, own, password, secret, username, user].filter(
      (text) => text !== undefined && text.length > 2,
    ) as string[];
    const isGiven = this.#url && username === '' && isFor(this.#url, host);
    const basic = own ?? (isGiven ? given : undefined);
    if (basic) this.#header = `Authorization: Basic ${basic}`;
  }

  /** Settings of git that let it in. */
  async config(repository: Repository): Promise<[string, string][]> {
    const { origin } = this.#url ?? {};
    if (!this.#header || !origin) return [];
    // What `actions/checkout` leaves there is the same; a server refuses two of them.
    const asked = ['config', '--get-urlmatch', 'http.extraheader', this.shown];
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

const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** In the clear only to this machine. */
function isFor({ protocol, host, hostname }: URL, wanted: string): boolean {
  const isPrivate = protocol === 'https:' || ['127.0.0.1', '[::1]', 'localhost'].includes(hostname);
  return isPrivate && host.toLowerCase() === wanted.toLowerCase();
}

const withoutUser = (text: string): string =>
  text.replace(/\b(https?|ssh|ftps?|git):\/\/[^\s/]*@/gi, '$1://');

function decodeURIComponentSafely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
