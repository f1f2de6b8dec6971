import { logger, type Tree } from '@nx/devkit';
import { UsageError } from 'sentries-core';
import { edit } from '../edit';
import { addPlugin } from '../init/generator';
import { withHints } from '../with-hints';
import { CONFIG_FILE, withSchema } from './config-file';
import { withScripts } from './scripts';
import type { FanOut } from './workflow/plan';
import { workflowText } from './workflow/workflow';
import { nxUse, refusePlugAndPlay, workspaceUse } from './workspace-use';

/** The options of the generator: those of `schema.json`. */
export interface SetupOptions {
  readonly ci?: 'github' | 'none';
  /** Labels, with commas between them. */
  readonly runner?: string;
  readonly fanOut?: FanOut;
  readonly publish?: boolean;
  readonly defaultBranch?: string;
  readonly scripts?: boolean;
  readonly force?: boolean;
}

export const WORKFLOW = '.github/workflows/sentries.yml';

/** What `nx g nx-sentries:setup` runs. */
export default withHints(setUp);

/**
 * Sets a workspace up: settings, CI and scripts, beside what `init` does. Whatever is there stays as it is; run again, it
 * changes nothing.
 *
 * @throws UsageError for what can't be set up; nothing is written then.
 */
function setUp(tree: Tree, options: SetupOptions): void {
  refusePlugAndPlay(tree);
  addPlugin(tree);
  edit(tree, CONFIG_FILE, withSchema);
  if (options.scripts !== false) addScripts(tree);
  if (options.ci !== 'none') writeWorkflow(tree, options);
}

function addScripts(tree: Tree): void {
  if (!tree.exists('package.json')) {
    logger.warn('[nx-sentries] There is no package.json, so no scripts were added.');
    return;
  }
  const { targets } = nxUse(tree);
  edit(tree, 'package.json', (text) => {
    const { text: after, kept } = withScripts(text, targets);
    for (const name of kept)
      logger.warn(`[nx-sentries] package.json has another script ${name}: it was left as it is.`);
    return after;
  });
}

function writeWorkflow(tree: Tree, options: SetupOptions): void {
  const use = workspaceUse(tree);
  if (!use.python.isThere)
    logger.warn(
      '[nx-sentries] There is no Python project here yet: the workflow will have nothing to do.',
    );
  const text = workflowText({
    use: { ...use, ...(options.defaultBranch && { defaultBranch: options.defaultBranch }) },
    runner: labelsOf(options.runner ?? 'ubuntu-latest'),
    fanOut: options.fanOut ?? 'none',
    publish: options.publish ?? true,
  });
  const there = tree.read(WORKFLOW, 'utf8');
  if (there === text) return;
  if (there !== null && !options.force) {
    logger.warn(
      `[nx-sentries] ${WORKFLOW} is another one than these options give: it was left as it is.\n` +
        '  To see the difference, commit it, run this again with --force, and look at it with git diff; ' +
        `git checkout ${WORKFLOW} takes it back.`,
    );
    return;
  }
  if (there !== null) logger.warn(`[nx-sentries] ${WORKFLOW} is overwritten.`);
  tree.write(WORKFLOW, text);
}

function labelsOf(runner: string): string[] {
  const labels = runner
    .split(',')
    .map((label) => label.trim())
    .filter((label) => label !== '');
  if (labels.length > 0) return labels;
  throw new UsageError(
    'no runner is named',
    'Name one (--runner=ubuntu-latest), or the labels of your own (--runner=self-hosted,gpu).',
  );
}
