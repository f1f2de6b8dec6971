import { decoratorsOf } from '../python/decorators';
import type { Node } from '../python/syntax';
import type { ChangedFile } from './changed-file';
import { isText, symbolRenames, type SymbolRename } from './renames';
import { moduleSymbols } from './symbols';

/** The pytest fixtures that the change renamed, in test files or in plugins. */
export function fixtureRenames(files: readonly ChangedFile[]): SymbolRename[] {
  return symbolRenames(files).filter(({ kind, owner, file, oldName, newName }) => {
    const changed = files.find(({ path }) => path === file);
    const source = changed?.new;
    return (
      kind === 'function' &&
      owner === '' &&
      // What it makes is what the tests are given: with another text, it is another fixture.
      textsOf(changed?.old, oldName) === textsOf(source, newName) &&
      source?.find('function_definition').some(
        (node) =>
          node.childForFieldName('name')?.text === newName &&
          // With a name of its own, the function's does not matter.
          fixtureMarks(node).some((text) => !/\bname\s*=/.test(text)),
      )
    );
  });
}

const textsOf = (source: ChangedFile['old'] | undefined, name: string): string | undefined =>
  source ? moduleSymbols(source).get(name)?.body.filter(isText).join('\n') : undefined;

/** The decorators that make a function a fixture of pytest. */
export const fixtureMarks = (definition: Node): string[] =>
  decoratorsOf(definition)
    .map(({ text }) => text)
    .filter((text) => /^@(\w+\.)*fixture\b/.test(text));
