import type { ChangeSet } from '../../change/change-set';
import { changesOf, type SignatureChange } from '../../change/parameters';
import type { Parameter } from '../../change/signatures';
import type { Evidence } from '../../report/run-record';
import type { CodeSymbol } from '../reference';
import type { StaleReference } from '../stale';
import type { DocContext } from './rule';

/** The parameter that a reference told of, and what the change made of its function. */
export interface ParameterChange {
  /** The dotted name of what takes it. */
  readonly taker: string;
  readonly parameter: string;
  readonly change: SignatureChange;
}

/** Undefined where the reference tells of no parameter, or where the change did not touch what takes it, or is not the only one. */
export const parameterChange = (
  { was }: StaleReference,
  { change }: DocContext,
): ParameterChange | undefined => changeOfParameter(was, change);

/** The same for a parameter alone. */
export function changeOfParameter(was: CodeSymbol, change: ChangeSet): ParameterChange | undefined {
  const named = was.kind === 'parameter' ? /^(.*)\((\w+)\)$/.exec(was.name) : null;
  if (!named) return undefined;
  const [, taker, parameter] = named as unknown as [string, string, string];
  // A constructor's change is told of the class, too.
  const [only, ...others] = changesOf(taker, change.signatures).filter(({ old }) =>
    taker.endsWith(`.${old.path}`),
  );
  return only && others.length === 0 ? { taker, parameter, change: only } : undefined;
}

/** The lines on which a parameter stood, and stands. */
export function parameterLines(
  { change: { file } }: ParameterChange,
  old: Parameter,
  now: Parameter,
): Evidence[] {
  const was = { file: file.oldPath, line: old.line, side: 'base' as const };
  const is = { file: file.path, line: now.line, side: 'head' as const };
  return [
    { ...was, text: file.old!.lines.line(old.line).trim(), says: `${old.name} was here` },
    { ...is, text: file.new!.lines.line(now.line).trim(), says: `it is ${now.name} now` },
  ];
}

/** The words of what takes a parameter, under the name that it has now. */
export const ownerAtHead = (taker: string, old: string, now: string): string[] =>
  (taker.slice(0, taker.length - old.length) + now).split('.');
