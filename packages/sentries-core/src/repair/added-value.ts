import type { ChangeSet } from '../change/change-set';
import { hunksOf } from '../change/line-hunks';
import type { SignatureChange } from '../change/parameters';
import type { Parameter } from '../change/signatures';
import { parts } from '../python/syntax';
import { canonical, literalValue } from '../python/value';
import type { Evidence } from '../report/run-record';

/** The value that the change itself gives to a parameter it added. */
export interface AddedValue {
  readonly parameter: Parameter;
  readonly text: string;
  readonly evidence: readonly Evidence[];
}

/** The one literal that every call which the change wrote gives to a new parameter; undefined where they differ. */
export function addedValue(
  { new: now }: SignatureChange,
  parameter: Parameter,
  change: ChangeSet,
): AddedValue | undefined {
  if (parameter.kind === 'positional-only') return undefined;
  const name = now.path.slice(now.path.lastIndexOf('.') + 1);
  const place = now.parameters
    .filter(({ kind }) => kind === 'positional-only' || kind === 'either')
    .indexOf(parameter);
  const given = change.files.flatMap((file) => {
    const source = file.new;
    if (!source) return [];
    const hunks = hunksOf(file);
    return source.find('call').flatMap((call) => {
      const line = source.lineOf(call);
      const callee = call.childForFieldName('function')?.text ?? '';
      if (callee.slice(callee.lastIndexOf('.') + 1) !== name) return [];
      if (!hunks.some((hunk) => hunk.new.start <= line && line < hunk.new.end)) return [];
      const args = parts(call.childForFieldName('arguments')!);
      const named = args.find((node) => node.childForFieldName('name')?.text === parameter.name);
      const node = named?.childForFieldName('value') ?? (place < 0 ? undefined : args[place]);
      return [{ file: file.path, line, text: source.lines.line(line).trim(), node }];
    });
  });
  const values = given.map(({ node }) => node && literalValue(node));
  const kinds = new Set(values.map((value) => value && canonical(value)));
  const [first] = given;
  if (!first?.node || kinds.size !== 1 || kinds.has(undefined)) return undefined;
  const { file, line, text } = first;
  const says = `the change gives ${parameter.name} this value`;
  return { parameter, text: first.node.text, evidence: [{ file, line, side: 'head', text, says }] };
}
