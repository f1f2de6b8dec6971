import type { PublishedRuns } from 'sentries-core';

/** What was published, a line a pull request. */
export function publishText({ published, notice }: PublishedRuns): string {
  if (notice !== null) return notice;
  if (published.length === 0) return 'There is nothing to publish: .sentries has no artifacts.';
  return published
    .map(({ sentry, outcome, pull, says, steps }) => {
      const where = pull ? ` ${pull.url}` : '';
      const how = steps.length > 0 ? ` (${steps.join(', ')})` : '';
      return `${sentry}: ${outcome}${where}\n  ${says}${how}`;
    })
    .join('\n');
}
