import { posix } from 'node:path';
import type { ChangeSet } from '../../change/change-set';
import type { ProjectCode } from '../code/project-code';
import { lastWord } from '../code/raised';
import type { CodeSymbol, Reference } from '../reference';
import type { Told } from '../stale';
import { fateOfName, lookedUp, wholeName } from './names';
import { changeOfParameter } from './signature-of';

/**
 * What a change shows of names that head alone can't tell to be gone, and of pages that moved.
 *
 * @param folder The project's, from the workspace root.
 */
export function toldBy(
  change: ChangeSet,
  base: ProjectCode,
  head: ProjectCode,
  folder: string,
): Told {
  const pages = new Map(
    change.moves.map(({ path, oldPath }) => [
      posix.relative(folder, path),
      posix.relative(folder, oldPath),
    ]),
  );
  return {
    pathAtBase: (file) => pages.get(file) ?? file,
    keepsItsWord(reference, was) {
      const fate = fateOfName({ reference, was, isGuess: true }, { change, base, head });
      return fate !== undefined && 'name' in fate && lastWord(fate.name) === lastWord(was.name);
    },
    isElsewhere(reference: Reference, was: CodeSymbol): boolean {
      if (was.kind === 'parameter') {
        const found = changeOfParameter(was, change);
        const now = found?.change.now.get(found.parameter);
        return now !== undefined && now.name !== found!.parameter;
      }
      if (was.kind === 'file' || was.kind === 'option' || was.kind === 'env') return false;
      const fate = fateOfName({ reference, was }, { change, base, head });
      const old = wholeName({ reference, was }, base);
      return (
        fate !== undefined &&
        'name' in fate &&
        lookedUp(fate.name, old, { base, head }).kind === 'found'
      );
    },
  };
}
