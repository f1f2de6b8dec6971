import type { CodeSymbol } from '../reference';
import { isCompound } from '../resolve/words';
import type { StaleReference } from '../stale';
import type { DocContext } from './rule';

/** A single word that could be one of English, where only its being written as code speaks for it. */
export function isWord(stale: StaleReference, context: DocContext): boolean {
  const { kind, text, evidence, context: place } = stale.reference;
  if (kind !== 'name' || place.part === 'example' || text.includes('.')) return false;
  const isTold = evidence.some((one) =>
    ['call', 'markup', 'import', 'page-import', 'instance', 'owner'].includes(one),
  );
  const isPlain = !isCompound(text) && !text.startsWith('_') && !isTold;
  return isPlain && !isClassAround(stale, context) && !isOneOfConstants(stale, context);
}

/**
 * A class of the very module that a text is about, within a sentence: only there does a capital letter say that a word is a name.
 * `` Returns a `Result`. ``
 */
function isClassAround({ reference, was }: StaleReference, context: DocContext): boolean {
  const { text, span, file } = reference;
  const { module, passage } = reference.context;
  if (was.kind !== 'class' || module === null || !/^[A-Z][A-Za-z\d]*[a-z]/.test(text)) return false;
  const found = context.base.lookup([...module.split('.'), text]);
  const before = context.text(file).slice(passage.start, span.start);
  const isInside = /[\p{Ll}\d,)][`'")]*\s+[`~]*$/u.test(before);
  return isInside && found.kind === 'found' && found.symbol.name === was.name;
}

/**
 * A constant that a docstring names as a value to give, beside another one of the same place: ``One of `STRICT` or `LOOSE`.``
 * One whose value is its own name may be said as that text: `GET`.
 */
function isOneOfConstants({ reference, was }: StaleReference, context: DocContext): boolean {
  const { text, span, file } = reference;
  const { part, format, passage } = reference.context;
  if (!CAPITALS.test(text) || format !== 'docstring' || part !== 'field') return false;
  const whole = context.text(file);
  const mark = /`+$/.exec(whole.slice(passage.start, span.start))?.[0];
  if (mark === undefined || !isConstant(was, text, context)) return false;
  const holder = was.name.split('.').slice(0, -1);
  const beside = whole.slice(passage.start, passage.end).matchAll(/(`+)([A-Z]+)\1/g);
  return [...beside].some(([, other, word]) => {
    if (other !== mark || word === text) return false;
    const found = context.base.lookup([...holder, word!]);
    return found.kind === 'found' && isConstant(found.symbol, word!, context);
  });
}

const CAPITALS = /^[A-Z]{3,}$/;

function isConstant({ kind, file, line }: CodeSymbol, name: string, { base }: DocContext): boolean {
  const made = base.moduleOf(file)?.source.lines.line(line);
  return kind === 'variable' && made !== undefined && !new RegExp(`["']${name}["']`).test(made);
}
