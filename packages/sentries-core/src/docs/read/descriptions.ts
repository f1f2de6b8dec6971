import type { Excerpt } from '../text/excerpt';
import type { Piece, Place } from '../text/piece';
import { documentedDefault } from './defaults';
import { readType } from './returns';
import type { ReferenceSink } from './sink';

const PARAMETER =
  /^(?:param|parameter|arg|argument|key|keyword|kwarg|type|paramtype)\s+(?:.*\s)?\\?\*{0,2}([\w]+)$/;
const RAISES = /^(?:raise|raises|except|exception)\s+([\w.]+(?:\s*,\s*[\w.]+)*)$/;

/** A field of RST: `:param int size: …`, `:raises ValueError: …`, `:rtype: bool`. */
export function readField(
  { name, body, place }: Piece & { kind: 'field' },
  sink: ReferenceSink,
): void {
  const parameter = PARAMETER.exec(name.text)?.[1];
  if (parameter !== undefined) {
    if (place.describes === null || name.text.includes('*')) return;
    const start = name.text.lastIndexOf(parameter);
    const isType = name.text.startsWith('type') || name.text.startsWith('paramtype');
    describe(parameter, name, start, isType ? null : body, place, sink);
    return;
  }
  if (name.text === 'rtype') return readType('return', body, place, sink);
  const raised = RAISES.exec(name.text)?.[1];
  if (raised !== undefined) exceptions(name, name.text.indexOf(raised), raised, place, sink);
}

/** A described parameter: its name, and the default that its description tells. */
export function describe(
  parameter: string,
  text: Excerpt,
  start: number,
  description: Excerpt | null,
  place: Place,
  sink: ReferenceSink,
): void {
  const of = place.describes;
  const evidence = ['owner'] as const;
  sink.add(
    {
      kind: 'parameter',
      name: parameter,
      of,
      span: { start, end: start + parameter.length },
      evidence,
    },
    text,
    place,
  );
  const told = description && documentedDefault(description.text);
  if (told)
    sink.add(
      { kind: 'default', name: told.value, of, parameter, span: told.span, evidence },
      description,
      place,
    );
}

/** Names of exceptions, with commas between them. */
export function exceptions(
  text: Excerpt,
  start: number,
  names: string,
  place: Place,
  sink: ReferenceSink,
): void {
  for (const { 0: name, index } of names.matchAll(/[A-Za-z_][\w.]*\w/g)) {
    const span = { start: start + index, end: start + index + name.length };
    sink.add({ kind: 'exception', name, span, evidence: ['markup'] }, text, place);
  }
}

/** Headers of columns, and headings of lists, under which parameters stand. */
const OF_PARAMETERS = /^(parameters?|params?|arguments?|args|keyword arguments|kwargs)\b/i;

/** An entry of a list or a row of a table that begins with a name, where parameters are told, or with an option. */
export function readEntry(
  { term, cells, place }: Piece & { kind: 'entry' },
  sink: ReferenceSink,
): void {
  const isOfParameters = OF_PARAMETERS.test(place.column ?? place.headings.at(-1) ?? '');
  const name = /^([A-Za-z_]\w*)(?:\s*[:=].*)?$/.exec(term.text)?.[1];
  const description = cells.find(({ column }) => column === null)?.text ?? null;
  const cell = cells.find(({ column }) => /^defaults?( value)?$/i.test(column ?? ''))?.text;
  if (isOfParameters && name !== undefined && place.describes !== null) {
    describe(name, term, 0, description, place, sink);
    if (cell) readDefault(cell, place.describes, name, place, sink);
    return;
  }
  const option = optionIn(term.text);
  if (option === undefined) return;
  const told = description && documentedDefault(description.text);
  if (told)
    sink.add(
      {
        ...{ kind: 'default', name: told.value, of: null, parameter: option },
        ...{ span: told.span, evidence: ['owner'] },
      },
      description,
      place,
    );
  if (cell) readDefault(cell, null, option, place, sink);
}

/** `--retries` of `-r, --retries N`. */
const optionIn = (text: string): string | undefined =>
  text.startsWith('-')
    ? (/(?<![\w-])--[A-Za-z][\w-]*/.exec(text) ?? /^-[A-Za-z](?![\w-])/.exec(text))?.[0]
    : undefined;

/** A cell of a column of defaults. */
function readDefault(
  cell: Excerpt,
  of: string | null,
  parameter: string,
  place: Place,
  sink: ReferenceSink,
): void {
  const value = /^\s*(`*)([^`]+)\1\s*$/.exec(cell.text)?.[2];
  if (value === undefined || value === '') return;
  const start = cell.text.indexOf(value);
  const span = { start, end: start + value.length };
  sink.add({ kind: 'default', name: value, of, parameter, span, evidence: ['owner'] }, cell, place);
}
