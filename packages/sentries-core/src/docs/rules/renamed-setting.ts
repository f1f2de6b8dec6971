import type { ChangeSet } from '../../change/change-set';
import { hunksOf } from '../../change/line-hunks';
import type { Evidence } from '../../report/run-record';
import type { Settings } from '../code/settings';
import type { Reference } from '../reference';
import { replacement, type DocRule } from './rule';

/** An option of a command line, or a variable of the environment, that has another name now. */
export const renamedSetting: DocRule = {
  id: 'doc-renamed-setting',
  propose(stale, context) {
    const { reference, was } = stale;
    const { kind } = was;
    if ((kind !== 'option' && kind !== 'env') || reference.text !== was.name) return undefined;
    const { change, base, head } = context;
    const exchanged = [...fromLiterals(change, was.name), ...fromLines(change, was.name)];
    const [now, ...others] = new Set(exchanged.map((one) => one.now));
    const what = kind === 'option' ? 'option' : 'variable';
    if (now === undefined) return { refused: `the change removed the ${what} ${was.name}` };
    if (others.length > 0)
      return { refused: `${was.name} may be any of ${[now, ...others].join(', ')} now` };
    const isOne = kind === 'option' ? /^--?[A-Za-z][\w-]*$/ : /^[A-Z][A-Z0-9_]*$/;
    if (!isOne.test(now) || !has(head.settings, kind, now) || has(base.settings, kind, now))
      return { refused: `nothing says that ${now} is what ${was.name} was` };
    return {
      strategy: this.id,
      tier: 'explained',
      operations: [replacement(reference, now, context)],
      evidence: exchanged[0]!.evidence,
      causes: [],
      says: `the ${what} ${was.name} is called ${now}`,
      leadsTo: now,
    };
  },
};

const has = (settings: Settings, kind: Reference['kind'], name: string): boolean =>
  kind === 'option' ? settings.options.has(name) : settings.variable(name) !== undefined;

/** A name that the change wrote where another one stood. */
interface Exchange {
  readonly now: string;
  readonly evidence: readonly Evidence[];
}

function fromLiterals({ literals }: ChangeSet, name: string): Exchange[] {
  return literals
    .filter(({ kind, old }) => kind === 'string' && old === name)
    .map((one) => {
      const [was, is] = [
        { line: one.oldLine, text: one.oldText },
        { line: one.newLine, text: one.newText },
      ];
      return exchange(name, one.new, { ...was, file: one.file }, { ...is, file: one.file });
    });
}

/** A key, as in `os.environ["NAME"]`, is no literal that stands for a value: here the rest of its line must be the same. */
function fromLines({ files }: ChangeSet, name: string): Exchange[] {
  return files.flatMap((file) =>
    hunksOf(file).flatMap(({ old, new: now, removed, added }) =>
      removed.length !== added.length
        ? []
        : removed.flatMap((line, at): Exchange[] => {
            const quoted = /["']/.exec(line[line.indexOf(name) - 1] ?? '')?.[0];
            const [before, after, more] = line.split(`${quoted}${name}${quoted}`);
            const other = added[at]!;
            if (quoted === undefined || after === undefined || more !== undefined) return [];
            const middle = other.slice(before!.length, other.length - after.length);
            const isSame = before! + middle + after === other && /^(["'])[\w-]+\1$/.test(middle);
            if (!isSame || middle.slice(1, -1) === name) return [];
            const was = { file: file.oldPath, line: old.start + at, text: line.trim() };
            const is = { file: file.path, line: now.start + at, text: other.trim() };
            return [exchange(name, middle.slice(1, -1), was, is)];
          }),
    ),
  );
}

type Line = Pick<Evidence, 'file' | 'line' | 'text'>;

const exchange = (old: string, now: string, was: Line, is: Line): Exchange => ({
  now,
  evidence: [
    { ...was, side: 'base', says: `${old} stood here` },
    { ...is, side: 'head', says: `${now} stands here now` },
  ],
});
