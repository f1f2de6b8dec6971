import { decoratorsOf } from '../python/decorators';
import type { Node } from '../python/syntax';
import type { ChangedFile } from './changed-file';
import { symbolRenames, type SymbolRename } from './renames';

/** The pytest fixtures that the change renamed, in test files or in plugins. */
export function fixtureRenames(files: readonly ChangedFile[]): SymbolRename[] {
  return symbolRenames(files).filter(({ kind, owner, file, newName }) => {
    const source = files.find(({ path }) => path === file)?.new;
    return (
      kind === 'function' &&
      owner === '' &&
      source?.find('function_definition').some(
        (node) =>
          node.childForFieldName('name')?.text === newName &&
          // With a name of its own, the function's does not matter.
          fixtureMarks(node).some((text) => !/\bname\s*=/.test(text)),
      )
    );
  });
}

/** The decorators that make a function a fixture of pytest. */
export const fixtureMarks = (definition: Node): string[] =>
  decoratorsOf(definition)
    .map(({ text }) => text)
    .filter((text) => /^@(\w+\.)*fixture\b/.test(text));
