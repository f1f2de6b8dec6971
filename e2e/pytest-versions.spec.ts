import { greeting, library, outcomes, sentry } from './library';
import { HAS_PIP, pipFolder } from './pip-folder';

/** The oldest and the newest line that are supported, beside the one that all other tests use. */
const VERSIONS = ['7.4.4', '9.0.1'];

/** Assertions of other libraries, whose facts come from their frames. */
const CHECKS = `
import unittest
from unittest import mock
import pytest
import greet


def test_mock():
    sink = mock.Mock()
    sink(greet.greet("A"))
    sink.assert_called_once_with("Hello, A!")


def test_match():
    with pytest.raises(ValueError, match="^Hello, "):
        raise ValueError(greet.greet("A"))


class TestIt(unittest.TestCase):
    def test_method(self):
        self.assertEqual(greet.greet("B"), "Hello, B!")
`;

describe('the facts do not depend on the version of pytest', () => {
  it.each(HAS_PIP ? VERSIONS : ['system'])('pytest %s', async (version) => {
    const workspace = library({
      'lib/tests/test_rows.py':
        'import pytest\nimport greet\n\n\n@pytest.mark.parametrize("name, text", [("A", "Hello, A!")])\ndef test_row(name, text):\n    assert greet.greet(name) == text\n',
      'lib/tests/test_checks.py': CHECKS,
      'lib/tests/test_usage.txt': '>>> from greet import greet\n>>> greet("A")\n\'Hello, A!\'\n',
    });
    workspace.write({ 'lib/src/greet.py': greeting('salute', 'Good day') });
    const python = HAS_PIP ? pipFolder(`pytest-${version}`, `pytest==${version}`) : '';
    let output = '';
    process.env['PYTHONPATH'] = python;
    const record = await sentry(workspace, { log: (text) => (output += text) });
    delete process.env['PYTHONPATH'];
    if (HAS_PIP) expect(output).toContain(`pytest-${version}`);
    expect(outcomes(record)).toEqual({
      'tests/test_checks.py::TestIt::test_method': 'repaired',
      'tests/test_checks.py::test_match': 'repaired',
      'tests/test_checks.py::test_mock': 'repaired',
      'tests/test_greet.py': 'repaired',
      'tests/test_greet.py::test_greet': 'repaired',
      'tests/test_rows.py::test_row[A-Hello, A!]': 'repaired',
      'tests/test_usage.txt::test_usage.txt': 'repaired',
    });
  });
});
