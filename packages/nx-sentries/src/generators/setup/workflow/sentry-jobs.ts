import { ACTIONS } from './actions';
import { rangeStep } from './change-range';
import { indented, job, quoted, run, shellWord, step, type Lines } from './lines';
import { nodeSteps, nxCommand } from './node-steps';
import { isHosted, type WorkflowPlan } from './plan';
import { pythonSteps } from './python-steps';

/** So many jobs a matrix has at most. */
const MATRIX_JOBS = 10;
/** So many agents are asked for, by the name of the launch template that they get. */
const AGENTS = '3 sentries';

/** True in a run for a pull request of a fork. */
export const FROM_FORK =
  "github.event_name == 'pull_request' && github.event.pull_request.head.repo.full_name != github.repository";

/** The jobs that run code of the repository: they may read, and nothing else. */
export function sentryJobs(plan: WorkflowPlan): string[] {
  return plan.fanOut === 'matrix' ? [...planJob(plan), '', ...matrixJob(plan)] : singleJob(plan);
}

const singleJob = (plan: WorkflowPlan): string[] => {
  const { use, fanOut } = plan;
  const range = [
    'NX_BASE: ${{ steps.range.outputs.base }}',
    'NX_HEAD: ${{ steps.range.outputs.head }}',
  ];
  const affected = `${nxCommand(use.node)} affected -t ${use.targets.map(shellWord).join(' ')}`;
  return job('sentries', 'Run the sentries', {
    head: [...onEvents(plan), ...runsOn(plan), 'timeout-minutes: 60', ...MAY_READ],
    steps: [
      ...checkoutStep(),
      ...rangeStep(),
      ...nodeSteps(use.node),
      ...(fanOut === 'agents' ? agentsStep(plan, range) : pythonSteps(use.python)),
      ...sentryStep(plan, range, affected),
      ...uploadStep('sentries'),
    ],
  });
};

const planJob = (plan: WorkflowPlan): string[] => {
  const { use } = plan;
  const show = `${nxCommand(use.node)} show projects --affected --withTarget=${shellWord(use.targets.join(','))} --json`;
  return job('plan', 'Find the affected projects', {
    head: [
      ...onEvents(plan),
      'runs-on: ubuntu-latest',
      'timeout-minutes: 15',
      ...MAY_READ,
      'outputs:',
      '  base: ${{ steps.range.outputs.base }}',
      '  head: ${{ steps.range.outputs.head }}',
      '  shards: ${{ steps.shards.outputs.shards }}',
    ],
    steps: [
      ...checkoutStep(),
      ...rangeStep(),
      ...nodeSteps(use.node),
      ...step('Deal the projects out to jobs', [
        'id: shards',
        'env:',
        '  NX_BASE: ${{ steps.range.outputs.base }}',
        '  NX_HEAD: ${{ steps.range.outputs.head }}',
        `  JOBS: '${String(MATRIX_JOBS)}'`,
        ...run(`PROJECTS=$(${show})\nexport PROJECTS\n${SHARDS}`),
      ]),
    ],
  });
};

/** Projects in turn, so that neighbours, which are alike in size, go to different jobs. */
export const SHARDS = `node -e '
  const projects = JSON.parse(process.env.PROJECTS);
  const jobs = Math.min(projects.length, Number(process.env.JOBS));
  const shards = Array.from({ length: jobs }, (_, job) =>
    projects.filter((_, at) => at % jobs === job).join(","));
  console.log("shards=" + JSON.stringify(shards));
' >> "$GITHUB_OUTPUT"
`;

const matrixJob = (plan: WorkflowPlan): string[] => {
  const { use } = plan;
  const range = [
    'NX_BASE: ${{ needs.plan.outputs.base }}',
    'NX_HEAD: ${{ needs.plan.outputs.head }}',
  ];
  const many = `${nxCommand(use.node)} run-many -t ${use.targets.map(shellWord).join(' ')} --projects="$PROJECTS"`;
  return job('sentries', 'Run the sentries', {
    head: [
      'needs: plan',
      "if: needs.plan.outputs.shards != '[]'",
      ...runsOn(plan),
      'timeout-minutes: 60',
      ...MAY_READ,
      'strategy:',
      '  fail-fast: false # what one job can not repair is no reason to stop the others',
      '  matrix:',
      '    projects: ${{ fromJSON(needs.plan.outputs.shards) }}',
    ],
    steps: [
      ...checkoutStep(),
      ...nodeSteps(use.node),
      ...pythonSteps(use.python),
      ...sentryStep(plan, [...range, 'PROJECTS: ${{ matrix.projects }}'], many),
      ...uploadStep('sentries-${{ strategy.job-index }}'),
    ],
  });
};

const MAY_READ = ['permissions:', '  contents: read # to check the repository out'];

const onEvents = ({ publish }: WorkflowPlan): string[] =>
  publish ? ["if: github.event_name != 'schedule'"] : [];

/** A fork's code never runs on a machine of yours: it could stay there. */
function runsOn(plan: WorkflowPlan): string[] {
  if (isHosted(plan)) return [`runs-on: ${quoted(plan.runner[0]!)}`];
  const labels = JSON.stringify(plan.runner).replaceAll("'", "''");
  return [
    '# Code of a fork does not run on your machine: it could stay there.',
    `runs-on: \${{ ${FROM_FORK} && 'ubuntu-latest' || fromJSON('${labels}') }}`,
  ];
}

const checkoutStep = (): string[] =>
  step('Check out the commit under test, with its history', [
    `uses: ${ACTIONS.checkout}`,
    'with:',
    '  ref: ${{ github.event.pull_request.head.sha || github.sha }}',
    '  fetch-depth: 0',
    '  persist-credentials: false',
  ]);

const CLOUD = 'NX_CLOUD_ACCESS_TOKEN: ${{ secrets.NX_CLOUD_ACCESS_TOKEN }}';

const agentsStep = ({ use }: WorkflowPlan, range: Lines): string[] =>
  step('Start the agents', [
    '# What they are set up with is the launch template "sentries", which is yours to write: see the guide.',
    'env:',
    ...indented([...range, CLOUD]),
    ...run(
      `${nxCommand(use.node)} start-ci-run --distribute-on="${AGENTS}" --with-env-vars="NX_BASE,NX_HEAD" --stop-agents-after=${shellWord(use.targets.join(','))}`,
    ),
  ]);

function sentryStep(plan: WorkflowPlan, variables: Lines, command: string): string[] {
  const onAgents = plan.fanOut === 'agents' ? [CLOUD] : [];
  if (isHosted(plan))
    return step('Run the sentries', [
      'env:',
      ...indented([...variables, ...onAgents]),
      ...run(`${command} --strategy=rules`),
    ]);
  return step('Run the sentries', [
    'env:',
    ...indented([
      ...variables,
      ...onAgents,
      `STRATEGY: \${{ ${FROM_FORK} && 'rules' || 'auto' }}`,
      '# Variables of the repository (Settings, Variables); what is not set has its default.',
      'LLM_BASE: ${{ vars.LLM_BASE }}',
      'LLM_API: ${{ vars.LLM_API }}',
      'MODEL_PLAN: ${{ vars.MODEL_PLAN }}',
      'MODEL_PATCH: ${{ vars.MODEL_PATCH }}',
    ]),
    ...run(`${command} --strategy="$STRATEGY"`),
  ]);
}

const uploadStep = (name: string): string[] =>
  step('Keep the artifacts', [
    'if: ${{ !cancelled() }}',
    `uses: ${ACTIONS.upload}`,
    'with:',
    `  name: ${name}`,
    '  path: |',
    '    .sentries/',
    '    !.sentries/.*/**',
    '  include-hidden-files: true',
    '  if-no-files-found: ignore',
    '  retention-days: 14',
  ]);
