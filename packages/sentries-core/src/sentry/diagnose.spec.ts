import { ChangeSet } from '../change/change-set';
import { changedFile, changeOf } from '../change/change.fixture';
import type { FailureFact } from '../pytest/facts';
import { failureFact } from '../pytest/facts.fixture';
import { diagnose, NOTHING_CHANGED } from './diagnose';

const SOURCE = 'libs/money/src/acme/money.py';
const NOTHING = new ChangeSet([]);
const CHANGE = changeOf('x = 1\n', 'x = 2\n');

const exception = (type: string, name: string | null = null): Partial<FailureFact> => ({
  exception: { type, message: 'so it is', name, owner: null },
});
const raisedIn = (file: string, line: number, part: Partial<FailureFact> = {}): FailureFact => {
  const [frame] = failureFact().frames;
  return failureFact({ frames: [frame!, { ...frame!, file, line }], ...part });
};

describe('a failure that was raised in a file of the change', () => {
  const diagnosed = (line: string, part = exception('builtins.KeyError')) =>
    diagnose(raisedIn(SOURCE, 2, part), changeOf('', `def f():\n${line}\n`), ['not sure']);

  it.each(['    return d["k"]', '    raised = 1 / 0', '    x = warn_me()', '    # raise it'])(
    'given that it happened to %j, it is a suspected regression',
    (line) => {
      expect(diagnosed(line)).toEqual({
        outcome: 'suspected-regression',
        reason: `KeyError happened in ${SOURCE}:2, in a file that the change touches`,
        isRaised: true,
      });
    },
  );

  it.each(['    raise KeyError(k)', '\traise', '    warnings.warn("old")', 'warn("old")'])(
    'given that the code says %j, it was meant',
    (line) => {
      expect(diagnosed(line, exception('acme.Refused'))).toEqual({
        outcome: 'unrepaired',
        reason: `acme.Refused is raised on purpose in ${SOURCE}:2, in a file that the change touches`,
      });
    },
  );

  it('given that only an outer frame is of the change, it is not the place', () => {
    const { frames } = raisedIn(SOURCE, 1);
    const failure = failureFact({ frames: [...frames].reverse() });
    expect(diagnose(failure, CHANGE, []).outcome).toBe('unrepaired');
  });

  it('given a file that is not Python, it is a suspected regression all the same', () => {
    const other = new ChangeSet([changedFile(null, null, 'src/a.tmpl')]);
    expect(diagnose(raisedIn('src/a.tmpl', 1), other, []).outcome).toBe('suspected-regression');
  });
});

describe('a module that is not there', () => {
  const missing = (name: string | null, type = 'builtins.ModuleNotFoundError'): FailureFact =>
    failureFact(exception(type, name));

  it('given that the change has nothing of that name, it is the environment', () => {
    expect(diagnose(missing('numpy.linalg'), CHANGE, ['not sure'])).toEqual({
      outcome: 'environment',
      reason:
        'the module numpy.linalg is not there, and the change does not touch it: install it, or name its project as a dependency',
    });
  });

  it.each([
    ['moved a file of that name', 'money'],
    ['touched the package', 'acme.gone'],
  ])('given that the change %s, it is not the environment', (_, name) => {
    expect(diagnose(missing(name), CHANGE, []).outcome).toBe('unrepaired');
  });

  it('given the old name of a file, it is not the environment', () => {
    const moved = { ...changedFile('x = 1\n', 'x = 1\n', 'src/new.py'), oldPath: 'src/old.py' };
    expect(diagnose(missing('old'), new ChangeSet([moved]), []).outcome).toBe('unrepaired');
  });

  it.each([
    ['no name', missing(null)],
    ['a name missing in a module that is there', missing('numpy', 'builtins.ImportError')],
  ])('given %s, it is not the environment', (_, failure) => {
    expect(diagnose(failure, CHANGE, []).outcome).toBe('unrepaired');
  });
});

describe('what a test waited for in vain', () => {
  it.each(['did not raise', 'did not warn'])('%s, is a suspected regression', (name) => {
    const frame = { file: 'tests/test_a.py', line: 5, function: 'test_a', span: null };
    const failure = failureFact({ check: { name, frame, values: {} } });
    expect(diagnose(failure, CHANGE, ['not sure']).outcome).toBe('suspected-regression');
    expect(diagnose(failure, NOTHING, []).outcome).toBe('unrepaired');
  });
});

describe('a failure that nothing is known of', () => {
  it.each<[string, ChangeSet, string[], string]>([
    ['strategies that were not sure', CHANGE, ['two fit', 'too long'], 'two fit; too long'],
    ['refusals and no change', NOTHING, ['two fit'], 'two fit'],
    ['no change', NOTHING, [], NOTHING_CHANGED],
    ['a change', CHANGE, [], 'no rule knows this failure (AssertionError)'],
  ])('given %s, it says so', (_, change, refused, reason) => {
    expect(diagnose(failureFact(), change, refused)).toEqual({ outcome: 'unrepaired', reason });
  });

  it('given that it has no frames, it is still told', () => {
    const failure = failureFact({ frames: [], ...exception('acme.errors.Odd') });
    expect(diagnose(failure, CHANGE, []).reason).toBe(
      'no rule knows this failure (acme.errors.Odd)',
    );
  });
});
