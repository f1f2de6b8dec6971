import type { BranchStatus } from 'sentries-core';

/** A line a branch. */
export function statusText(all: readonly BranchStatus[]): string {
  if (all.length === 0) return 'There are no branches of the sentries.';
  return all.map(statusLine).join('\n');
}

export function statusLine({ branch, state, ageDays, base, pull }: BranchStatus): string {
  const age = `${ageDays} day${ageDays === 1 ? '' : 's'}`;
  const draft = pull?.state === 'open' && pull.draft ? ', draft' : '';
  const where = pull ? `  #${pull.number} ${pull.url}` : '';
  return `${state.padEnd(7)} ${branch}  for ${base ?? '?'}, ${age}${draft}${where}`;
}
