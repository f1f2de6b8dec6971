import { changedFile } from '../change/change.fixture';
import { ChangeSet } from '../change/change-set';
import type { FileLines } from '../pytest/lines';
import { loadSyntax } from '../python/syntax';
import { suspectsOf } from './suspects';

beforeAll(loadSyntax);

const FILE = 'src/a.py';
const KEY = 'tests/test_a.py::test_a';

/** The suspected lines of a change, given what ran in the test, or else on import. */
function suspected(
  old: string | null,
  now: string,
  { inTest = [] as number[], onImport = [] as number[] },
): string[] {
  const files = (lines: number[]): FileLines => new Map([[FILE, new Set(lines)]]);
  const executed = { tests: new Map([[KEY, files(inTest)]]), imported: files(onImport) };
  const change = new ChangeSet([changedFile(old, now, FILE)]);
  return suspectsOf(change, executed, KEY).map(
    ({ line, side, text }) => `${side} ${line}: ${text.trim()}`,
  );
}

describe('the suspected lines of a change', () => {
  const OLD = 'def f(x):\n    y = x\n    z = x\n    return y\n';

  it('are the changed ones that the test executed', () => {
    const now = OLD.replace('y = x', 'y = x + 1').replace('z = x', 'z = x + 1');
    expect(suspected(OLD, now, { inTest: [1, 2, 4] })).toEqual(['head 2: y = x + 1']);
  });

  it('are none, where the test executed no line of the file', () => {
    expect(suspected(OLD, OLD.replace('y = x', 'y = 1'), {})).toEqual([]);
  });

  it('are all of a statement’s that was executed', () => {
    const old = 'def f():\n    return g(\n        1,\n        2,\n    )\n';
    expect(suspected(old, old.replace('2', '3'), { inTest: [1, 2, 3] })).toEqual(['head 4: 3,']);
  });

  it('are not those of a body, where only its head was executed', () => {
    const old = 'def f(x):\n    if x:\n        return 1\n    return 2\n';
    const now = old.replace('if x', 'if not x').replace('return 1', 'return 3');
    expect(suspected(old, now, { inTest: [1, 2, 4] })).toEqual(['head 2: if not x:']);
  });

  it('count the head of a function, once it is entered', () => {
    const old = '@cached\ndef f(x=1):\n    return x\n';
    const now = old.replace('x=1', 'x=2');
    expect(suspected(old, now, { inTest: [1, 3] })).toEqual(['head 2: def f(x=2):']);
    expect(suspected(old, now, { onImport: [1, 2] })).toEqual([]);
    const cached = old.replace('cached', 'cache');
    expect(suspected(old, cached, { inTest: [1, 3] })).toEqual(['head 1: @cache']);
    expect(suspected(old, cached, { inTest: [3] })).toEqual([]);
  });

  it('are what was taken away between lines that ran', () => {
    const now = OLD.replace('    z = x\n', '');
    expect(suspected(OLD, now, { inTest: [1, 2] })).toEqual(['base 3: z = x']);
    expect(suspected(OLD, now, { onImport: [1] })).toEqual([]);
  });

  it('are what an import executed, where the test executed none', () => {
    const [old, now] = ['LIMIT = 1\n', 'LIMIT = 2\n'].map((line) => line + OLD) as [string, string];
    const ran = { inTest: [2, 3, 5], onImport: [1, 2] };
    expect(suspected(old, now, ran)).toEqual(['head 1: LIMIT = 2']);
    const both = now.replace('return y', 'return z');
    expect(suspected(old, both, ran)).toEqual(['head 5: return z']);
  });

  it('are neither comments nor empty lines', () => {
    const now = OLD.replace('    z = x\n', '    # why\n\n    z = x\n');
    expect(suspected(OLD, now, { inTest: [1, 2, 3, 4, 5, 6] })).toEqual([]);
  });

  it('are ten at most', () => {
    const body = Array.from({ length: 30 }, (_, at) => `    x${at} = 1\n`).join('');
    const inTest = Array.from({ length: 31 }, (_, at) => at + 1);
    expect(suspected(null, `def f():\n${body}`, { inTest })).toHaveLength(10);
  });
});
