import type { CodePart } from './code';
import type { TruthPlace } from './page';
import { partAt, type Search } from './search';
import { escaped, wordIn } from './words';

export function settingPlaces(search: Search): TruthPlace[] {
  const { seed, page } = search;
  const word =
    seed.kind === 'option'
      ? new RegExp(`(?<![\\w-])${escaped(seed.old)}(?![\\w-])`, 'g')
      : wordIn(seed.old);
  const text = page.text.slice(search.range.start, search.range.end);
  const places = [...text.matchAll(word)].map(({ index }) => {
    const start = search.range.start + index;
    const own = partAt(search, start);
    return { start, own, user: own && seed.kind === 'option' ? userOf(search, own) : undefined };
  });
  // Where only other commands are given it, nobody but a reader can tell whose it is in a sentence.
  const isOfOthers =
    places.some(({ user }) => user === 'other') && !places.some(({ user }) => user === 'ours');
  return places.map(({ start, own, user }) => {
    const isCode =
      own !== undefined &&
      !own.isPast &&
      (own.kind !== 'role' || /^(option|envvar|code|literal)$/.test(own.name)) &&
      (own.kind !== 'directive' || /^(option|cmdoption|envvar)$/.test(own.name)) &&
      own.kind !== 'field';
    const isNamed = isCode && user !== 'other' && !(isOfOthers && own.kind === 'span');
    return { start, end: start + seed.old.length, after: seed.new, isNamed };
  });
}

/** Whose command an option is given to, on a line that has one. */
function userOf({ page, packages }: Search, own: CodePart): 'ours' | 'other' | undefined {
  if (own.kind !== 'text' && own.kind !== 'python' && own.kind !== 'span') return undefined;
  const line = page.text.slice(own.start, own.end);
  const command = /^\s*(?:[$%>#] )?((?:python3? -m )?[\w.-]+) .*--/.exec(line)?.[1];
  if (command === undefined) return undefined;
  const name = command.replaceAll('-', '_').split(' ').at(-1)!;
  return packages.some((one) => name.startsWith(one)) ? 'ours' : 'other';
}
