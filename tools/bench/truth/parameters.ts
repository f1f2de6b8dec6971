import { plainCode } from './bindings';
import { withoutTexts, type CodePart } from './code';
import type { TruthPlace } from './page';
import { OBJECTS, occurrences, partAt, type Search } from './search';
import { isAboutTaker, isOfTaker } from './takers';
import { escaped } from './words';

/** Where the docs of what takes a parameter stand, and where it is called. */
export function parameterPlaces(search: Search): TruthPlace[] {
  const { seed, page } = search;
  const { old, new: after } = seed;
  const isAbout = isAboutTaker(search);
  const section = isAbout ? entryStarts(search, old) : new Set<number>();
  return occurrences(search, old).map((start) => {
    const end = start + old.length;
    const own = partAt(search, start);
    const text = own === undefined ? '' : page.text.slice(own.start, own.end);
    const isNamed =
      section.has(start) ||
      (own !== undefined &&
        !own.isPast &&
        ((isAbout && !seed.path.endsWith('__init__') && own.kind === 'span' && text === old) ||
          (own.kind === 'field' &&
            !own.name.startsWith('raise') &&
            isFieldOf(search, own) &&
            text.split(/\s+/).at(-1) === old) ||
          (own.kind === 'directive' &&
            OBJECTS.test(own.name) &&
            isSignature(search, text, start - own.start)) ||
          ((own.kind === 'python' || own.kind === 'span') && isKeyword(search, own, start))));
    return { start, end, after, isNamed };
  });
}

/** In a docstring of the taker, or below a directive that describes it. */
function isFieldOf(search: Search, own: CodePart): boolean {
  if (search.docstring) return isAboutTaker(search);
  const before = search.parts
    .filter(({ kind, end, name }) => kind === 'directive' && end <= own.start && OBJECTS.test(name))
    .at(-1);
  if (!before) return false;
  const argument = search.page.text.slice(before.start, before.end);
  return isOfTaker(/^[\w.]*/.exec(argument)![0], search.seed);
}

/** The entries of a Google or NumPy section that begin with a name. */
function entryStarts({ page, range }: Search, name: string): Set<number> {
  const text = page.text.slice(range.start, range.end);
  const found = new Set<number>();
  const section =
    /^([ \t]*)(?:Args|Arguments|Parameters|Keyword Args|Keyword Arguments|Other Parameters):?[ \t]*\r?\n((?:(?:\1[ \t]+\S.*|\1-{3,}[ \t]*|\1\w.*|[ \t]*)(?:\r?\n|$))*)/gm;
  for (const match of text.matchAll(section)) {
    const isNumpy = /^[ \t]*-{3}/.test(match[2]!);
    const from = match.index + match[0].length - match[2]!.length;
    const entry = new RegExp(
      isNumpy
        ? `^[ \\t]*${escaped(name)}(?=\\s*:|\\s*$)`
        : `^[ \\t]+${escaped(name)}(?=\\s*(?:\\([^)\\n]*\\))?\\s*:)`,
      'm',
    );
    const one = entry.exec(match[2]!);
    if (one) found.add(range.start + from + one.index + one[0].length - name.length);
  }
  return found;
}

function isSignature({ seed }: Search, text: string, at: number): boolean {
  const head = /^([\w.]+)\(/.exec(text);
  return (
    head !== null &&
    at >= head[0].length &&
    isOfTaker(head[1]!, seed) &&
    /[(,*]\s*$/.test(text.slice(0, at))
  );
}

/** A keyword of a call of the taker. */
function isKeyword({ page, parts, seed }: Search, own: CodePart, at: number): boolean {
  const { taker, old } = seed;
  const { block } = own;
  if (!/^\s*=(?!=)/.test(page.text.slice(at + old.length, block.end))) return false;
  const code =
    own.kind === 'python'
      ? plainCode(page.text, parts, block)
      : withoutTexts(page.text.slice(block.start, block.end));
  const plain = code.slice(0, at - block.start);
  let depth = 0;
  for (let index = plain.length - 1; index >= 0; index -= 1) {
    const sign = plain[index]!;
    if (/[)\]}]/.test(sign)) depth += 1;
    else if (/[([{]/.test(sign)) {
      if (depth === 0)
        return (
          sign === '(' &&
          new RegExp(`(?<!\\w)${escaped(taker!)}\\s*$`).test(plain.slice(0, index)) &&
          !/\b(def|class)\s+\w+\s*$/.test(plain.slice(0, index))
        );
      depth -= 1;
    }
  }
  return false;
}
