import { UsageError } from '../../errors';

/** Where an endpoint is, read from `LLM_BASE`. */
export interface Address {
  /** For people: without user, password or query. */
  readonly shown: string;
  /** What native paths (`/api/…`) are added to; no slash at the end. */
  readonly root: string;
  /** What the paths of an OpenAI-style API (`/models`, …) are added to; no slash at the end. */
  readonly versioned: string;
  /** Whose turn is waited for: a machine and a port, whatever its name or path. */
  readonly place: string;
  /** Is it this machine? Then no proxy is ever asked. */
  readonly loopback: boolean;
}

/** A path that names its version already, `/v1` or another (`/v1beta/openai`). */
const VERSION = /\/v\d[^/]*(\/|$)/;

/** @throws UsageError when the base is no http or https URL. */
export function readAddress(base: string): Address {
  const text = base.trim();
  const full = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  let url: URL;
  try {
    url = new URL(full);
  } catch (cause) {
    throw noAddress(cause);
  }
  if (!/^https?:$/.test(url.protocol)) throw noAddress();
  const path = url.pathname.replace(/\/+$/, '');
  const host = `${url.protocol}//${url.host}`;
  const user = url.username === '' ? '' : `${url.username}:${url.password}@`;
  const open = `${url.protocol}//${user}${url.host}`;
  const loopback = isLoopback(url.hostname);
  return {
    shown: host + path,
    root: open + path.replace(/\/v1$/, ''),
    versioned: open + (VERSION.test(path) ? path : `${path}/v1`),
    place: `${loopback ? 'loopback' : url.hostname}:${portOf(url)}`,
    loopback,
  };
}

/** The base is not repeated: what can't be read can't be stripped of a password either. */
function noAddress(cause?: unknown): UsageError {
  return new UsageError(
    'LLM_BASE is not the address of a server.',
    'Set it to an http or https URL, such as http://127.0.0.1:11434.',
    cause,
  );
}

/** `0.0.0.0` is what servers bind to, and often copied from there. */
function isLoopback(host: string): boolean {
  return /^(localhost|.*\.localhost|127(\.\d+){3}|0\.0\.0\.0|\[::1?\])$/i.test(host);
}

function portOf(url: URL): string {
  if (url.port !== '') return url.port;
  return url.protocol === 'https:' ? '443' : '80';
}

/**
 * The proxy that the environment puts between us and the address, without its user and password;
 * null if there is none, and always null for this machine itself.
 */
export function proxyFor(address: Address, env: NodeJS.ProcessEnv): string | null {
  if (address.loopback) return null;
  const url = new URL(address.root);
  const named = (name: string): string | undefined => env[name.toLowerCase()] ?? env[name];
  const proxy = named(url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY');
  if (proxy === undefined || proxy === '') return null;
  const port = portOf(url);
  for (const entry of (named('NO_PROXY') ?? '').split(/[\s,]+/).filter(Boolean)) {
    const [, name, only] = /^(.*?)(?::(\d+))?$/.exec(entry.toLowerCase())!;
    if (only !== undefined && only !== port) continue;
    const domain = name!.replace(/^\*?\./, '');
    // As Node reads it: a name stands for itself, and with a dot at its front for all that end so.
    const isWithin = domain !== name && url.hostname.endsWith(`.${domain}`);
    const isOwn = !name!.startsWith('*') && url.hostname === domain;
    if (entry === '*' || isOwn || isWithin) return null;
  }
  return proxy.replace(/\/\/[^@/]*@/, '//');
}

/** Whether a Node asks the proxies of the environment: 22.21 and 24.5 brought that. */
export function asksProxies(version: string): boolean {
  const [major, minor] = version.replace(/^v/, '').split('.').map(Number) as [number, number];
  return major > 24 || (major === 24 && minor >= 5) || (major === 22 && minor >= 21);
}
