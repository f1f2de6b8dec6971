import type { TargetConfiguration } from '@nx/devkit';

/** pytest's configuration files, and what it loads from the folders above a test. */
const PYTEST_FILES = [
  'conftest.py',
  'pytest.ini',
  '.pytest.ini',
  'pyproject.toml',
  'tox.ini',
  'setup.cfg',
];

/**
 * The inferred target of a project with tests.
 *
 * @param root From the workspace root.
 * @param run `project:target`, for the help that Nx shows.
 */
export function sentryTestTarget(root: string, run: string): TargetConfiguration {
  return {
    executor: 'nx-sentries:sentry-test',
    cache: true,
    inputs: [
      '{projectRoot}/**/*',
      '!{projectRoot}/**/__pycache__/**',
      '^{projectRoot}/**/*',
      ...above(root).flatMap((folder) =>
        PYTEST_FILES.map((file) => `{workspaceRoot}/${folder}${file}`),
      ),
      { env: 'NX_BASE' },
      { env: 'NX_HEAD' },
    ],
    outputs: ['{workspaceRoot}/.sentries/{projectName}/sentry-test'],
    metadata: {
      technologies: ['python', 'pytest'],
      description: 'Run the pytest tests and repair those that the change made stale',
      help: {
        command: `npx nx run ${run} --help`,
        example: { options: { mode: 'apply', accept: 'mechanical' } },
      },
    },
  };
}

/** The folders above a project, each with a slash at its end; the workspace root is the empty string. */
function above(root: string): string[] {
  const parts = root === '.' ? [] : root.split('/');
  return parts
    .map((_, depth) => parts.slice(0, depth).join('/'))
    .map((path) => (path ? `${path}/` : ''));
}
