import type { Span } from '../../python/syntax';

/** An option in a command line. */
interface OptionUse {
  readonly option: string;
  readonly span: Span;
}

/** A command line; spans are offsets in the text that it was read from. */
export interface CommandUse {
  /** What is run: `acme`, or the module of `python -m acme`. */
  readonly program: string;
  readonly isModule: boolean;
  readonly span: Span;
  readonly options: readonly OptionUse[];
  /** Variables that are set before it. */
  readonly variables: readonly { readonly name: string; readonly span: Span }[];
}

/** Programs that run another one. */
const RUNNERS =
  /^(sudo|env|time|exec|npx|uvx|pipx|poetry|uv|pdm|hatch|rye|coverage|run|docker-compose|xargs)$/;

/** The commands in a text of a shell: of a session with prompts, only what stands behind them. */
export function commandsIn(text: string): CommandUse[] {
  const isSession = /^\s*[$%] /m.test(text);
  const found: CommandUse[] = [];
  const joined = text.replace(/\\\r?\n/g, (end) => ' '.repeat(end.length));
  for (const match of joined.matchAll(/^[^\n]*$/gm)) {
    const prompt = /^\s*(?:\([\w.-]+\) ?)?[$%#>] /.exec(match[0])?.[0];
    if (isSession ? !prompt || !/[$%]/.test(prompt) : /^\s*#/.test(match[0])) continue;
    const from = match.index + (prompt?.length ?? 0);
    found.push(...commandsOfLine(match[0].slice(prompt?.length ?? 0), from));
  }
  return found;
}

function commandsOfLine(line: string, from: number): CommandUse[] {
  const found: CommandUse[] = [];
  let words: { text: string; span: Span }[] = [];
  const finish = (): void => {
    const command = commandOf(words);
    if (command) found.push(command);
    words = [];
  };
  for (const match of line.matchAll(/"[^"]*"?|'[^']*'?|\|\|?|&&|;|(?<=\s)#.*|[^\s|;&"']+/g)) {
    const text = match[0];
    if (text.startsWith('#')) break;
    if (/^(\|\|?|&&|;)$/.test(text)) finish();
    else
      words.push({
        text,
        span: { start: from + match.index, end: from + match.index + text.length },
      });
  }
  finish();
  return found;
}

function commandOf(words: readonly { text: string; span: Span }[]): CommandUse | undefined {
  const variables: { name: string; span: Span }[] = [];
  let at = 0;
  for (; at < words.length; at += 1) {
    const { text, span } = words[at]!;
    const name = /^([A-Za-z_]\w*)=/.exec(text)?.[1];
    if (name !== undefined)
      variables.push({ name, span: { start: span.start, end: span.start + name.length } });
    else if (
      !RUNNERS.test(text) &&
      !(at > 0 && text.startsWith('-') && RUNNERS.test(words[at - 1]!.text))
    )
      break;
  }
  const first = words[at];
  if (!first) return undefined;
  const module =
    /^python[\d.]*$/.test(first.text) && words[at + 1]?.text === '-m' ? words[at + 2] : undefined;
  const program = module ?? first;
  const rest = words.slice(words.indexOf(program) + 1);
  const end = rest.findIndex(({ text }) => text === '--');
  const options = (end < 0 ? rest : rest.slice(0, end)).flatMap(({ text, span }): OptionUse[] => {
    const option = /^--?[A-Za-z][\w-]*/.exec(text)?.[0];
    return option === undefined
      ? []
      : [{ option, span: { start: span.start, end: span.start + option.length } }];
  });
  return {
    program: program.text,
    isModule: module !== undefined,
    span: program.span,
    options,
    variables,
  };
}
