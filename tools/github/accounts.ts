import type { Rights } from '../remotes/git-http';
import type { User } from './state';

/** The tokens that the server knows; any other is a bad credential. */
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

/** Who holds a token; nobody in particular may read what isn't hidden. */
export function accountOf(
  token: string | undefined,
  hidden: boolean,
): { user: User; rights: Rights } {
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
