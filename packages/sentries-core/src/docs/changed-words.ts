import { lineHunks } from '../change/line-hunks';
import { moduleSymbols } from '../change/symbols';
import type { PythonSource } from '../python/syntax';
import { classesOf, isGiven, offersOf, signaturesOf, starModules } from './code/module-facts';
import type { Module } from './code/modules';
import type { ProjectCode } from './code/project-code';

/*
 * What a change can make stale names something that the change touched, or something that is reached through that. So
 * a text need be read only where such a word stands in it. Too many words cost time, one too few a finding: where a
 * change may reach anything, nothing is left out.
 */

/** Says of a file and its text whether something in it may be stale. */
export type MayBeStale = (file: string, text: string) => boolean;

/** Says which documentation a change of the code must be looked for in. */
export function searchFor(base: ProjectCode, head: ProjectCode): MayBeStale {
  const change = new ChangedWords(base, head);
  change.collect();
  if (change.isAny) return () => true;
  change.follow();
  const words = new Set<string>();
  const foreign: string[] = [];
  for (const word of change.words) {
    // A word is looked for by its longest run of plain letters: texts are cut there, whatever is around.
    const runs = word.match(/\w+/g) ?? [];
    const [longest] = runs.sort((one, other) => other.length - one.length);
    if (longest !== undefined) words.add(longest);
    else foreign.push(word);
  }
  return (file, text) =>
    change.files.has(file) ||
    (change.hasGoneFiles && /%[\da-f]{2}/i.test(text)) ||
    foreign.some((word) => text.includes(word)) ||
    hasWord(text, words);
}

function hasWord(text: string, words: ReadonlySet<string>): boolean {
  if (words.size === 0) return false;
  for (const [word] of text.matchAll(/\w+/g)) if (words.has(word)) return true;
  return false;
}

class ChangedWords {
  readonly words = new Set<string>();
  /** Modules whose own docstrings may mean something else now, whatever words they have. */
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
    for (const name of new Set([...base.modules.keys(), ...head.modules.keys()]))
      this.compare(base.modules.get(name), head.modules.get(name));
    for (const name of different(keysOf(base.settings.options), keysOf(head.settings.options)))
      this.add(name.replace(/^-+(no-)?/, ''));
    this.goneFiles();
  }

  /** The names by which other modules reach what has changed: as they import it, and classes that inherit from it. */
  follow(): void {
    const texts = new Set(
      [this.base, this.head].flatMap(({ modules }) =>
        [...modules.values()].map(({ source }) => source.text),
      ),
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

  private compare(old: Module | undefined, now: Module | undefined): void {
    const isSamePlace = old?.file === now?.file;
    if (isSamePlace && old?.source.text === now?.source.text) return;
    if (now) this.files.add(now.file);
    // A relative import means something else at another place.
    if (!isSamePlace) {
      if (old) this.compareFacts(factsOf(old.source), NONE);
      if (now) this.compareFacts(factsOf(now.source), NONE);
    } else this.compareFacts(old ? factsOf(old.source) : NONE, now ? factsOf(now.source) : NONE);
    // What stands beside a text tells more of it: the default of an option, say.
    for (const { removed, added } of lineHunks(old?.source.text ?? '', now?.source.text ?? ''))
      for (const text of quotedIn([...removed, ...added].join('\n'))) this.add(text);
  }

  private compareFacts(old: Facts, now: Facts): void {
    if (old.stars !== now.stars) this.isAny = true;
    // Of a module that came or went, all names are words already.
    if (old.gives !== now.gives && old !== NONE && now !== NONE) this.isAny = true;
    for (const name of different(old.names, now.names)) this.add(lastOf(name));
    for (const path of different(old.signatures, now.signatures)) {
      this.add(lastOf(path));
      const [was, is] = [old, now].map(({ parameters }) => parameters.get(path) ?? NO_TEXTS);
      for (const name of different(was!, is!)) this.add(name);
    }
    for (const text of different(old.strings, now.strings)) this.add(text);
  }

  private goneFiles(): void {
    const folders = new Set([...this.head.paths].flatMap(foldersOf));
    for (const path of this.base.paths) {
      if (this.head.paths.has(path)) continue;
      this.hasGoneFiles = true;
      const gone = foldersOf(path).filter((folder) => !folders.has(folder));
      // A page may be named without its ending.
      for (const one of [path, ...gone]) this.add(/([^/]+?)(\.\w+)?$/.exec(one)?.[1] ?? one);
    }
  }
}

type Texts = ReadonlyMap<string, string>;
const NO_TEXTS: Texts = new Map();

/** What can be asked of a module, in a form that can be compared. */
interface Facts {
  /** Definitions, imports and classes by their names or paths. */
  readonly names: Texts;
  readonly signatures: Texts;
  /** By the path of what takes them. */
  readonly parameters: ReadonlyMap<string, Texts>;
  /** How often a text stands in quotes, if it has no blanks. */
  readonly strings: Texts;
  /** The modules of which it takes any name. */
  readonly stars: string;
  /** Which names it gives to those who take any: all, those of a list, or nobody can say. */
  readonly gives: 'all' | 'some' | 'any';
}

const NONE: Facts = {
  ...{ names: NO_TEXTS, signatures: NO_TEXTS, parameters: new Map(), strings: NO_TEXTS },
  ...{ stars: '[]', gives: 'all' },
};

function factsOf(source: PythonSource): Facts {
  const { imports } = offersOf(source);
  const names = new Map<string, string>();
  const tell = (name: string, what: string): void =>
    void names.set(name, `${names.get(name) ?? ''}${what};`);
  // Docs tell what a definition does, too: what it raises, say. Its docstring is no part of that.
  for (const { path, kind, body } of moduleSymbols(source).values())
    tell(path, JSON.stringify([kind, body]));
  for (const { name, module, imported } of imports.values())
    tell(name, JSON.stringify([module, imported]));
  for (const [path, { bases, isOpen }] of classesOf(source))
    tell(path, JSON.stringify([bases, isOpen]));
  const signatures = new Map<string, string>();
  const parameters = new Map<string, Texts>();
  for (const [path, one] of signaturesOf(source)) {
    const own = new Map(
      one.parameters.map((parameter) => [
        parameter.name,
        JSON.stringify([parameter.kind, parameter.default]),
      ]),
    );
    parameters.set(path, own);
    signatures.set(path, JSON.stringify([one.kind, one.doubt !== null, [...own]]));
  }
  const strings = new Map<string, string>();
  for (const text of quotedIn(source.text)) strings.set(text, `${strings.get(text) ?? ''}.`);
  const stars = JSON.stringify(starModules(source));
  return { names, signatures, parameters, strings, stars, gives: givesOf(source) };
}

/** Texts in quotes without blanks, as often as they stand there; each quote may open one. */
const quotedIn = (text: string): string[] =>
  [...text.matchAll(/(?=(["'])([^"'\s]+)\1)/g)].map(([, , inside]) => inside!);

function givesOf(source: PythonSource): Facts['gives'] {
  if (!/\b__all__\b/.test(source.text)) return 'all';
  // No list has such a name: it is given where the list can't be read.
  return isGiven(source, ' ') ? 'any' : 'some';
}

/** The keys that two maps have not in common, or with another text. */
function different(one: Texts, other: Texts): string[] {
  const keys = new Set([...one.keys(), ...other.keys()]);
  return [...keys].filter((key) => one.get(key) !== other.get(key));
}

/** Modules and folders of modules, by their dotted names. */
const placesOf = ({ modules, namespaces }: ProjectCode): [string, string][] => [
  ...[...modules.values()].map(({ name, file }): [string, string] => [name, file]),
  ...[...namespaces].map((name): [string, string] => [name, '']),
];

const keysOf = (map: ReadonlyMap<string, unknown>): Texts =>
  new Map([...map.keys()].map((key) => [key, '']));

const lastOf = (dotted: string): string => dotted.slice(dotted.lastIndexOf('.') + 1);

const foldersOf = (path: string): string[] =>
  [...path.matchAll(/\//g)].map(({ index }) => path.slice(0, index));

/** Words of which the later ones mean something else where one of the first does. */
interface Link {
  readonly from: readonly string[];
  readonly to: readonly string[];
}

const IMPORT =
  /(?:\bfrom\b[ \t\\\r\n]*([\w.]+)[ \t\\\r\n]+)?\bimport\b[ \t\\\r\n]*(\((?:[^)#]|#[^\n]*)*\)|(?:[^\n;\\]|\\\r?\n)+)/g;
/** Up to a colon at the end of a line: more than its head, where the body stands beside it. */
const CLASS = /\bclass\b[\s\\]*(\w+)(?=([^]{0,4000}?:[ \t\r]*(?:#[^\n]*)?$|[^]{0,4000}))/gm;

function linksIn(text: string): Link[] {
  const links: Link[] = [];
  for (const [, module = '', list = ''] of text.matchAll(IMPORT))
    for (const item of list.replace(/#[^\n]*/g, '').split(',')) {
      const words = item.match(/\w+/g) ?? [];
      links.push({ from: [...wordsOf(module), ...words], to: words.slice(-1) });
    }
  for (const [, name, head = ''] of text.matchAll(CLASS))
    links.push({ from: wordsOf(head), to: [name!] });
  return links;
}

const wordsOf = (text: string): string[] => text.match(/\w+/g) ?? [];
