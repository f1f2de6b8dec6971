import type { Operation } from '../../patch/operation';
import { parts, type Node, type Span } from '../../python/syntax';
import { isRefusal, type Refusal } from '../../repair/strategy';
import type { ProjectCode } from '../code/project-code';
import type { Reference } from '../reference';
import { entryOf } from './entry';
import { replacement, type DocContext, type DocRule } from './rule';
import { parameterChange, type ParameterChange } from './signature-of';
import { isComplete, openBefore, signatureAt, type WrittenSignature } from '../written-signature';

/**
 * A parameter that the change removed from its function and from all calls: its argument in a signature, its field,
 * its entry in a list, its row in a table. What a call in an example should say without it is not told.
 */
export const removedParameter: DocRule = {
  id: 'doc-removed-parameter',
  propose(stale, context) {
    const { reference } = stale;
    if (reference.kind !== 'parameter') return undefined;
    const found = parameterChange(stale, context);
    if (!found || found.change.now.has(found.parameter)) return undefined;
    const { taker, parameter, change } = found;
    const says = `the change removed the parameter ${parameter} of ${taker}`;
    const user = userOf(found, context.head);
    if (user !== undefined) return { refused: `${says}, and ${user} still gives it` };
    const operation = removal(reference, found, context);
    if (isRefusal(operation)) return { refused: `${says}: ${operation.refused}` };
    const old = change.old.parameters.find(({ name }) => name === parameter)!;
    const [was, is] = [change.file.old!.lines, change.file.new!.lines];
    return {
      strategy: this.id,
      tier: 'mechanical',
      operations: [operation],
      evidence: [
        {
          ...{ file: change.file.oldPath, line: old.line, side: 'base' },
          ...{ text: was.line(old.line).trim(), says: `${parameter} was here` },
        },
        {
          ...{ file: change.file.path, line: change.new.line, side: 'head' },
          ...{ text: is.line(change.new.line).trim(), says: 'it is not taken any more' },
        },
      ],
      causes: [],
      says,
      leadsTo: null,
    };
  },
};

function removal(
  reference: Reference,
  found: ParameterChange,
  context: DocContext,
): Operation | Refusal {
  const text = context.text(reference.file);
  const { part, markup } = reference.context;
  const isListed = reference.evidence.includes('owner');
  let span: Span | Refusal;
  if (isListed && markup === null) span = entryOf(reference, text);
  else if (part === 'example') return { refused: 'what the example means without it is not told' };
  else {
    const open = openBefore(text, reference.span.start);
    const written = open === undefined ? undefined : signatureAt(text, open);
    // A call that says just what the definition said is its signature.
    if (!written || (!isListed && !isComplete(written, found.change.old)))
      return { refused: 'it does not stand in a signature' };
    span = itemSpan(written, reference, found);
  }
  if (isRefusal(span)) return span;
  return replacement(reference, '', context, { span, before: text.slice(span.start, span.end) });
}

/** A parameter in a signature with the comma that goes with it. */
function itemSpan(
  { items }: WrittenSignature,
  { span }: Reference,
  { change }: ParameterChange,
): Span | Refusal {
  const at = items.findIndex((one) => one.span.start <= span.start && span.end <= one.span.end);
  const own = items[at];
  if (!own) return { refused: 'its signature is written in a way of its own' };
  const isGone = (name: string): boolean =>
    !change.now.has(name) && change.old.parameters.some((one) => one.name === name);
  const left = items.filter(({ name }) => !isGone(name));
  const isTorn = left.some(
    ({ mark, name }, index) =>
      name === '' &&
      (mark === '/'
        ? index === 0
        : left[index + 1] === undefined || left[index + 1]!.mark === '**'),
  );
  if (isTorn) return { refused: '`*` or `/` would stand alone in its signature' };
  const isKept = (one: { readonly name: string }): boolean => !isGone(one.name);
  if (items.slice(0, at).some(isKept)) return { start: items[at - 1]!.span.end, end: own.span.end };
  const next = items[at + 1];
  return { start: own.span.start, end: next?.span.start ?? own.span.end };
}

/** Where the project's code still gives the parameter by its name. */
function userOf({ taker, parameter, change }: ParameterChange, head: ProjectCode) {
  const words = [taker, change.new.path].map((name) => name.split('.').at(-1)!);
  const isGiven = (call: Node): boolean => {
    const list = call.childForFieldName('arguments');
    return (list ? parts(list) : []).some(
      (node) =>
        node.type === 'keyword_argument' && node.childForFieldName('name')?.text === parameter,
    );
  };
  for (const { file, source } of head.modules.values()) {
    if (!source.text.includes(parameter)) continue;
    const call = source.callsNamed(new Set(words)).find(isGiven);
    if (call) return `${file}:${source.lineOf(call)}`;
  }
  return undefined;
}
