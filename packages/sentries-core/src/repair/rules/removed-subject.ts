import { isOrHolds } from '../../change/modules';
import { offersOf } from '../../change/offers';
import { enclosing, parts, type Node, type PythonSource } from '../../python/syntax';
import type { FailureFact } from '../../pytest/facts';
import { failingCalls } from '../failing-place';
import { literalValue } from '../../python/value';
import { qualifiedThrough } from '../qualified';
import type { Refusal, RepairContext, Strategy } from '../strategy';

/**
 * A test of something that the change took away, with nothing in its place. There is no edit for it: whether
 * the test goes too is not for a rule to say. But why it fails is known.
 */
export const removedSubject: Strategy = {
  id: 'subject-removed',
  propose(failure, context) {
    if (!TYPES.has(failure.exception.type)) return undefined;
    for (const dotted of namesAt(failure, context)) {
      const fate = context.change.fateOf(dotted);
      if (fate?.kind !== 'removed') continue;
      const [{ file, line, text }] = fate.evidence as [(typeof fate.evidence)[0]];
      return isGone(dotted, file, line, text);
    }
    return missedMember(failure, context);
  },
};

const isGone = (what: string, file: string, line: number, text: string): Refusal => ({
  refused: `the change removed ${what}, and nothing stands in its place: ${file}:${line} had ${JSON.stringify(text)}`,
});

/** What an object was asked for, where its class, or one that it is made from, had it. */
function missedMember(
  { exception: { name, owner } }: FailureFact,
  { change }: RepairContext,
): Refusal | undefined {
  if (!owner || owner.kind === 'module') return undefined;
  for (const { oldPath, old, new: now } of change.files) {
    for (const symbol of old ? offersOf(old).symbols.values() : []) {
      const isStill = now && offersOf(now).symbols.has(symbol.path);
      if (symbol.owner === '' || symbol.name !== name || isStill) continue;
      const isOwner = (one: string): boolean =>
        one.endsWith(`.${symbol.owner}`) &&
        isOrHolds(oldPath, one.slice(0, -symbol.owner.length - 1));
      if (!owner.names.some(isOwner)) continue;
      return isGone(symbol.path, oldPath, symbol.line, old!.lines.line(symbol.line).trim());
    }
  }
  return undefined;
}

const TYPES = new Set([
  'builtins.AttributeError',
  'builtins.ImportError',
  'builtins.ModuleNotFoundError',
]);

/** The dotted names by which the failing line reaches the code under test. */
function namesAt(failure: FailureFact, context: RepairContext): string[] {
  const place = failingCalls(failure, context);
  if (!place) return [];
  const { source, calls } = place;
  const strings = calls.flatMap((call) => stringsOf(source, call));
  const frame = failure.frames.findLast(({ file }) => context.test(file) === source);
  if (!frame) return strings;
  const imports = source
    .findOn(frame.line, ['import_statement', 'import_from_statement'])
    .flatMap((statement) => {
      const from = statement.childForFieldName('module_name');
      return parts(statement)
        .filter(({ id }) => id !== from?.id)
        .map((node) => node.childForFieldName('name')?.text ?? node.text)
        .map((name) => (from ? `${from.text}.${name}` : name));
    });
  const attributes = source
    .findOn(frame.line, 'attribute')
    .filter((node) => !enclosing(node, 'import_statement'))
    .map((node) => qualifiedThrough(source, node))
    .filter((name) => name !== undefined);
  return [...imports, ...attributes, ...strings];
}

/** `patch("acme.money.convert")`, `patch.object(money, "convert")`. */
function stringsOf(source: PythonSource, call: Node): string[] {
  const list = call.childForFieldName('arguments');
  const [first, second] = list?.type === 'argument_list' ? parts(list) : [];
  const [path, name] = [first, second].map((node) => {
    const value = node && literalValue(node);
    return value?.kind === 'str' ? value.value : undefined;
  });
  if (path !== undefined) return path.includes('.') ? [path] : [];
  const holder = first && name !== undefined ? qualifiedThrough(source, first) : undefined;
  return holder === undefined ? [] : [`${holder}.${name}`];
}
