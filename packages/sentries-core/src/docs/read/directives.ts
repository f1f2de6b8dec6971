import { parts, PythonSource, spanOf } from '../../python/syntax';
import type { Excerpt } from '../text/excerpt';
import type { Piece } from '../text/piece';
import { readType } from './returns';
import type { ReferenceSink } from './sink';

type Directive = Piece & { kind: 'directive' };

const OBJECT =
  /^(auto)?(function|method|class|exception|attribute|data|property|decorator|classmethod|staticmethod|coroutinefunction|coroutinemethod|decoratormethod|type)$/;
const FILES = /^(include|literalinclude|image|figure)$/;

/** What a directive names: what it documents, what it includes, settings. */
export function readDirective(directive: Directive, sink: ReferenceSink): void {
  const { name: markup, argument, options, place } = directive;
  const whole = { start: 0, end: argument.text.length };
  const evidence = ['markup'] as const;
  if (OBJECT.test(markup)) return readSignature(directive, sink);
  if (/^(automodule|module|currentmodule)$/.test(markup)) {
    if (/^[\w.]+$/.test(argument.text) && argument.text !== 'None')
      sink.add(
        { kind: 'module', name: argument.text, span: whole, evidence, markup },
        argument,
        place,
      );
    members(directive, argument.text, sink);
  } else if (markup === ':::') {
    sink.add(
      { kind: 'signature', name: argument.text, span: whole, evidence, markup },
      argument,
      place,
    );
  } else if (markup === 'click') {
    const name = argument.text.replace(':', '.');
    sink.add({ kind: 'signature', name, span: whole, evidence, markup }, argument, place);
  } else if (FILES.test(markup)) {
    sink.add({ kind: 'path', name: argument.text, span: whole, evidence, markup }, argument, place);
  } else if (markup === 'envvar') {
    sink.add({ kind: 'env', name: argument.text, span: whole, evidence, markup }, argument, place);
  } else if (markup === 'option' || markup === 'cmdoption') {
    for (const { 0: name, index } of argument.text.matchAll(/(?<![\w-])--?[A-Za-z][\w-]*/g)) {
      const span = { start: index, end: index + name.length };
      sink.add({ kind: 'option', name, span, evidence, markup }, argument, place);
    }
  } else if (options.length > 0) members(directive, '', sink);
}

/** `.. function:: convert(amount, unit="EUR")`: the name, the parameters and their defaults. */
function readSignature(directive: Directive, sink: ReferenceSink): void {
  const { name: markup, argument, place } = directive;
  const found = /^((?:(?:async|class|static|abstract)(?:method)? +)*)([\w.]+)\s*(?:\(|$|:|->)/.exec(
    argument.text,
  );
  const written = found?.[2];
  if (!found || written === undefined) return;
  // What is not to be found by its name is an example, or told elsewhere.
  const isUnlisted = directive.options.some(({ name: option }) => /^no-?index$/.test(option));
  if (isUnlisted && !markup.startsWith('auto')) return;
  const isMember = /(method|attribute|property)$/.test(markup);
  const outer = isMember && !written.includes('.') ? place.describes : null;
  const name = outer === null ? written : `${outer}.${written}`;
  const span = { start: found[1]!.length, end: found[1]!.length + written.length };
  sink.add({ kind: 'signature', name, span, evidence: ['markup'], markup }, argument, place);
  if (argument.text[span.end] === '(' && !directive.isOneOfSeveral) {
    readParameters(directive, name, span.end, sink);
    const arrow = /\)\s*->\s*(?=[^)]*$)/.exec(argument.text);
    const start = arrow ? arrow.index + arrow[0].length : argument.text.length;
    const type = argument.pick([{ start, end: argument.text.length }]);
    readType('return', type, { ...place, describes: name }, sink, markup);
  }
  members(directive, name, sink);
}

/** Words in a signature that stand for parameters: `f(usual arguments, sep="-")`. */
const SENTENCE = /(?<=[(,]\s*)[A-Za-z]\w*(?: +[A-Za-z]\w*)+(?=\s*[,)])/g;

function readParameters(
  { name: markup, argument, place }: Directive,
  of: string,
  open: number,
  sink: ReferenceSink,
): void {
  const before = 'def f';
  const list = withoutOptional(argument.text.slice(open))
    .replace(/\s*->.*$/, (end) => ' '.repeat(end.length))
    .replace(SENTENCE, (words) => '_'.repeat(words.length));
  const source = new PythonSource(`${before}${list}: pass`);
  if (source.root.hasError) return;
  const shift = open - before.length;
  // Types and defaults that are names of the package which the page is about.
  const own = (place.module ?? of).replace(/\..*$/, '');
  for (const node of source.find('attribute')) {
    const isOwn = node.parent?.type !== 'attribute' && /^\w+(\.\w+)+$/.test(node.text);
    if (!isOwn || !node.text.startsWith(`${own}.`)) continue;
    const span = { start: node.startIndex + shift, end: node.endIndex + shift };
    sink.add({ kind: 'dotted', name: node.text, span, evidence: ['dotted'] }, argument, place);
  }
  for (const node of source.find('parameters').slice(0, 1).flatMap(parts)) {
    const named =
      node.childForFieldName('name') ?? (node.type === 'typed_parameter' ? parts(node)[0]! : node);
    if (named.type !== 'identifier' || /^(self|cls|_+)$/.test(named.text)) continue;
    const at = spanOf(named);
    const place_ = { start: at.start + shift, end: at.end + shift };
    sink.add(
      {
        kind: 'parameter',
        name: named.text,
        of,
        span: place_,
        evidence: ['markup', 'owner'],
        markup,
      },
      argument,
      place,
    );
    const value = node.childForFieldName('value');
    if (!value) continue;
    const span = { start: value.startIndex + shift, end: value.endIndex + shift };
    if (argument.text.slice(span.start, span.end) !== value.text) continue;
    // A default that stands under a name says of the name that it is there.
    if (/^[A-Za-z_]\w*(\.\w+)+$/.test(value.text)) {
      const evidence = ['markup', 'dotted'] as const;
      sink.add({ kind: 'dotted', name: value.text, span, evidence, markup }, argument, place);
      continue;
    }
    sink.add(
      {
        kind: 'default',
        name: value.text,
        of,
        parameter: named.text,
        span,
        evidence: ['markup', 'owner'],
        markup,
      },
      argument,
      place,
    );
  }
}

/**
 * A signature without the brackets by which Sphinx writes what may be left out, as `f(a[, b])`; those of types and of
 * lists stay.
 */
function withoutOptional(signature: string): string {
  const isOptional: boolean[] = [];
  return [...signature]
    .map((sign, at) => {
      if (sign === '[') {
        const [left, right] = [
          signature.slice(0, at).trimEnd(),
          signature.slice(at + 1).trimStart(),
        ];
        const isOpen = right.startsWith(',') || /[(,]$/.test(left);
        isOptional.push(isOpen && isOptional.at(-1) !== false);
      }
      return /[[\]]/.test(sign) && (sign === '[' ? isOptional.at(-1) : isOptional.pop())
        ? ' '
        : sign;
    })
    .join('');
}

/** `:members: a, b` of autodoc. */
function members({ name, options, place }: Directive, of: string, sink: ReferenceSink): void {
  for (const option of options) {
    if (option.name !== 'members') continue;
    const value: Excerpt = option.value;
    for (const { 0: member, index } of value.text.matchAll(/[A-Za-z_]\w*/g)) {
      const span = { start: index, end: index + member.length };
      const full = of === '' ? member : `${of}.${member}`;
      sink.add(
        { kind: 'signature', name: full, span, evidence: ['markup', 'owner'], markup: name },
        value,
        place,
      );
    }
  }
}
