import type { Tree } from '@nx/devkit';
import { edit } from '../edit';
import { withIgnored } from './ignored';
import { withPlugin } from './plugin-entry';

const PLUGIN = 'nx-sentries';
const ARTIFACTS = '.sentries';

/** What `nx add nx-sentries` runs: the plugin in nx.json, and its artifacts ignored by git. Run again, it changes nothing. */
export default function init(tree: Tree): void {
  edit(tree, 'nx.json', (text) => withPlugin(text, PLUGIN));
  edit(tree, '.gitignore', (text) => withIgnored(text, ARTIFACTS));
}
