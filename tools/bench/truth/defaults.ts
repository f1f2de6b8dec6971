import type { TruthPlace } from './page';
import { OBJECTS, type Search } from './search';
import { isAboutTaker, isOfTaker } from './takers';
import { escaped } from './words';

export function defaultPlaces(search: Search): TruthPlace[] {
  const { seed, page, range, parts } = search;
  const parameter = escaped(seed.parameter!);
  const quoted = /^(["'])(.*)\1$/.exec(seed.old);
  const value = quoted
    ? `(?:"${escaped(quoted[2]!)}"|'${escaped(quoted[2]!)}')`
    : escaped(seed.old);
  const found: TruthPlace[] = [];
  const add = (start: number, written: string, isNamed: boolean): void => {
    const after = quoted ? `${written[0]}${seed.new.slice(1, -1)}${written[0]}` : seed.new;
    found.push({ start, end: start + written.length, after, isNamed });
  };
  for (const own of parts) {
    if (own.kind !== 'directive' || !OBJECTS.test(own.name)) continue;
    const text = page.text.slice(own.start, own.end);
    const head = /^([\w.]+)\(/.exec(text);
    if (!head || !isOfTaker(head[1]!, seed)) continue;
    const match = new RegExp(
      `[(,]\\s*${parameter}\\s*(?::[^=,]*)?=\\s*(${value})(?=\\s*[,)\\]])`,
    ).exec(text);
    if (match) add(own.start + match.index + match[0].length - match[1]!.length, match[1]!, true);
  }
  if (!isAboutTaker(search)) return found;
  const text = page.text.slice(range.start, range.end);
  const entry = new RegExp(
    `^([ \\t]*)(?::param[^:\\n]*\\b${parameter}:|${parameter}\\s*(?:\\([^)\\n]*\\))?\\s*:)(.*(?:\\r?\\n\\1[ \\t]+\\S.*)*)`,
    'm',
  ).exec(text);
  if (!entry) return found;
  const from = range.start + entry.index + entry[0].length - entry[2]!.length;
  const said = new RegExp(
    `\\bdefaults?(?:s|ed)?(?: value)?(?: to| is|:| =|=)?\\s*:?\\s*[\`*]{0,2}(${value})(?![\\w])`,
    'gi',
  );
  for (const match of entry[2]!.matchAll(said))
    add(
      from + match.index + match[0].lastIndexOf(match[1]!),
      match[1]!,
      !/\b(if|when|unless|for)\b/.test(
        entry[2]!.slice(match.index + match[0].length, match.index + match[0].length + 12),
      ),
    );
  return found;
}
