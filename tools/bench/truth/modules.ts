import type { CodePart } from './code';
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

export function movePlaces(search: Search): TruthPlace[] {
  const { seed, page, range } = search;
  const text = page.text.slice(range.start, range.end);
  const name = escaped(seed.path);
  const found: TruthPlace[] = [];
  const code = (at: number): CodePart | undefined => {
    const own = partAt(search, at);
    return own &&
      !own.isPast &&
      own.kind !== 'text' &&
      own.kind !== 'field' &&
      (own.kind !== 'role' || PYTHON_ROLES.test(own.name))
      ? own
      : undefined;
  };
  for (const match of text.matchAll(
    new RegExp(`(?<![\\w.])${escaped(seed.old)}\\.${name}(?!\\w)`, 'g'),
  )) {
    const start = range.start + match.index;
    found.push({
      start,
      end: start + seed.old.length,
      after: seed.new,
      isNamed: code(start) !== undefined,
    });
  }
  for (const match of text.matchAll(
    new RegExp(`^(.*)\\bfrom ${escaped(seed.old)} import ([\\w, ]*\\b${name}\\b[\\w, ]*)`, 'gm'),
  )) {
    const [whole, lead, list] = match as unknown as [string, string, string];
    const start = range.start + match.index + `${lead}from `.length;
    const end = range.start + match.index + whole.trimEnd().length;
    const isNamed = code(start) !== undefined;
    const names = list.split(',').map((one) => one.trim());
    const moved = names.filter((one) => one.replace(/ as \w+$/, '') === seed.path).join(', ');
    const rest = names.filter((one) => one.replace(/ as \w+$/, '') !== seed.path).join(', ');
    // The names that stay keep their import, beside that of the one that moved.
    if (rest === '') found.push({ start, end: start + seed.old.length, after: seed.new, isNamed });
    else
      found.push({
        ...{ start, end, isNamed },
        after: [
          `${seed.old} import ${rest}\n${lead}from ${seed.new} import ${moved}`,
          `${seed.new} import ${moved}\n${lead}from ${seed.old} import ${rest}`,
        ],
      });
  }
  const last = seed.old.split('.').at(-1)!;
  for (const match of text.matchAll(
    new RegExp(`(?<![\\w.])${escaped(last)}\\.${name}(?!\\w)`, 'g'),
  )) {
    const start = range.start + match.index;
    const own = code(start);
    const after = own?.kind === 'python' ? [] : seed.new.split('.').at(-1)!;
    found.push({
      start,
      end: start + last.length,
      after,
      isNamed: own !== undefined && own.kind !== 'directive',
    });
  }
  return found;
}
