import { parts } from '../python/syntax';
import type { ChangedFile } from './changed-file';
import { symbolRenames, type SymbolRename } from './renames';

/** The pytest fixtures that the change renamed, in test files or in plugins. */
export function fixtureRenames(files: readonly ChangedFile[]): SymbolRename[] {
  return symbolRenames(files).filter(({ kind, owner, file, newName }) => {
    const source = files.find(({ path }) => path === file)?.new;
    return (
      kind === 'function' &&
      owner === '' &&
      source?.find('function_definition').some((node) => {
        const decorators = node.parent ? parts(node.parent) : [];
        return (
          node.childForFieldName('name')?.text === newName &&
          // With a name of its own, the function's does not matter.
          decorators.some(({ type, text }) => type === 'decorator' && isFixture(text))
        );
      })
    );
  });
}

const isFixture = (text: string): boolean =>
  /^@(\w+\.)*fixture\b/.test(text) && !/\bname\s*=/.test(text);
