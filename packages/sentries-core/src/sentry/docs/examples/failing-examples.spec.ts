import { failureFact } from '../../../pytest/facts.fixture';
import type { FailureFact } from '../../../pytest/facts';
import { newCase } from '../../case';
import { runOf } from '../../sentry.fixture';
import { exampleId, passed, staleAmong } from './failing-examples';

const PAGE = 'lib/docs/use.md';
const failing = (key: string, part: Partial<FailureFact> = {}): FailureFact =>
  failureFact({ key, id: key, file: PAGE, frames: [], ...part });

describe('an example that fails now is stale', () => {
  const KEY = 'docs/use.md::use.md';

  it('where it passed on the base, and nowhere else', () => {
    const one = failing(KEY);
    expect(staleAmong([one], runOf([KEY]), new Set())).toEqual([one]);
    expect(staleAmong([one], runOf([KEY], [KEY]), new Set())).toEqual([]);
    expect(staleAmong([one], runOf([]), new Set())).toEqual([]);
    expect(staleAmong([one], runOf([KEY], [], { skipped: new Set([KEY]) }), new Set())).toEqual([]);
    expect(staleAmong([one], null, new Set())).toEqual([]);
  });

  it('not where it is named by a line that may have been another one’s', () => {
    const named = 'docs/use.md::[CodeFence#1][line:4]';
    const one = failing(named);
    expect(staleAmong([one], runOf([named]), new Set())).toEqual([one]);
    expect(staleAmong([one], runOf([named]), new Set([PAGE]))).toEqual([]);
  });

  it('of a file that can’t be collected any more, where one of its examples passed', () => {
    const file = { key: 'src/a.py' };
    expect(passed(file, runOf(['src/a.py::a.f', 'src/a.py::a.g'], ['src/a.py::a.f']))).toBe(true);
    expect(passed(file, runOf(['src/a.py::a.f'], ['src/a.py::a.f']))).toBe(false);
    expect(passed(file, runOf(['src/ab.py::a.f']))).toBe(false);
  });
});

it('an example is named by the line of its output, of its code where it broke, or by its item', () => {
  const doctest = { file: PAGE, line: 5, source: 'for x in y:\n    f(x)\n', want: '1\n' };
  const more = { raises: null, options: [] };
  const id = (part: Partial<FailureFact>): string => exampleId(newCase(failing('docs/use', part)));
  expect(id({ doctest: { ...doctest, ...more, got: '2\n' } })).toBe(`${PAGE}:7`);
  expect(id({ doctest: { ...doctest, ...more, got: null } })).toBe(`${PAGE}:5`);
  expect(id({ doctest: { ...doctest, ...more, line: null, got: '2\n' } })).toBe('docs/use');
  expect(id({ frames: [{ file: PAGE, line: 9, function: 'f', span: null }] })).toBe(`${PAGE}:9`);
});
