import type { ProjectCode } from '../code/project-code';
import type { CodeSymbol, Reference, Resolution } from '../reference';
import { nearest } from './near';
import { compared } from './parameters';

const NOT_OURS = (why: string): Resolution => ({ kind: 'not ours', why });

/** An option of a command line; broken only where the command is the project's own. */
export function resolveOption(
  { name, of }: Reference,
  { settings, modules }: ProjectCode,
): Resolution {
  const isOwn = of !== null && (settings.commands.has(of) || modules.has(of));
  if (of !== null && !isOwn) return NOT_OURS(`${of} is no command of the project`);
  const { options } = settings;
  const positive = name.replace(/^--no-/, '--');
  const symbol = options.get(name) ?? options.get(positive);
  if (symbol) return { kind: 'found', symbol };
  // Short ones may be several in one; and what is made of parameters is not written anywhere.
  if (!isOwn || !name.startsWith('--') || name === '--help' || name === '--version')
    return NOT_OURS('nothing says whose it is');
  if (settings.hasImplicitOptions || options.size === 0)
    return NOT_OURS('options may come from anywhere');
  return {
    kind: 'broken',
    reason: `no option ${name} is written in the project's code`,
    holder: null,
    candidates: nearest(name, [...options.values()]),
    certainty: 'likely',
  };
}

/** A default that a text tells of an option, where the code declares that option once. */
export function resolveOptionDefault(
  { name, parameter }: Reference,
  { settings }: ProjectCode,
): Resolution {
  const option = settings.optionOf(parameter!);
  if (!option) return NOT_OURS('what has it is not known');
  const { file, line, default: value } = option;
  if (value === null) return NOT_OURS('it has no default');
  const symbol: CodeSymbol = { kind: 'option', name: parameter!, file, line };
  const difference = compared(name, value);
  if (difference === 'same') return { kind: 'found', symbol };
  if (difference === 'incomparable') return NOT_OURS('it can’t be compared');
  return {
    kind: 'broken',
    reason: `the default of ${parameter!} is ${value}`,
    holder: null,
    candidates: [symbol],
    certainty: 'sure',
  };
}

/** A variable of the environment: prefixes make them of nothing, so it is never broken by itself. */
export function resolveEnv({ name }: Reference, { settings }: ProjectCode): Resolution {
  const symbol = settings.variable(name);
  return symbol ? { kind: 'found', symbol } : NOT_OURS('nothing says whose it is');
}

/** A key below `[tool.…]`: other tools have their own. */
export function resolveConfigKey({ name }: Reference, code: ProjectCode): Resolution {
  const [, tool, ...key] = name.split('.');
  const word = (tool ?? '').replaceAll('-', '_');
  // A table within the project's own has its own keys: the code must name it, too.
  const isRead = code.isOwn(word) && key.every((one) => code.settings.string(one, 'variable'));
  const symbol = isRead ? code.settings.string(key.at(-1)!, 'variable') : undefined;
  return symbol ? { kind: 'found', symbol } : NOT_OURS('nothing says whose it is');
}
