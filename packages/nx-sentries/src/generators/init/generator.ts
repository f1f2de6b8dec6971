import type { Tree } from '@nx/devkit';
import { withIgnored } from './ignored';
import { withPlugin } from './plugin-entry';

const PLUGIN = 'nx-sentries';
const ARTIFACTS = '.sentries';

/** What `nx add nx-sentries` runs: the plugin in nx.json, and its artifacts ignored by git. Run again, it changes nothing. */
export default function init(tree: Tree): void {
  edit(tree, 'nx.json', (text) => withPlugin(text, PLUGIN));
  edit(tree, '.gitignore', (text) => withIgnored(text, ARTIFACTS));
}

/** Only a text that differs is written: Nx prints each file that is. */
function edit(tree: Tree, path: string, change: (text: string) => string): void {
  const before = tree.read(path, 'utf8') ?? '';
  const after = change(before);
  if (after !== before) tree.write(path, after);
}
