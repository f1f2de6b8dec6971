import type { SnapshotFact } from '../../pytest/facts';
import { isRefusal, type EditableText, type Refusal, type Strategy } from '../strategy';
import { linesOf, proposeLines, type LineChange, type Place } from './expected-lines';

/**
 * `assert f() == snapshot`, of syrupy: the one entry of its file becomes what syrupy itself would store. That is
 * a fact of the failing run, so nobody has to be asked to rewrite files.
 */
export const snapshotFile: Strategy = {
  id: 'snapshot-file',
  propose({ compare, frames, exception }, context) {
    const snapshot = compare?.snapshot;
    if (!snapshot || exception.type !== 'builtins.AssertionError') return undefined;
    if (compare.op !== '==' || compare.file !== frames.at(-1)?.file) return undefined;
    const { file, stored, now } = snapshot;
    if (!file.endsWith('.ambr')) {
      return { refused: `the snapshot ${file} is in a format that is not edited here` };
    }
    const source = context.text(file);
    if (!source) {
      return { refused: `the snapshots in ${file} are none of the test files that may be edited` };
    }
    if (stored === null) return { refused: `there is no snapshot ${snapshot.name} yet` };
    if (now === null) return { refused: 'the observed value could not be stored as a snapshot' };
    const place = placeOf(snapshot, stored, source);
    if (isRefusal(place)) return place;
    const change: LineChange = { at: 0, was: linesOf(stored), now: linesOf(now) };
    return proposeLines(this.id, file, source, place, change, context);
  },
};

const INDENT = '  ';

/** Where the lines of an entry begin, which stand there just as syrupy read them. */
function placeOf(
  { file, name }: SnapshotFact,
  stored: string,
  { lines }: EditableText,
): Place | Refusal {
  const numbers = Array.from({ length: lines.lineCount }, (_, at) => at + 1);
  const heads = numbers.filter((line) => lines.line(line) === `# name: ${name}`);
  const [head, ...others] = heads;
  const was = linesOf(stored);
  const isThere =
    head !== undefined &&
    others.length === 0 &&
    was.length > 0 &&
    was.every((text, at) => lines.line(head + 1 + at) === INDENT + text) &&
    lines.line(head + 1 + was.length) === '# ---';
  return isThere
    ? { line: head + 1, indent: INDENT }
    : { refused: `the snapshot ${name} does not stand in ${file} as it was read` };
}
