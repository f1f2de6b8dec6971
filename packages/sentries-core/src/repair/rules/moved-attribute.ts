import type { Fate } from '../../change/fate';
import { writtenAs } from '../../change/modules';
import { importedNames } from '../../change/offers';
import type { Operation } from '../../patch/operation';
import {
  coversLine,
  enclosing,
  isWithin,
  spanOf,
  type Node,
  type PythonSource,
} from '../../python/syntax';
import { qualifiedThrough } from '../qualified';
import { binds } from '../references';
import { failingTestFrame, isRefusal, type Refusal, type Strategy } from '../strategy';

/** `money.convert`, where the change moved `convert` out of the module, or the module imports it by another name. */
export const movedAttribute: Strategy = {
  id: 'moved-attribute',
  propose(failure, context) {
    const place = failingTestFrame(failure, context);
    if (!place || failure.exception.type !== 'builtins.AttributeError') return undefined;
    const { frame, source } = place;
    const { name } = failure.exception;
    // CPython names the attribute since 3.10; before that, any may be the one.
    const missed = name === null ? source.find('attribute') : source.attributesNamed(name);
    const ids = new Set(missed.map(({ id }) => id));
    const staleAmong = (nodes: readonly Node[]): Stale[] =>
      nodes.flatMap((node) => {
        // The longer name around it has the same fate.
        if (ids.has(node.parent?.id ?? 0)) return [];
        const dotted = qualifiedThrough(source, node);
        const fate = dotted === undefined ? undefined : context.change.fateOf(dotted);
        return dotted !== undefined && fate ? [{ node, dotted, fate }] : [];
      });
    const [failing] = staleAmong(missed.filter((node) => coversLine(source, node, frame.line)));
    if (!failing) return undefined;
    const { dotted, fate } = failing;
    if (fate.kind === 'unclear')
      return { refused: `${dotted} may be in ${fate.candidates.join(' or ')} now` };
    // That nothing stands in its place is another rule's to tell.
    if (fate.kind === 'removed') return undefined;
    const edits = redirect(
      source,
      staleAmong(missed).filter((one) => one.dotted === dotted),
      dotted,
      fate.name,
    );
    if (isRefusal(edits)) return edits;
    return {
      strategy: this.id,
      tier: 'mechanical',
      operations: edits.map((edit): Operation => ({ file: frame.file, ...edit })),
      evidence: fate.evidence,
      causes: [],
      says: `${dotted} is ${fate.name} now`,
    };
  },
};

interface Stale {
  readonly node: Node;
  readonly dotted: string;
  readonly fate: Fate;
}
type Edit = Omit<Operation, 'file'>;

const moduleOf = (dotted: string): string => dotted.slice(0, dotted.lastIndexOf('.'));
const nameOf = (dotted: string): string => dotted.slice(dotted.lastIndexOf('.') + 1);

/** The uses under their new name, and an import of the module that has it where the file has none. */
function redirect(
  source: PythonSource,
  uses: readonly Stale[],
  old: string,
  now: string,
): Edit[] | Refusal {
  const renamedTo = (after: string): Edit[] =>
    uses.map(({ node }) => ({ span: spanOf(node), before: node.text, after }));
  const [use] = uses as [Stale];
  const module = moduleOf(now);
  if (module === moduleOf(old)) {
    const object = use.node.childForFieldName('object')!.text;
    return renamedTo(`${object}.${nameOf(now)}`);
  }
  const first = use.node.text.split('.')[0]!;
  const binding = importedNames(source).find(({ binding: { name } }) => name === first);
  const statement = binding && enclosing(binding.node, 'import_statement', 'import_from_statement');
  if (!statement) return { refused: `the import of ${first} was not found` };
  const lineStart = source.lines.lineStart(source.lineOf(statement));
  const indent = source.text.slice(lineStart, statement.startIndex);
  const isReached = uses.every(
    ({ node }) => node.text === use.node.text && (!binding.scope || isWithin(node, binding.scope)),
  );
  if (!isReached || indent.trim() !== '')
    return { refused: `${old} is ${now} now, and the file reaches it in several ways` };
  // As the file imports the old module, so it does the new one.
  const isDotted = binding.binding.imported === null && use.node.text === old;
  const word = isDotted ? module.split('.')[0]! : nameOf(module);
  const isTaken = !(isDotted && word === first) && source.named(word).some(binds);
  if (isTaken) return { refused: `${word} already means something else in this file` };
  const from = writtenAs(source.path, moduleOf(module), binding.binding.module);
  if (from === undefined) return { refused: `no relative import leads to ${module}` };
  const line =
    isDotted || from === '' ? `import ${module}` : `from ${from} import ${nameOf(module)}`;
  const { endIndex } = statement;
  const at = endIndex + /^[^\r\n]*/.exec(source.text.slice(endIndex))![0].length;
  const newline = source.text.includes('\r\n') ? '\r\n' : '\n';
  return [
    { span: { start: at, end: at }, before: '', after: newline + indent + line },
    ...renamedTo(isDotted ? now : `${word}.${nameOf(now)}`),
  ];
}
