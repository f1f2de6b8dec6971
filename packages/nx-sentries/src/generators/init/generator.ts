import type { Tree } from '@nx/devkit';
import { UsageError } from 'sentries-core';
import { edit } from '../edit';
import { withHints } from '../with-hints';
import { withIgnored } from './ignored';
import { withPlugin } from './plugin-entry';

const PLUGIN = 'nx-sentries';
const ARTIFACTS = '.sentries';

/** What `nx add nx-sentries` runs. */
export default withHints(addPlugin);

/**
 * The plugin in nx.json, and its artifacts ignored by git. Run again, it changes nothing.
 *
 * @throws UsageError where packages are in no folder, and where nx.json can't be read.
 */
export function addPlugin(tree: Tree): void {
  if (tree.exists('.pnp.cjs')) {
    throw new UsageError(
      "this workspace has Yarn's Plug'n'Play, which nx-sentries does not support",
      'Set "nodeLinker: node-modules" in .yarnrc.yml, run yarn install, and try again.',
    );
  }
  edit(tree, 'nx.json', (text) => withPlugin(text, PLUGIN));
  edit(tree, '.gitignore', (text) => withIgnored(text, ARTIFACTS));
}
