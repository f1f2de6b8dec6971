import type { ChangeSet } from '../change/change-set';
import { hunksOf } from '../change/line-hunks';
import type { FailureFact } from '../pytest/facts';
import { unrepaired, type Verdict } from './case';

export const NOTHING_CHANGED =
  'nothing changed in the project or in what it depends on between base and head: set NX_BASE to where the change starts, and fetch the full history';

/** The outcome of a failure that no strategy has an edit for. */
export function diagnose(
  failure: FailureFact,
  change: ChangeSet,
  refused: readonly string[],
): Verdict {
  const raised = failure.frames.at(-1);
  const file = change.files.find(({ path }) => path === raised?.file);
  if (raised && file) {
    const place = `${file.path}:${raised.line}, in a file that the change touches`;
    return isRaisedOnPurpose(failure, change)
      ? unrepaired(`${shortType(failure)} is raised on purpose in ${place}`)
      : {
          outcome: 'suspected-regression',
          reason: `${shortType(failure)} happened in ${place}`,
          isRaised: true,
        };
  }
  const missed = MISSED[failure.check?.name ?? ''];
  if (missed && !change.isEmpty) return { outcome: 'suspected-regression', reason: missed };
  const missing = missingModule(failure, change);
  if (missing !== undefined) {
    return {
      outcome: 'environment',
      reason: `the module ${missing} is not there, and the change does not touch it: install it, or name its project as a dependency`,
    };
  }
  if (refused.length > 0) return unrepaired(refused.join('; '));
  if (change.isEmpty) return unrepaired(NOTHING_CHANGED);
  return unrepaired(`no rule knows this failure (${shortType(failure)})`);
}

/** True where a changed file raises it by itself: that is a decision, and what happens to the code is a defect. */
function isRaisedOnPurpose(failure: FailureFact, change: ChangeSet): boolean {
  const raised = failure.frames.at(-1);
  const file = change.files.find(({ path }) => path === raised?.file);
  const line = (raised && file?.new?.lines.line(raised.line)) ?? '';
  return /^\s*(raise\b|warnings\.warn\b|warn\()/.test(line);
}

/** True where the change itself wrote the line that raises it: it demands something that the test does not do. */
export function isDemand(failure: FailureFact, change: ChangeSet): boolean {
  const raised = failure.frames.at(-1);
  const file = change.files.find(({ path }) => path === raised?.file);
  return (
    isRaisedOnPurpose(failure, change) &&
    hunksOf(file!).some((hunk) => hunk.new.start <= raised!.line && raised!.line < hunk.new.end)
  );
}

/** What a test waited for in vain: not a value that is stale, but an effect that is gone. */
const MISSED: Readonly<Record<string, string>> = {
  'did not raise': 'the exception that the test expects was not raised',
  'did not warn': 'the warning that the test expects did not come',
};

const shortType = ({ exception }: FailureFact): string => exception.type.replace(/^builtins\./, '');

/** The module that an import did not find, unless the change moved or removed files of that name. */
export function missingModule({ exception }: FailureFact, change: ChangeSet): string | undefined {
  if (exception.type !== 'builtins.ModuleNotFoundError' || exception.name === null)
    return undefined;
  const top = exception.name.split('.')[0]!;
  const names = change.files.flatMap(({ path, oldPath }) => [
    ...path.split('/'),
    ...oldPath.split('/'),
  ]);
  return names.some((name) => name === top || name === `${top}.py`) ? undefined : exception.name;
}
