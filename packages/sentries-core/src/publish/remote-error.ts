import { SentryError } from '../errors';

/** How a remote said no. */
export type RemoteProblem =
  /** Somebody else was there first: look again. */
  | 'stale'
  /** It would not have it: a hook, a protected branch, a name that is taken. */
  | 'rejected'
  /** Not for these credentials, or for none. */
  | 'denied'
  /** It did not answer, or there is none. What was asked for may have been done all the same. */
  | 'unreachable';

export class RemoteError extends SentryError {
  constructor(
    readonly kind: RemoteProblem,
    message: string,
    hint: string = HINTS[kind],
  ) {
    // No cause: what git was told, and what it said, may hold a password.
    super(message, hint);
  }
}

const HINTS: Readonly<Record<RemoteProblem, string>> = {
  stale: 'Run it again.',
  rejected: 'What it says is up to the server: its hooks, or the rules for its branches.',
  denied:
    'Give a token that may write contents, or credentials for git. The patch stays in .sentries; npx sentries apply takes it.',
  unreachable: 'Check the address (git remote -v) and the connection, and run it again.',
};

/** Why git did not get along with a remote, from what it wrote. Git has nothing but sentences for it. */
export function problemOf(text: string): RemoteProblem {
  return PROBLEMS.find(([, pattern]) => pattern.test(text))?.[0] ?? 'unreachable';
}

const PROBLEMS: readonly (readonly [RemoteProblem, RegExp])[] = [
  ['rejected', /exists; cannot create/],
  [
    'stale',
    /\((stale info|fetch first|non-fast-forward|already exists|needs force)\)|cannot lock ref|failed to update ref|incorrect old value|remote ref does not exist/,
  ],
  [
    'denied',
    /authentication failed|could not read (username|password)|terminal prompts disabled|permission( to .*)? denied|returned error: (401|403|404)|invalid username or|insufficient permission|write access|repository .*not found|access denied|read-only file system/i,
  ],
  ['rejected', /\[(remote )?rejected\]|hook declined|shallow update not allowed|unpacker error/],
];
