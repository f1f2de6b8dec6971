/** Something that was looked at. */
export interface Check {
  readonly id:
    | 'settings'
    | 'nx'
    | 'git'
    | 'python'
    | 'recording'
    | 'server'
    | 'protocol'
    | 'plan-model'
    | 'patch-model'
    | 'plan-reply'
    | 'edit-formats'
    | 'context';
  /** `warning`: works, but not as well as it could, or not as may be meant. `skipped`: what it needs has failed. */
  readonly status: 'ok' | 'warning' | 'failed' | 'skipped';
  /** What was seen. */
  readonly seen: string;
  /** What to do next. */
  readonly hint?: string;
}

export function failed(
  id: Check['id'],
  { message, hint }: { message: string; hint: string },
): Check {
  return { id, status: 'failed', seen: message, hint };
}
