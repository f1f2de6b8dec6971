import { membersOf, type CallnessChange } from '../../change/callness';
import type { ChangeSet } from '../../change/change-set';
import type { Operation } from '../../patch/operation';
import type { FailureFact, FrameFact } from '../../pytest/facts';
import { coversLine, spanOf, type Node, type PythonSource } from '../../python/syntax';
import { qualifiedThrough } from '../qualified';
import { failingTestFrame, type Strategy } from '../strategy';

/** `x.total()` of what is a property now, and a comparison of `x.total` where it is a method now. */
export const argumentList: Strategy = {
  id: 'argument-list',
  propose(failure, context) {
    const place = failingTestFrame(failure, context);
    if (!place) return undefined;
    const { frame, source } = place;
    const accesses = stale(source, frame, failure).filter(
      // What is imported is no object of a class.
      (access) => qualifiedThrough(source, access.childForFieldName('object')!) === undefined,
    );
    const isCalled = failure.exception.type === 'builtins.AssertionError';
    const found = accesses.flatMap((access) => {
      const name = access.childForFieldName('attribute')!.text;
      return context.change.callness
        .filter((change) => change.name === name && change.isCalled === isCalled)
        .map((change) => ({ access, change }));
    });
    const [only, ...more] = found;
    if (!only) return undefined;
    if (more.length > 0) return { refused: `several could be meant on this line` };
    const { access, change } = only;
    const other = namesake(change, context.change);
    if (other) return { refused: `${other} could be meant here as well` };
    const list = access.parent!.childForFieldName('arguments');
    const operation: Operation = isCalled
      ? {
          file: frame.file,
          span: { start: access.endIndex, end: access.endIndex },
          before: '',
          after: '()',
        }
      : { file: frame.file, span: spanOf(list!), before: list!.text, after: '' };
    return {
      strategy: this.id,
      tier: 'mechanical',
      operations: [operation],
      evidence: change.evidence,
      causes: [],
      says: `${change.path} is a ${isCalled ? 'method' : 'property'} now`,
    };
  },
};

/** The accesses that may have failed: calls with nothing, or what was compared without a call. */
function stale(
  source: PythonSource,
  frame: FrameFact,
  { exception, compare }: FailureFact,
): Node[] {
  const accesses = source
    .find('attribute')
    .filter((node) => coversLine(source, node, frame.line))
    .map((access) => {
      const call = access.parent?.type === 'call' ? access.parent : undefined;
      const isCallee = call?.childForFieldName('function')?.id === access.id;
      return { access, list: isCallee ? call?.childForFieldName('arguments') : undefined };
    });
  if (exception.type === 'builtins.TypeError') {
    return accesses
      .filter(({ list }) => list?.type === 'argument_list' && list.namedChildCount === 0)
      .map(({ access }) => access);
  }
  // The facts say that a method itself was compared.
  const isMethod = [compare?.left, compare?.right].some((side) => side?.type === 'builtins.method');
  if (exception.type !== 'builtins.AssertionError' || !isMethod) return [];
  return accesses.filter(({ list }) => !list).map(({ access }) => access);
}

/** Another class of a changed file that has a member of this name, which is as it was. */
function namesake(
  { name, path, isCalled }: CallnessChange,
  { files }: ChangeSet,
): string | undefined {
  return files
    .flatMap((file) => (file.new ? [...membersOf(file.new)] : []))
    .find(
      ([other, { isProperty }]) =>
        other.endsWith(`.${name}`) && other !== path && isProperty === isCalled,
    )?.[0];
}
