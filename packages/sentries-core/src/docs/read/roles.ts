import type { Evidence, ReferenceKind } from '../reference';
import type { Piece } from '../text/piece';
import type { ReferenceSink } from './sink';

/** Roles of Sphinx's Python domain, and what they lead to. */
const PYTHON: Readonly<Record<string, ReferenceKind>> = {
  func: 'call',
  meth: 'call',
  class: 'name',
  exc: 'exception',
  attr: 'name',
  data: 'name',
  const: 'name',
  obj: 'name',
  deco: 'name',
  type: 'name',
  mod: 'module',
};

const NAME = /^\.?([\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*)(?:\(\))?$/u;

/** A role that leads to code, to a file or to a setting; `asCode` is for those that only show code. */
export function readRole(
  { role, text, place }: Piece & { kind: 'role' },
  sink: ReferenceSink,
  asCode: () => void,
): void {
  const kind = PYTHON[role];
  const whole = { start: 0, end: text.text.length };
  if (kind) {
    const name = NAME.exec(text.text)?.[1];
    if (name === undefined) return;
    const start = text.text.indexOf(name);
    const evidence: Evidence[] = name.includes('.') ? ['markup', 'dotted'] : ['markup'];
    const span = { start, end: start + name.length };
    const own = kind === 'name' && name.includes('.') ? 'dotted' : kind;
    return sink.add({ kind: own, name, span, evidence, markup: role }, text, place);
  }
  if (role === 'envvar')
    return sink.add(
      { kind: 'env', name: text.text, span: whole, evidence: ['markup'], markup: role },
      text,
      place,
    );
  if (role === 'option') {
    const option = /--?[\w-]+$/.exec(text.text);
    if (!option) return;
    const of = text.text.slice(0, option.index).trim() || null;
    const span = { start: option.index, end: whole.end };
    return sink.add(
      { kind: 'option', name: option[0], of, span, evidence: ['markup'], markup: role },
      text,
      place,
    );
  }
  if (role === 'doc' || role === 'download' || role === 'toctree')
    return sink.add(
      { kind: 'path', name: text.text, span: whole, evidence: ['markup'], markup: role },
      text,
      place,
    );
  if (role === 'ref')
    return sink.add(
      { kind: 'anchor', name: text.text, span: whole, evidence: ['markup'], markup: role },
      text,
      place,
    );
  if (role === 'code' || role === 'literal') asCode();
}
