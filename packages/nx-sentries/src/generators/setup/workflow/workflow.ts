import { indented, quoted } from './lines';
import type { WorkflowPlan } from './plan';
import { cleanupJob, publishJob } from './publish-jobs';
import { sentryJobs } from './sentry-jobs';

/** The text of the workflow that a plan asks for. The same plan gives the same text. */
export function workflowText(plan: WorkflowPlan): string {
  const jobs = [sentryJobs(plan), ...(plan.publish ? [publishJob(plan), cleanupJob(plan)] : [])];
  const lines = [
    '# Written by `nx g nx-sentries:setup`, and yours to edit: it is not overwritten unless you say --force.',
    '# What each job is for is told in docs/ci.md of nx-sentries.',
    'name: sentries',
    '',
    'on:',
    ...indented(triggers(plan)),
    '',
    '# Each job asks for what it needs.',
    'permissions: {}',
    '',
    '# A new push to a pull request takes the place of the last one; each push to a branch has its own change.',
    'concurrency:',
    '  group: sentries-${{ github.event.pull_request.number || github.run_id }}',
    '  cancel-in-progress: true',
    '',
    'defaults:',
    '  run:',
    '    shell: bash',
    '',
    'jobs:',
    ...indented(jobs.flatMap((job, at) => (at === 0 ? job : ['', ...job]))),
  ];
  return `${lines.join('\n')}\n`;
}

const triggers = ({ use, publish }: WorkflowPlan): string[] => [
  'pull_request:',
  'push:',
  `  branches: [${quoted(use.defaultBranch)}]`,
  ...(publish ? ['schedule:', "  - cron: '23 4 * * 1' # cleans up"] : []),
  'workflow_dispatch:',
  '  inputs:',
  '    base:',
  '      description: Where the change starts (a branch, a tag or a commit)',
  '      type: string',
];
