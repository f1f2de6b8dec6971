import { posix } from 'node:path';
import { originOf, plainCode } from './doc-bindings';
import { codeParts, withoutTexts, type CodePart } from './doc-code';
import { changelogsIn } from './doc-past';

/** A change of code; see doc_seeds.py. */
export interface Seed {
  readonly kind:
    | 'function'
    | 'class'
    | 'method'
    | 'attribute'
    | 'constant'
    | 'parameter'
    | 'default'
    | 'option'
    | 'variable'
    | 'module'
    | 'move'
    | 'file'
    | 'body'
    | 'private';
  readonly old: string;
  readonly new: string;
  /** The module that it is in, dotted. */
  readonly module: string;
  /** What is changed, or has the parameter: from its module. */
  readonly path: string;
  /** Of a parameter or a default: the name that it is called by. */
  readonly taker?: string;
  /** Of a default. */
  readonly parameter?: string;
  /** Texts in the code that are the name, or have it for a part, and stay as they are: a key, the name of a setting. */
  readonly texts?: readonly string[];
}

/** A docstring, by its lines. */
export interface DocstringLines {
  readonly file: string;
  readonly first: number;
  readonly last: number;
  readonly module: string;
  readonly path: string;
}

/** A file with documentation. */
export interface DocPage {
  readonly file: string;
  readonly text: string;
  /** Of Python: nothing else of it is documentation. */
  readonly docstrings?: readonly DocstringLines[];
}

/** Where docs say what a seed changed. */
export interface TruthPlace {
  readonly start: number;
  readonly end: number;
  /** What must stand there then; null where more than this place would have to change. */
  readonly after: string | null;
  /** It names the thing as code; of all other places where the word stands nothing is said. */
  readonly isNamed: boolean;
}

/**
 * The places of a page where a seed's thing stands, by plain search: none in lists of what was changed. Of several that lie
 * in each other the first one counts; a named one comes before others.
 */
export function placesOf(page: DocPage, seed: Seed, packages: readonly string[]): TruthPlace[] {
  const found = sectionsOf(page)
    .flatMap((section) => placesIn({ page, seed, packages, ...section }))
    .filter(({ start }) => !pastOf(page).some((past) => past.start <= start && start < past.end));
  const named = found.filter(({ isNamed }) => isNamed);
  const others = found.filter(
    (one) => !one.isNamed && !named.some(({ start, end }) => start < one.end && one.start < end),
  );
  const unique = new Map([...named, ...others].map((one) => [one.start, one]));
  return [...unique.values()].toSorted((a, b) => a.start - b.start);
}

interface Range {
  readonly start: number;
  readonly end: number;
}

interface Section {
  readonly parts: readonly CodePart[];
  readonly range: Range;
  readonly docstring: DocstringLines | undefined;
}

const pasts = new WeakMap<DocPage, readonly Range[]>();

function pastOf(page: DocPage): readonly Range[] {
  const known =
    pasts.get(page) ?? (page.docstrings ? [] : changelogsIn(page.text, isMarkdownFile(page.file)));
  pasts.set(page, known);
  return known;
}

const isMarkdownFile = (file: string): boolean => /\.(md|markdown)$/i.test(file);

const sections = new WeakMap<DocPage, readonly Section[]>();

/** The text of a page, or its docstrings, each taken apart once. */
function sectionsOf(page: DocPage): readonly Section[] {
  const known = sections.get(page) ?? readSections(page);
  sections.set(page, known);
  return known;
}

function readSections({ file, text, docstrings }: DocPage): Section[] {
  if (!docstrings) {
    const range = { start: 0, end: text.length };
    return [
      {
        parts: codeParts(text, isMarkdownFile(file), range),
        range,
        docstring: undefined,
      },
    ];
  }
  const starts = [0];
  for (const { index } of text.matchAll(/\n/g)) starts.push(index + 1);
  return docstrings.map((docstring) => {
    const range = {
      start: starts[docstring.first - 1]!,
      end: (starts[docstring.last] ?? text.length + 1) - 1,
    };
    const isMarkdown = /^\s*```/m.test(text.slice(range.start, range.end));
    return { parts: codeParts(text, isMarkdown, range), range, docstring };
  });
}

interface Search {
  readonly page: DocPage;
  readonly parts: readonly CodePart[];
  readonly seed: Seed;
  readonly packages: readonly string[];
  readonly range: Range;
  readonly docstring: DocstringLines | undefined;
}

function placesIn(search: Search): TruthPlace[] {
  switch (search.seed.kind) {
    case 'parameter':
      return parameterPlaces(search);
    case 'default':
      return defaultPlaces(search);
    case 'option':
    case 'variable':
      return settingPlaces(search);
    case 'module':
      return modulePlaces(search);
    case 'move':
      return movePlaces(search);
    case 'file':
    case 'body':
      return [];
    default:
      return symbolPlaces(search);
  }
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

const wordIn = (word: string, flags = 'g'): RegExp =>
  new RegExp(`(?<![\\w-])${escaped(word)}(?![\\w]|-\\w)`, flags);

function occurrences({ page, range }: Search, word: string): number[] {
  const text = page.text.slice(range.start, range.end);
  return [...text.matchAll(wordIn(word))].map(({ index }) => range.start + index);
}

const partAt = ({ parts }: Search, at: number): CodePart | undefined =>
  parts.find(({ start, end }) => start <= at && at < end);

const PYTHON_ROLES = /^(func|meth|class|exc|attr|data|const|obj|deco|any|type|mod)$/;
const OBJECTS =
  /^(auto)?(function|method|class|exception|attribute|data|property|decorator|classmethod|staticmethod|coroutine\w*|:::)$|^:::$/;

function symbolPlaces(search: Search): TruthPlace[] {
  const { old, new: after } = search.seed;
  return occurrences(search, old).map((start) => {
    const end = start + old.length;
    const own = partAt(search, start);
    return { start, end, after, isNamed: own !== undefined && isSymbol(search, own, start) };
  });
}

function isSymbol(search: Search, own: CodePart, at: number): boolean {
  const { page, seed } = search;
  if (own.isPast) return false;
  const text = page.text.slice(own.start, own.end);
  const here = at - own.start;
  const [before, behind] = [text.slice(0, here), text.slice(here + seed.old.length)];
  if (
    /^\s*=(?!=)/.test(behind) ||
    /[/\\-]$/.test(before) ||
    /^[/\\]|^\.(py|md|rst|txt)\b/.test(behind)
  )
    return false;
  const prefix = /([\w.]*)\.$/.exec(before)?.[1];
  switch (own.kind) {
    case 'role':
      return PYTHON_ROLES.test(own.name) && isHolder(search, prefix);
    case 'directive':
      return OBJECTS.test(own.name) && !before.includes('(') && isHolder(search, prefix);
    case 'field':
      return /^raises?$/.test(own.name) && isHolder(search, prefix);
    case 'span':
      return (
        /^[@~!.]?[\w.]+(\(.*\))?$|^\w[\w.]*\(/.test(text) &&
        inText(text, here) &&
        !(seed.texts ?? []).includes(text) &&
        isHolder(search, prefix)
      );
    case 'python':
      return inExample(search, own, at, prefix);
    case 'text':
      return false;
  }
}

/** Not within a string or a comment. */
const inText = (text: string, at: number): boolean => withoutTexts(text)[at] !== ' ';

const isMember = ({ path }: Seed): boolean => path.includes('.');

/** What stands before the dot may hold it: nothing, its module, its class, the package or a name from it. */
function isHolder({ page, seed, packages }: Search, prefix: string | undefined): boolean {
  if (prefix === undefined || prefix === '') return true;
  const words = prefix.split('.');
  const modules = [...seed.module.split('.'), ...packages];
  const classes = seed.path.split('.').slice(0, -1);
  const last = words.at(-1)!;
  // A module does not hold what a class has.
  if (isMember(seed) && modules.includes(last) && !classes.includes(last)) return false;
  const holders = [...modules, ...classes];
  if (holders.includes(last) && (words.length === 1 || holders.includes(words[0]!))) return true;
  return aliases(page.text, packages).has(words[0]!);
}

/** Names that a page's imports bring from the packages. */
function aliases(text: string, packages: readonly string[]): Set<string> {
  const found = new Set<string>();
  for (const match of text.matchAll(/\b(?:from ([\w.]+) )?import ([\w., ()]+?)(?=$|[#`])/gm)) {
    for (const one of match[2]!.split(',')) {
      const [name, alias] = one
        .replace(/[()]/g, '')
        .trim()
        .split(/\s+as\s+/);
      const from = (match[1] ?? name ?? '').split('.')[0]!;
      if (packages.includes(from)) found.add(alias ?? name!.split('.')[0]!);
    }
  }
  return found;
}

/** In an example: no text or comment, and no name that the examples give another meaning or have from elsewhere. */
function inExample(search: Search, own: CodePart, at: number, prefix: string | undefined): boolean {
  const { page, seed, packages, parts } = search;
  if (plainCode(page.text, parts, own.block)[at - own.block.start] === ' ') return false;
  const blocks = [
    ...new Set(parts.filter(({ kind }) => kind === 'python').map((one) => one.block)),
  ];
  const codes = blocks.map((block) => plainCode(page.text, parts, block));
  const origin = (name: string): ReturnType<typeof originOf> =>
    originOf(name, codes, blocks.indexOf(own.block));
  const isForeign = (from: ReturnType<typeof originOf>): boolean =>
    from !== undefined && from !== null && from.source !== '' && !packages.includes(from.source);
  const first = (prefix ?? '').split('.')[0]!;
  if (isMember(seed)) {
    if (prefix === undefined || origin(seed.old) === null) return false;
    const holder = first === '' ? undefined : origin(first);
    return !(holder?.isModule && isForeign(holder));
  }
  if (first !== '') return !isForeign(origin(first)) && isHolder(search, prefix);
  const from = origin(seed.old);
  return from !== null && !isForeign(from);
}

/** Where the docs of what takes a parameter stand, and where it is called. */
function parameterPlaces(search: Search): TruthPlace[] {
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

/** In a docstring of what takes it; `__init__` and its class tell the same. */
function isAboutTaker({ docstring, seed }: Search): boolean {
  if (docstring?.module !== seed.module) return false;
  const plain = (path: string): string => path.replace(/\.__init__$/, '');
  return plain(docstring.path) === plain(seed.path);
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

const isOfTaker = (name: string, { taker }: Seed): boolean => name.split('.').at(-1) === taker;

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

function defaultPlaces(search: Search): TruthPlace[] {
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
    `(?:^([ \\t]*):param[^:\\n]*\\b${parameter}:|^([ \\t]*)${parameter}\\s*(?:\\([^)\\n]*\\))?\\s*:)(.*(?:\\r?\\n(?:\\1|\\2)[ \\t]+\\S.*)*)`,
    'm',
  ).exec(text);
  if (!entry) return found;
  const from = range.start + entry.index + entry[0].length - entry[3]!.length;
  const said = new RegExp(
    `\\bdefaults?(?:s|ed)?(?: value)?(?: to| is|:| =|=)?\\s*:?\\s*[\`*]{0,2}(${value})(?![\\w])`,
    'gi',
  );
  for (const match of entry[3]!.matchAll(said))
    add(
      from + match.index + match[0].lastIndexOf(match[1]!),
      match[1]!,
      !/\b(if|when|unless|for)\b/.test(
        entry[3]!.slice(match.index + match[0].length, match.index + match[0].length + 12),
      ),
    );
  return found;
}

function settingPlaces(search: Search): TruthPlace[] {
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

function modulePlaces(search: Search): TruthPlace[] {
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

function movePlaces(search: Search): TruthPlace[] {
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
    new RegExp(`\\bfrom ${escaped(seed.old)} import ([\\w, ]*\\b${name}\\b[\\w, ]*)`, 'g'),
  )) {
    const start = range.start + match.index + 'from '.length;
    const isAlone = match[1]!.trim().replace(/ as \w+$/, '') === seed.path;
    found.push({
      start,
      end: start + seed.old.length,
      after: isAlone ? seed.new : null,
      isNamed: code(start) !== undefined,
    });
  }
  const last = seed.old.split('.').at(-1)!;
  for (const match of text.matchAll(
    new RegExp(`(?<![\\w.])${escaped(last)}\\.${name}(?!\\w)`, 'g'),
  )) {
    const start = range.start + match.index;
    const own = code(start);
    const after = own?.kind === 'python' ? null : seed.new.split('.').at(-1)!;
    found.push({
      start,
      end: start + last.length,
      after,
      isNamed: own !== undefined && own.kind !== 'directive',
    });
  }
  return found;
}

/** The links of a page that lead to files, by plain search: where each stands, and how it is written. */
function linksOf(page: DocPage): {
  readonly start: number;
  readonly written: string;
  readonly kind: 'link' | 'doc' | 'include';
}[] {
  const found: { start: number; written: string; kind: 'link' | 'doc' | 'include' }[] = [];
  const add = (pattern: RegExp, kind: 'link' | 'doc' | 'include'): void => {
    for (const match of page.text.matchAll(pattern)) {
      const written = match[1]!;
      found.push({ start: match.index + match[0].lastIndexOf(written), written, kind });
    }
  };
  if (isMarkdownFile(page.file)) {
    add(/\]\((?!\w+:)([^)#\s]+)(?:#[^)\s]*)?\)/g, 'link');
    add(/^ {0,3}\[[^\]\n]+\]:[ \t]*(?!\w+:)([^#\s]+)/gm, 'link');
  } else {
    add(/:doc:`(?:[^`<]*<)?([^`<>]+?)>?`/g, 'doc');
    add(/^\s*\.\. (?:literalinclude|include):: (\S+)/gm, 'include');
    for (const tree of page.text.matchAll(
      /^([ \t]*)\.\. toctree::[^\n]*\n((?:\1[ \t]+[^\n]*\n|[ \t]*\n)*)/gm,
    )) {
      const from = tree.index + tree[0].length - tree[2]!.length;
      for (const match of tree[2]!.matchAll(/^[ \t]+(?!:)(?:[^\n<]*<)?([\w./-]+)>?[ \t]*$/gm))
        found.push({
          start: from + match.index + match[0].lastIndexOf(match[1]!),
          written: match[1]!,
          kind: 'doc',
        });
    }
  }
  return found;
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
