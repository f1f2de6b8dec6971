import { GitPluginError, simpleGit } from 'simple-git';

/** What git answered; nothing is thrown for an exit code, which for some commands is an answer. */
export interface Answer {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface CallOptions {
  /** Goes to git's standard input; never empty, because simple-git then leaves it open. */
  readonly input?: string;
  /** Variables of git besides the user's own. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Ends git after so many milliseconds without a sign of life. */
  readonly silence?: number;
}

/**
 * Calls git as a tool: with variables of its own, in plain English, never asking on the terminal.
 *
 * @throws where git can't be started, or gave no sign of life for too long.
 */
export async function callGit(
  folder: string,
  args: readonly string[],
  { input, variables = {}, silence }: CallOptions = {},
): Promise<Answer> {
  const env = { ...inherited(), ...variables, LC_ALL: 'C', GIT_TERMINAL_PROMPT: '0' };
  let answer = { code: 0, err: '' };
  const git = simpleGit({
    baseDir: folder,
    // simple-git takes all variables of git away unless they are named, and then refuses those that name a
    // program. They are the user's own: `GIT_SSH_COMMAND` is how some reach their remote.
    allowEnvironment: Object.keys(env),
    unsafe: TRUSTED,
    // By default it takes what was read 50 ms after the exit for all there is.
    completion: { onClose: true, onExit: false },
    errors: (error, { exitCode, stdErr }) => {
      answer = { code: exitCode, err: Buffer.concat(stdErr).toString() };
      // Of simple-git itself, or of a program that could not be started, or was killed.
      return error instanceof GitPluginError || !(exitCode >= 0) ? error : undefined;
    },
    ...(input !== undefined && { input: () => input }),
    ...(silence !== undefined && { timeout: { block: silence } }),
  }).env(env);
  return { out: await git.raw([...QUIETLY, ...args]), ...answer };
}

/** No hook of the user runs for what the user did not do, and nothing is tidied up in passing. */
const QUIETLY = ['core.hooksPath=/dev/null', 'gc.auto=0', 'maintenance.auto=false'].flatMap(
  (setting) => ['-c', setting],
);

/** What simple-git is to accept in variables, all of which are the user's or ours. */
const TRUSTED = {
  allowUnsafeAlias: true,
  allowUnsafeAskPass: true,
  allowUnsafeCommandBinaries: true,
  allowUnsafeConfigEnvCount: true,
  allowUnsafeConfigPaths: true,
  allowUnsafeCredentialHelper: true,
  allowUnsafeDiffExternal: true,
  allowUnsafeDiffTextConv: true,
  allowUnsafeEditor: true,
  allowUnsafeExec: true,
  allowUnsafeFilter: true,
  allowUnsafeFsMonitor: true,
  allowUnsafeGitProxy: true,
  allowUnsafeGpgProgram: true,
  allowUnsafeHooksPath: true,
  allowUnsafeInclude: true,
  allowUnsafeMergeDriver: true,
  allowUnsafePack: true,
  allowUnsafePager: true,
  allowUnsafeProtocolOverride: true,
  allowUnsafeSshCommand: true,
  allowUnsafeSubmodule: true,
  allowUnsafeTemplateDir: true,
  allowUnsafeUrlRewrite: true,
} as const;

/**
 * The user's variables, without those of git that would point it at another repository or index (git sets
 * them for hooks and aliases), print secrets into its messages, or bring another program in.
 */
function inherited(): Record<string, string> {
  const kept = Object.entries(process.env).filter(
    ([name, value]) => value !== undefined && (!name.startsWith('GIT_') || WANTED.test(name)),
  );
  return Object.fromEntries(kept.filter(([name]) => !UNWANTED.has(name))) as Record<string, string>;
}

const WANTED =
  /^GIT_(SSH.*|ASKPASS|PROXY_.*|SSL_.*|HTTP_.*|ALLOW_PROTOCOL|PROTOCOL.*|EXEC_PATH|TEMPLATE_DIR|CONFIG_.*|AUTHOR_(NAME|EMAIL)|COMMITTER_(NAME|EMAIL))$/;
const UNWANTED = new Set(['EDITOR', 'VISUAL', 'PAGER', 'PREFIX']);
