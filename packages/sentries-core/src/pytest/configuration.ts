/**
 * What configures pytest, in a project's folder and in those above, and what it loads from there.
 * https://docs.pytest.org/en/stable/reference/customize.html#configuration-file-formats
 */
export const PYTEST_FILES: readonly string[] = [
  'conftest.py',
  'pytest.toml',
  '.pytest.toml',
  'pytest.ini',
  '.pytest.ini',
  'pyproject.toml',
  'tox.ini',
  'setup.cfg',
];
