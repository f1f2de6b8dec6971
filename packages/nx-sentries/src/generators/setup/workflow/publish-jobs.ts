import { ACTIONS } from './actions';
import { job, run, step } from './lines';
import { safeNodeSteps } from './node-steps';
import type { WorkflowPlan } from './plan';
import { FROM_FORK } from './sentry-jobs';

/*
 * The jobs that may write. No code of the change runs in them: what they run is installed from the branch that the
 * change goes to, and all that they take from the change is its text and the artifacts, which are read with mistrust.
 */

const MAY_WRITE = [
  'permissions:',
  '  contents: write # branches of the sentries, and no others',
  '  pull-requests: write # one for each branch that was tested',
];

const TOKEN = [
  'env:',
  '  # Pull requests made with this token start no workflows. That of a GitHub App does: see the guide.',
  '  GITHUB_TOKEN: ${{ github.token }}',
];

/** From artifacts to one pull request: once, whatever number of jobs made them. */
export const publishJob = ({ use }: WorkflowPlan): string[] =>
  job('publish', 'Publish the patches', {
    head: [
      'needs: sentries',
      '# After failures, too: what could be repaired is worth having. The token of a fork may only read.',
      `if: \${{ !cancelled() && needs.sentries.result != 'skipped' && !(${FROM_FORK}) }}`,
      'runs-on: ubuntu-latest',
      'timeout-minutes: 15',
      ...MAY_WRITE,
    ],
    steps: [
      ...step('Check out what the change goes to, for the tools', [
        `uses: ${ACTIONS.checkout}`,
        'with:',
        `  ref: \${{ github.event.pull_request.base.sha || '${use.defaultBranch.replaceAll("'", "''")}' }}`,
        '  path: tools',
        '  persist-credentials: false',
      ]),
      ...step('Check out the commit under test, with its history', [
        `uses: ${ACTIONS.checkout}`,
        'with:',
        '  ref: ${{ github.event.pull_request.head.sha || github.sha }}',
        '  path: tested',
        '  fetch-depth: 0',
        '  persist-credentials: false',
      ]),
      ...safeNodeSteps(use.node, 'tools'),
      ...step('Fetch the artifacts', [
        `uses: ${ACTIONS.download}`,
        'with:',
        '  pattern: sentries*',
        '  path: artifacts',
        '  merge-multiple: true',
      ]),
      ...step('Open or update the pull request', [
        'working-directory: tested',
        ...TOKEN,
        '  NX_HEAD: ${{ github.event.pull_request.head.sha || github.sha }}',
        ...run(PUBLISH),
      ]),
    ],
  });

/** What is committed under the name of the artifacts is none of them. */
export const PUBLISH = `rm -rf .sentries
if [ ! -d ../artifacts ]; then echo "::notice::No task of the sentries ran."; exit 0; fi
mv ../artifacts .sentries
if [ ! -x ../tools/node_modules/.bin/sentries ]; then
  echo "::notice::nx-sentries is not installed on the branch that the change goes to: nothing is published."
  exit 0
fi
../tools/node_modules/.bin/sentries publish
`;

/** Branches that are no longer needed go, once a week. */
export const cleanupJob = ({ use }: WorkflowPlan): string[] =>
  job('cleanup', 'Clean up', {
    head: [
      "if: github.event_name == 'schedule'",
      'runs-on: ubuntu-latest',
      'timeout-minutes: 15',
      ...MAY_WRITE,
    ],
    steps: [
      ...step('Check out the default branch', [
        `uses: ${ACTIONS.checkout}`,
        'with:',
        '  path: tools',
        '  fetch-depth: 0',
        '  persist-credentials: false',
      ]),
      ...safeNodeSteps(use.node, 'tools'),
      ...step('Show what is there, and delete what is no longer needed', [
        'working-directory: tools',
        ...TOKEN,
        ...run('node_modules/.bin/sentries status\nnode_modules/.bin/sentries cleanup --force'),
      ]),
    ],
  });
