import type { ProjectCode } from '../code/project-code';
import type { Reference, Resolution } from '../reference';
import { resolveAnchor } from './anchors';
import { resolveName } from './names';
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
    default:
      return resolveName(reference, code);
  }
}
