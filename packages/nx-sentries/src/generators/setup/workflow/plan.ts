import type { WorkspaceUse } from '../workspace-use';

export const FAN_OUTS = ['none', 'matrix', 'agents'] as const;
export type FanOut = (typeof FAN_OUTS)[number];

/** All that the text of a workflow depends on. */
export interface WorkflowPlan {
  readonly use: WorkspaceUse;
  /** Labels of the runner that the sentries run on. */
  readonly runner: readonly string[];
  readonly fanOut: FanOut;
  /** Is there a job that opens pull requests, and one that cleans up after them? */
  readonly publish: boolean;
}

/** A label of a runner that GitHub hosts: no model is served there. */
export const isHosted = ({ runner }: WorkflowPlan): boolean =>
  runner.length === 1 && /^(?:ubuntu|macos|windows)-[\w.-]+$/.test(runner[0]!);
