import type { TruthPlace } from './page';
import { inText, OBJECTS, occurrences, partAt, PYTHON_ROLES, type Search } from './search';
import { escaped } from './words';

export function modulePlaces(search: Search): TruthPlace[] {
  const { seed, page, range } = search;
  const text = page.text.slice(range.start, range.end);
  const holder = seed.module.slice(0, -seed.old.length);
  const forms = [
    new RegExp(`(?<![\\w.])${escaped(seed.module)}(?!\\w)`, 'g'),
    new RegExp(
      `\\bfrom ${escaped(holder.slice(0, -1))} import [^\\n]*?\\b${escaped(seed.old)}(?!\\w)`,
      'g',
    ),
  ];
  const named = forms.flatMap((form) =>
    [...text.matchAll(form)].flatMap((match): TruthPlace[] => {
      const end = range.start + match.index + match[0].length;
      const start = end - seed.old.length;
      const own = partAt(search, start);
      if (!own) return [];
      const before = page.text.slice(own.start, start);
      const isCode =
        !own.isPast &&
        !/[/\\]/.test(before) &&
        !/^[/\\]|^\.(py|md|rst)\b/.test(page.text.slice(end, own.end)) &&
        (own.kind === 'role'
          ? PYTHON_ROLES.test(own.name)
          : own.kind === 'directive'
            ? OBJECTS.test(own.name) || /^(auto|current|)module$/.test(own.name)
            : own.kind === 'python' || own.kind === 'span') &&
        (own.kind === 'directive' ||
          inText(page.text.slice(own.start, own.end), start - own.start));
      return isCode ? [{ start, end, after: seed.new, isNamed: true }] : [];
    }),
  );
  return [
    ...named,
    ...occurrences(search, seed.old).map((start) => ({
      start,
      end: start + seed.old.length,
      after: seed.new,
      isNamed: false,
    })),
  ];
}
