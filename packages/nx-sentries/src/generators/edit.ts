import type { Tree } from '@nx/devkit';

/** Changes the text of a file. Only a text that differs is written: Nx prints each file that is. */
export function edit(tree: Tree, path: string, change: (text: string) => string): void {
  const before = tree.read(path, 'utf8') ?? '';
  const after = change(before);
  if (after !== before) tree.write(path, after);
}
