import type { FailureFact } from './facts';

/** A failing test; `test_a` of `tests/test_a.py` where nothing else is said. */
export function failureFact(part: Partial<FailureFact> = {}): FailureFact {
  const key = part.key ?? part.id ?? 'tests/test_a.py::test_a';
  return {
    kind: 'failure',
    id: key,
    key,
    file: 'tests/test_a.py',
    when: 'call',
    exception: {
      type: 'builtins.AssertionError',
      message: 'assert 1 == 2\n  more',
      name: null,
      owner: null,
    },
    frames: [{ file: 'tests/test_a.py', line: 5, function: 'test_a', span: null }],
    compare: null,
    rows: {},
    function: 'test_a',
    ...part,
  };
}
