import type { Span } from '../../python/syntax';
import { lineSpans } from '../text/excerpt';

/** A variable of the environment, where a text sets or reads it. */
export interface VariableUse {
  readonly name: string;
  readonly span: Span;
}

const NAME = '[A-Z][A-Z0-9_]*';

/** How shells, and files that are read into the environment, set a variable; a prompt may stand before it. */
const SETTING = new RegExp(
  `^\\s*(?:(?:PS )?(?:[A-Z]:\\\\\\S*)?[$%>#] +)?(?:` +
    // sh, fish, cmd, csh, a Dockerfile; PowerShell; a file of variables, or of YAML.
    `(?:export|set(?: +-\\w+)*|setx|setenv|ENV|unset) +(${NAME})(?=[ =]|\\s*$)|\\$env:(${NAME})(?=\\s*=)|(?:- +)?(${NAME})(?==|: )` +
    `)`,
  'i',
);

/** `$NAME`, `${NAME}`, `$env:NAME` and `%NAME%`. */
const READING = new RegExp(`\\$\\{?(?:env:)?(${NAME})\\b|%(${NAME})%`, 'g');

const isName = (text: string | undefined): text is string => /^[A-Z][A-Z0-9_]*$/.test(text ?? '');

/** The variables in a block of a shell, or of a file of settings. */
export function variablesIn(text: string): VariableUse[] {
  return lineSpans(text).flatMap(({ start, end }) => {
    const line = text.slice(start, end);
    const set = SETTING.exec(line);
    const name = set?.slice(1).find(isName);
    const own =
      name === undefined ? [] : [useAt(name, start + line.lastIndexOf(name, set![0].length))];
    return [...own, ...readIn(line, start)];
  });
}

/** The variables that a text takes the values of, as shells do. */
export const readIn = (text: string, from = 0): VariableUse[] =>
  [...text.matchAll(READING)].map((match) => {
    const name = (match[1] ?? match[2])!;
    return useAt(name, from + match.index + match[0].lastIndexOf(name));
  });

/** The variables that Python asks the environment for: `os.environ["NAME"]`, `os.getenv("NAME")`. */
export const variablesOfPython = (code: string): VariableUse[] =>
  [...code.matchAll(ASKING)].map((match) => {
    const name = match[2]!;
    return useAt(name, match.index + match[0].length - 1 - name.length);
  });

const ASKING = new RegExp(
  `\\b(?:environ(?:\\.(?:get|pop|setdefault))?|getenv|putenv|setenv|delenv)\\s*[[(]\\s*(["'])(${NAME})\\1`,
  'g',
);

const useAt = (name: string, start: number): VariableUse => ({
  name,
  span: { start, end: start + name.length },
});
