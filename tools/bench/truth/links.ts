import { posix } from 'node:path';
import { isMarkdownFile, sectionsOf, type DocPage, type TruthPlace } from './page';

interface Link {
  readonly start: number;
  readonly written: string;
  readonly kind: 'link' | 'doc' | 'include';
}

/** The links of a page that lead to files, by plain search: where each stands, and how it is written. */
function linksOf(page: DocPage): Link[] {
  const found: Link[] = [];
  const add = (pattern: RegExp, kind: 'link' | 'doc' | 'include'): void => {
    for (const match of page.text.matchAll(pattern)) {
      const written = match[1]!;
      found.push({ start: match.index + match[0].lastIndexOf(written), written, kind });
    }
  };
  if (isMarkdownFile(page.file)) {
    add(/\]\((?!\w+:)([^)#\s]+)(?:#[^)\s]*)?\)/g, 'link');
    add(/^ {0,3}\[[^\]\n]+\]:[ \t]*(?!\w+:)([^#\s]+)/gm, 'link');
    add(/\{doc\}`(?:[^`<]*<)?([^`<>]+?)>?`/g, 'doc');
    add(
      /^[ \t]*(?:`{3,}|:{3,})\{(?:literalinclude|include|image|figure)\}[ \t]+(\S+)/gm,
      'include',
    );
    for (const tree of page.text.matchAll(
      /^[ \t]*(`{3,}|:{3,})\{toctree\}[^\n]*\n([^]*?)^[ \t]*\1/gm,
    ))
      found.push(...entriesOf(tree, /^[ \t]*(?!:)(?:[^\n<]*<)?([\w./-]+)>?[ \t]*$/gm));
  } else {
    add(/:doc:`(?:[^`<]*<)?([^`<>]+?)>?`/g, 'doc');
    add(/^\s*\.\. (?:\|[^|\n]+\| )?(?:literalinclude|include|image|figure):: (\S+)/gm, 'include');
    add(/:download:`(?:[^`<]*<)?([^`<>]+?)>?`/g, 'include');
    add(/`[^`<]*<(?!\w+:)([^`<>#\s]+)(?:#[^`<>\s]*)?>`__?/g, 'link');
    add(/^\s*\.\. _[^:\n]+:[ \t]+(?!\w+:)([^#\s]+)$/gm, 'link');
    for (const tree of page.text.matchAll(
      /^([ \t]*)\.\. toctree::[^\n]*\n((?:\1[ \t]+[^\n]*\n|[ \t]*\n)*)/gm,
    ))
      found.push(...entriesOf(tree, /^[ \t]+(?!:)(?:[^\n<]*<)?([\w./-]+)>?[ \t]*$/gm));
  }
  return found;
}

/** The documents that a table of contents lists; its second group is the list. */
function entriesOf(tree: RegExpExecArray, entry: RegExp): Link[] {
  const [whole, , list] = tree;
  const from = tree.index + whole.indexOf(list!, whole.indexOf('\n'));
  return [...list!.matchAll(entry)].map((match) => ({
    start: from + match.index + match[0].lastIndexOf(match[1]!),
    written: match[1]!,
    kind: 'doc',
  }));
}

/** Where links and paths have to change, once a document is at another place: on other pages, and on its own. */
export function linkPlaces(
  page: DocPage,
  old: string,
  now: string,
  paths: ReadonlySet<string>,
): TruthPlace[] {
  const from = page.file === now ? old : page.file;
  const links = linksOf(page).toSorted((a, b) => a.start - b.start);
  const linked = links.flatMap(({ start, written, kind }): TruthPlace[] => {
    const isRooted = written.startsWith('/');
    if (isRooted && kind === 'link') return [];
    const endings = kind === 'doc' ? ['.rst', '.md', '.txt'] : [''];
    const base = isRooted ? sphinxRoot(from, paths) : posix.dirname(from);
    if (base === undefined) return [];
    const target = endings
      .map((ending) => posix.join(base, written.replace(/^\//, '')) + ending)
      .find((path) => path === old || paths.has(path));
    if (target === undefined) return [];
    const is = target === old ? now : target;
    const ending = endings.find((one) => one !== '' && is.endsWith(one)) ?? '';
    const bare = is.slice(0, is.length - ending.length);
    const relative = posix.relative(isRooted ? base : posix.dirname(page.file), bare);
    const after =
      (isRooted ? '/' : written.startsWith('./') && !relative.startsWith('.') ? './' : '') +
      relative;
    return after === written ? [] : [{ start, end: start + written.length, after, isNamed: true }];
  });
  return [...linked, ...pathPlaces(page, from, old, now)].toSorted((a, b) => a.start - b.start);
}

/** Where the path of a document stands as code, from the root or from the page. */
function pathPlaces(page: DocPage, from: string, old: string, now: string): TruthPlace[] {
  const parts = sectionsOf(page).flatMap((section) => section.parts);
  return parts.flatMap(({ kind, start, end, isPast }): TruthPlace[] => {
    const written = page.text.slice(start, end);
    if (kind !== 'span' || isPast || !written.includes('/')) return [];
    if (written === old) return [{ start, end, after: now, isNamed: true }];
    if (written !== posix.relative(posix.dirname(from), old)) return [];
    const after = posix.relative(posix.dirname(page.file), now);
    return [{ start, end, after, isNamed: true }];
  });
}

function sphinxRoot(file: string, paths: ReadonlySet<string>): string | undefined {
  for (let at = posix.dirname(file); ; at = posix.dirname(at)) {
    if (paths.has(posix.join(at, 'conf.py'))) return at;
    if (at === '.') return undefined;
  }
}
