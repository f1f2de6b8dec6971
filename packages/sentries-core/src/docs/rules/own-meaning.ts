import { importsIn } from '../read/written-imports';

/**
 * Whether an example of a text gives a word a meaning of its own: it defines it, or has it from another package. What is bound in
 * other ways (by a loop, as a parameter) counts where it is used, not for the whole page.
 *
 * @param isOwn Says of the first word of a module whether that is the project's.
 */
export function hasOwnMeaning(
  word: string,
  text: string,
  isOwn: (root: string) => boolean,
): boolean {
  const defines = new RegExp(
    `^[ \\t>.]*(?:${word}[ \\t]*=(?!=)|(?:async )?(?:def|class) ${word}\\b)`,
    'm',
  );
  return (
    defines.test(text) ||
    importsIn(text).some(({ names }) =>
      names.some(({ name, alias, target }) => {
        const [root] = target.split('.') as [string];
        // Of another package's thing both names are taken: what is told of it may use either.
        return (name === word || alias === word) && root !== '' && !isOwn(root);
      }),
    )
  );
}

/** Whether code names a word at all: it may have any meaning there, however it came by it. */
export const isNamedIn = (word: string, code: string): boolean =>
  new RegExp(`\\b${word}\\b`).test(code);
