import type { ProjectCode } from '../code/project-code';
import type { Reference, Resolution } from '../reference';
import { resolveAnchor } from './anchors';
import { resolveName, resolvePart } from './names';
import { resolveDefault, resolveParameter } from './parameters';
import { resolvePath } from './paths';
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
  // A variable of the environment may be kept in a constant of its name.
  const isVariable = VARIABLE.test(name) && code.settings.asksFor(name);
  const named = isVariable ? resolveEnv(reference, code) : resolveName(reference, code);
  if (named.kind !== 'not ours' || name.includes('.') || context.markup !== null) return named;
  const others = [
    ...(context.describes === null
      ? []
      : [resolveParameter({ ...reference, of: context.describes }, code)]),
    ...(VARIABLE.test(name) ? [resolveEnv(reference, code)] : []),
  ];
  return others.find(({ kind }) => kind === 'found') ?? named;
}
