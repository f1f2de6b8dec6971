import type { Tree } from '@nx/devkit';
import { edit } from '../../generators/edit';
import { CONFIG_FILE, withSchema } from '../../generators/setup/config-file';

/** Names the JSON Schema in a `sentries.config.json` that was written before `setup` did so; where there is none, none is made. */
export default function addConfigSchema(tree: Tree): void {
  if (tree.exists(CONFIG_FILE)) edit(tree, CONFIG_FILE, withSchema);
}
