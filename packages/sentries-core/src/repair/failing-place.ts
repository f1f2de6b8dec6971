import type { FailureFact } from '../pytest/facts';
import { decoratorsAround } from '../python/decorators';
import type { Node, PythonSource } from '../python/syntax';
import type { RepairContext } from './strategy';

/** Where a test file asked for what failed. */
export interface FailingPlace {
  readonly file: string;
  readonly source: PythonSource;
  /** The calls that may have been the one. */
  readonly calls: readonly Node[];
}

/** What tests reach the code under test through: it raises in the name of the test that calls it. */
const MACHINERY =
  /(^|\/)(mock|unittest|pytest_mock|_pytest|pluggy|importlib)\/|<frozen |\/(pkgutil|contextlib)\.py$/;

/**
 * The calls of the test frame below which only machinery stands; of a patch that is a decorator, which has
 * no frame of the test, the decorators of the test.
 */
export function failingCalls(
  failure: FailureFact,
  context: RepairContext,
): FailingPlace | undefined {
  const at = failure.frames.findLastIndex(({ file }) => context.test(file) !== undefined);
  const below = failure.frames.slice(at + 1);
  if (!below.every(({ file }) => MACHINERY.test(file))) return undefined;
  const frame = failure.frames[at];
  if (frame) {
    const source = context.test(frame.file)!;
    const calls = source.findOn(frame.line, 'call');
    return { file: frame.file, source, calls };
  }
  const source = failure.file === null ? undefined : context.test(failure.file);
  if (!source || failure.function === null) return undefined;
  const calls = testsNamed(source, failure).flatMap((test) =>
    decoratorsAround(test).flatMap((decorator) => source.find('call', decorator)),
  );
  return { file: failure.file!, source, calls };
}

/** The definitions of a failing test: one of that name in the class that its node id names. */
export function testsNamed(source: PythonSource, { id, function: name }: FailureFact): Node[] {
  const owners = id.split('[')[0]!.split('::').slice(1, -1);
  return source.find('function_definition').filter((node) => {
    if (node.childForFieldName('name')?.text !== name) return false;
    const around: string[] = [];
    for (let at = node.parent; at; at = at.parent)
      if (at.type === 'class_definition') around.unshift(at.childForFieldName('name')!.text);
    return around.join('::') === owners.join('::');
  });
}
