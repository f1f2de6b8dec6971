import { typeForms, type TypeForms } from '../../python/annotation';

/** A type as a text tells it. */
export interface ToldType {
  /** What it means, in the spelling of {@link typeForms}. */
  readonly forms: TypeForms;
  /** As Python would write it; the same as the text, where there is no markup around it. */
  readonly code: string;
  /** The marks before and after it: of a role, of a literal. */
  readonly marks: readonly [before: string, after: string];
  /** Words or further markup stand between its parts, as in `list of int`: it is no code. */
  readonly isInWords: boolean;
}

const MARKED = /^(:[\w:]+:`~?|`{1,2}|\*{1,2})([^`*<>]+)(`{1,2}|\*{1,2})$/;
/** Each role, literal or emphasis within a text. */
const MARKS = /(?::[\w:]+:)?`{1,2}~?([^`<>]+)`{1,2}|\*{1,2}(\w[^*<>]*)\*{1,2}/g;
const OF = /^(list|set|frozenset|tuple|iterator|iterable|sequence)s? of (?:an? )?(\w[\w.]*)$/i;

const ABSTRACT: Readonly<Record<string, string>> = {
  iterator: 'Iterator',
  iterable: 'Iterable',
  sequence: 'Sequence',
};

/** The type that a text tells; undefined where it tells more, or another thing. */
export function toldType(text: string): ToldType | undefined {
  // What stands in parentheses is more than its type, or something beside it.
  if (text.startsWith('(')) return undefined;
  const [, before = '', inside = text, after = ''] = MARKED.exec(text) ?? [];
  const isMarked = after === '' || before.endsWith(after) || before.endsWith('~');
  const forms = isMarked ? typeForms(inside) : undefined;
  if (forms) return { forms, code: inside, marks: [before, after], isInWords: false };
  const bare = text.replace(MARKS, (_, code?: string, emphasis?: string) => code ?? emphasis ?? '');
  const words = typeForms(bare) ?? inWords(bare);
  return words && { forms: words, code: bare, marks: ['', ''], isInWords: true };
}

/** `int or None`, `list of int`. */
function inWords(text: string): TypeForms | undefined {
  const parts = text.split(/,? +or +/).map((part) => {
    const [, holder, item] = OF.exec(part) ?? [];
    if (holder === undefined || item === undefined) return part;
    const one = /^(int|float|str|bool|dict|list|tuple|bytes)s$/.exec(item)?.[1] ?? item;
    const name = ABSTRACT[holder.toLowerCase()] ?? holder.toLowerCase();
    return name === 'tuple' ? `tuple[${one}, ...]` : `${name}[${one}]`;
  });
  return typeForms(parts.join(' | '));
}
