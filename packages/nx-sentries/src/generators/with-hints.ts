import type { Tree } from '@nx/devkit';
import { SentryError } from 'sentries-core';

/** A generator whose errors say what to do in their message: Nx prints nothing else of them. */
export function withHints<Options>(
  generator: (tree: Tree, options: Options) => void,
): (tree: Tree, options: Options) => void {
  return (tree, options) => {
    try {
      generator(tree, options);
    } catch (error) {
      if (error instanceof SentryError) error.message += `\n  → ${error.hint}`;
      throw error;
    }
  };
}
