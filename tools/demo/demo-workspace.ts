import { join } from 'node:path';
import { ROOT } from '../paths';
import { Workspace } from '../workspace';

const CHANGE = `Rename to_kg, reword its error, default to CHF

The rebate begins above forty now. In the stock: one change for each rule, and three bugs.
Postage needs a tariff.`;

/** The workspace of the demo, with its change committed on a branch of its own. */
export function demoWorkspace(folder: string): Workspace {
  const workspace = Workspace.create(folder);
  workspace.copy(join(ROOT, 'tools/demo/workspace'));
  workspace.git('init', '--quiet', '--initial-branch=main');
  workspace.commit('First version');
  workspace.git('checkout', '--quiet', '-b', 'change');
  workspace.copy(join(ROOT, 'tools/demo/change'));
  workspace.commit(CHANGE);
  return workspace;
}
