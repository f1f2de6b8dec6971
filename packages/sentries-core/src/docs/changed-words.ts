import { lineHunks } from '../change/line-hunks';
import {
  factsOf,
  linksIn,
  NO_TEXTS,
  NONE,
  quotedIn,
  type Facts,
  type Texts,
} from './code/compared-facts';
import type { Module } from './code/modules';
import { anchorsIn, labelKey, labelsIn } from './code/pages';
import { PAGE, type ProjectCode } from './code/project-code';
import { grownModules } from './untold';

/*
 * What a change can make stale names something that the change touched, or something that is reached through that. So
 * a text need be read only where such a word stands in it. Too many words cost time, one too few a finding: where a
 * change may reach anything, nothing is left out.
 *
 * Words are taken as they stand in a text, for readers cut names out of it and undo no escapes. What a text does not
 * name itself stands in it by other names: by those of imports, and of classes that inherit. For some changes there is
 * no such word, and all is read: names that come by a star from another place, and headings or labels that are gone.
 */

/** Says of a file and its text whether something in it may be stale. */
export type MayBeStale = (file: string, text: string) => boolean;

/**
 * Says which documentation a change must be looked for in: where it may have made something stale, or where something
 * new may be missing. It does not find the links to a heading that is still there.
 */
export function searchFor(base: ProjectCode, head: ProjectCode): MayBeStale {
  const change = new ChangedWords(base, head);
  change.collect();
  if (change.isAny) return () => true;
  change.follow();
  const words = new Set<string>();
  const foreign: string[] = [];
  for (const word of change.words) {
    const run = longestRun(word);
    if (run !== undefined) words.add(run);
    else foreign.push(word);
  }
  const lists = grownModules(base, head).map(({ siblings }) =>
    siblings.flatMap((name) => longestRun(name) ?? []),
  );
  return (file, text) =>
    change.files.has(file) ||
    (change.hasGoneFiles && /%[\da-f]{2}/i.test(text)) ||
    foreign.some((word) => text.includes(word)) ||
    hasWord(text, words) ||
    hasList(text, lists);
}

/** A word is looked for by its longest run of plain letters: texts are cut there, whatever is around. */
function longestRun(word: string): string | undefined {
  const runs = word.match(/\w+/g) ?? [];
  return runs.sort((one, other) => other.length - one.length)[0];
}

/** Where all of some names are told, a new one may be missing. */
function hasList(text: string, lists: readonly (readonly string[])[]): boolean {
  if (lists.length === 0) return false;
  const words = new Set(text.match(/\w+/g));
  return lists.some((list) => list.every((word) => words.has(word)));
}

function hasWord(text: string, words: ReadonlySet<string>): boolean {
  if (words.size === 0) return false;
  for (const [word] of text.matchAll(/\w+/g)) if (words.has(word)) return true;
  return false;
}

class ChangedWords {
  readonly words = new Set<string>();
  /** Texts that may mean something else now, whatever words they have: changed modules, and what is at a new place. */
  readonly files = new Set<string>();
  /** No word tells what the change reaches. */
  isAny = false;
  hasGoneFiles = false;

  constructor(
    private readonly base: ProjectCode,
    private readonly head: ProjectCode,
  ) {}

  /** The words that the change itself took away or brought. */
  collect(): void {
    const { base, head } = this;
    for (const name of different(new Map(placesOf(base)), new Map(placesOf(head))))
      this.add(lastOf(name));
    const [old, now] = [modulesOf(base), modulesOf(head)];
    for (const name of new Set([...old.keys(), ...now.keys()]))
      this.compare(old.get(name), now.get(name));
    for (const name of different(keysOf(base.settings.options), keysOf(head.settings.options)))
      this.addSetting(name);
    this.movedFiles();
    this.pages();
  }

  /** The names by which other modules reach what has changed: as they import it, and classes that inherit from it. */
  follow(): void {
    const texts = new Set(
      [this.base, this.head].flatMap(({ known }) => [...known].map(({ source }) => source.text)),
    );
    const links = [...texts].flatMap(linksIn);
    for (let before = -1; before !== this.words.size;) {
      before = this.words.size;
      for (const { from, to } of links)
        if (from.some((word) => this.words.has(word))) for (const word of to) this.add(word);
    }
  }

  private add(word: string): void {
    if (word !== '') this.words.add(word);
  }

  /** `--no-cache` is an option where `--cache` is one. */
  private addSetting(name: string): void {
    this.add(name.replace(/^-+(no-)?/, ''));
  }

  /** Of a text in quotes: docs name a variable or a key by it, but no mere punctuation. */
  private addText(text: string): void {
    if (/[\p{L}\p{N}_]/u.test(text)) this.add(text);
  }

  private compare(old: Module | undefined, now: Module | undefined): void {
    const isSamePlace = old?.file === now?.file;
    if (isSamePlace && old?.source.text === now?.source.text) return;
    if (now) this.files.add(now.file);
    // A relative import means something else at another place.
    if (!isSamePlace) {
      if (old) this.compareFacts(factsOf(old), NONE);
      if (now) this.compareFacts(factsOf(now), NONE);
    } else this.compareFacts(old ? factsOf(old) : NONE, now ? factsOf(now) : NONE);
    // What stands beside a text tells more of it: the default of an option, say.
    for (const { removed, added } of lineHunks(old?.source.text ?? '', now?.source.text ?? ''))
      for (const text of quotedIn([...removed, ...added].join('\n'))) this.addText(text);
  }

  private compareFacts(old: Facts, now: Facts): void {
    if (old.stars !== now.stars) this.isAny = true;
    // Of a module that came or went, all names are words already.
    if (old.gives !== now.gives && old !== NONE && now !== NONE) this.isAny = true;
    for (const path of different(old.names, now.names)) {
      this.add(lastOf(path));
      // How a class makes its instances is told of the class.
      if (/\.__\w+__$/.test(path)) this.add(lastOf(path.replace(/\.\w+$/, '')));
    }
    for (const path of different(old.signatures, now.signatures)) {
      this.add(lastOf(path));
      const [was, is] = [old, now].map(({ parameters }) => parameters.get(path) ?? NO_TEXTS);
      for (const name of different(was!, is!)) this.add(name);
    }
    for (const text of different(old.strings, now.strings)) this.addText(text);
    for (const name of different(old.settings, now.settings)) this.addSetting(name);
  }

  private movedFiles(): void {
    // A page that moved has its links with it.
    for (const path of this.head.paths) if (!this.base.paths.has(path)) this.files.add(path);
    const folders = new Set([...this.head.paths].flatMap(foldersOf));
    for (const path of this.base.paths) {
      if (this.head.paths.has(path)) continue;
      this.hasGoneFiles = true;
      const gone = foldersOf(path).filter((folder) => !folders.has(folder));
      // A page may be named without its ending.
      for (const one of [path, ...gone]) this.add(/([^/]+?)(\.\w+)?$/.exec(one)?.[1] ?? one);
    }
  }

  /** An anchor or a `:ref:` may spell a heading or a label in many ways. */
  private pages(): void {
    for (const path of this.base.paths) {
      if (!PAGE.test(path) || !this.base.pages.has(path)) continue;
      const [old, now] = [this.base, this.head].map(({ pages }) => pages.text(path));
      if (old === now) continue;
      const isGone = labelsIn(old!).some(({ text }) => !this.head.pages.labels.has(labelKey(text)));
      // A link to a page that is gone names the page.
      const isLost =
        this.head.pages.has(path) && /\.(md|markdown)$/i.test(path) && hasLost(old!, now!);
      this.isAny ||= isGone || isLost;
    }
  }
}

/** True where a page of Markdown has no more all the places that links could lead to. */
function hasLost(old: string, now: string): boolean {
  const [before, after] = [anchorsIn(old), anchorsIn(now)];
  return (['headings', 'named'] as const).some((kind) => {
    const left = new Set(after[kind].map(({ text }) => text));
    return before[kind].some(({ text }) => !left.has(text));
  });
}

/** The keys that two maps have not in common, or with another text. */
function different(one: Texts, other: Texts): string[] {
  const keys = new Set([...one.keys(), ...other.keys()]);
  return [...keys].filter((key) => one.get(key) !== other.get(key));
}

/** Modules and folders of modules, by their dotted names. */
const placesOf = ({ known, namespaces }: ProjectCode): [string, string][] => [
  ...[...known].map(({ name, file }): [string, string] => [name, file]),
  ...[...namespaces].map((name): [string, string] => [name, '']),
];

const keysOf = (map: ReadonlyMap<string, unknown>): Texts =>
  new Map([...map.keys()].map((key) => [key, '']));

const modulesOf = ({ known }: ProjectCode): ReadonlyMap<string, Module> =>
  new Map([...known].map((module) => [module.name, module]));

const lastOf = (dotted: string): string => dotted.slice(dotted.lastIndexOf('.') + 1);

const foldersOf = (path: string): string[] =>
  [...path.matchAll(/\//g)].map(({ index }) => path.slice(0, index));
