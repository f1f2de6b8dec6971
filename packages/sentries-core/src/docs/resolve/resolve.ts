import type { ProjectCode } from '../code/project-code';
import type { Reference, Resolution } from '../reference';
import { resolveAnchor } from './anchors';
import { homeOf, resolveName, resolvePart } from './names';
import { resolveDefault, resolveParameter } from './parameters';
import { resolvePath } from './paths';
import { resolveReturn } from './returns';
import { resolveConfigKey, resolveEnv, resolveOption, resolveOptionDefault } from './settings';

/** What a reference means in the project's code at one tree. */
export function resolve(reference: Reference, code: ProjectCode): Resolution {
  switch (reference.kind) {
    case 'parameter':
      return resolveParameter(reference, code);
    case 'default':
      return reference.parameter?.startsWith('-') === true
        ? resolveOptionDefault(reference, code)
        : resolveDefault(reference, code);
    case 'return':
    case 'yield':
      return resolveReturn(reference, code);
    case 'option':
      return resolveOption(reference, code);
    case 'env':
      return resolveEnv(reference, code);
    case 'config-key':
      return resolveConfigKey(reference, code);
    case 'anchor':
      return resolveAnchor(reference, code);
    case 'path':
      return resolvePath(reference, code);
    case 'name':
      return resolveWord(reference, code);
    default:
      return resolveName(reference, code);
  }
}

const VARIABLE = /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$/;

/** True where a reference means what has this name, as a whole or by its first words. */
export const leadsTo = (
  reference: Reference,
  name: string,
  code: ProjectCode,
  mayBeGuess = false,
): boolean =>
  [resolve, resolvePart].some((means) => {
    const meant = means(reference, code);
    return (
      meant.kind === 'found' && meant.symbol.name === name && (mayBeGuess || meant.isGuess !== true)
    );
  });

/** A word alone, as code: a name; in the docs of a function one of its parameters; or a variable of the environment. */
function resolveWord(reference: Reference, code: ProjectCode): Resolution {
  const { name, context } = reference;
  const { describes, markup, part } = context;
  // What an example does not explain is no parameter of what it is an example for.
  if (name.includes('.') || markup !== null || part === 'example')
    return resolveName(reference, code);
  const own =
    describes === null ? undefined : resolveParameter({ ...reference, of: describes }, code);
  const isOwn = own?.kind === 'found';
  // A class may have an attribute of that name as well; a function has nothing but parameters.
  if (isOwn && homeOf(describes!, reference, code)?.kind === 'function') return own;
  // A variable of the environment may be kept in a constant of its name.
  const isAsked = VARIABLE.test(name) && code.settings.asksFor(name);
  const named = isAsked ? resolveEnv(reference, code) : resolveName(reference, code);
  if (named.kind !== 'not ours') return named;
  if (isOwn) return own;
  const variable = VARIABLE.test(name) ? resolveEnv(reference, code) : named;
  return variable.kind === 'found' ? variable : named;
}
