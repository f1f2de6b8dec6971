import { PythonSource } from '../../python/syntax';
import { lineSpans, type Excerpt } from '../text/excerpt';

const PYTHON = /^(python[23]?|py[23]?|pycon[23]?|ipython[23]?|doctest|python-console|pyi|sage)$/;
const SHELL =
  /^(bash|sh|shell|console|shell-session|sh-session|bash-session|zsh|terminal|doscon|powershell)$/;
const UNSAID = /^(default|none|text|txt|plain|plaintext)$/;
const ENVIRONMENT =
  /^(fish|csh|tcsh|ksh|bat|batch|cmd|dosbatch|dosini|ps1|pwsh|posh|ps|env|dotenv|properties|ini|cfg|conf|systemd|toml|ya?ml|docker(file)?|nix|text only)$/;
const PROMPT = /^\s*(?:>>>|\.\.\.)(?: |\r?$)/;

/** What language a block of code is in, as far as we read it. */
export function blockKind(
  text: string,
  language: string | null,
): 'python' | 'shell' | 'toml' | undefined {
  if (language !== null && SHELL.test(language)) return /^\s*>>> /m.test(text) ? 'python' : 'shell';
  if (language !== null && PYTHON.test(language)) return 'python';
  if (language === 'toml') return 'toml';
  if (language !== null && !UNSAID.test(language)) return undefined;
  if (/^\s*>>> /m.test(text)) return 'python';
  if (/^\s*\$ /m.test(text)) return 'shell';
  // Nothing says so, but such a line is no prose, and it must be Python throughout.
  const isCode = IMPORT.test(text) || ((language ?? 'default') === 'default' && CODE.test(text));
  return isCode && !new PythonSource(text).root.hasError ? 'python' : undefined;
}

const IMPORT = /^(?:from [\w.]+ import [\w(*]|import [\w.]+(?: as \w+)?\s*$)/m;
/** A call, a decorator or a definition. */
const CODE =
  /^[ \t]*(?:@?(?:\w+ = )?(?:\w+\.)*\w+\(|@[\w.]+\s*$|(?:async )?(?:def|class|with|for|return|await|assert|raise) .*[:(])/m;

/** Whether `$NAME` in a block, and `NAME=`, are variables of the environment; in other languages, they are its own. */
export const setsVariables = (language: string | null): boolean =>
  language === null || [SHELL, UNSAID, ENVIRONMENT].some((known) => known.test(language));

/** The code of a block: of a session, what stands behind the prompts. */
export function codeOf(block: Excerpt): Excerpt {
  if (!/^\s*>>>(?: |\r?$)/m.test(block.text)) return block;
  const lines = lineSpans(block.text).flatMap(({ start, end }) => {
    const prompt = PROMPT.exec(block.text.slice(start, end))?.[0];
    return prompt === undefined
      ? []
      : [{ start: start + prompt.trimEnd().length + (prompt.endsWith(' ') ? 1 : 0), end }];
  });
  return block.pick(lines);
}
