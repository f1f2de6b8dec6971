import { moduleSymbols } from '../../change/symbols';
import type { PythonSource } from '../../python/syntax';
import { declaredOptions } from './declared-options';
import { madeVariables } from './made-variables';
import {
  classesOf,
  isGiven,
  offersOf,
  returnsOf,
  signaturesOf,
  starModules,
  valuesOf,
} from './module-facts';
import type { Module } from './modules';

/** Something by the words that name it. */
export type Texts = ReadonlyMap<string, string>;
export const NO_TEXTS: Texts = new Map();

/** What can be asked of a module, in a form that can be compared. */
export interface Facts {
  /** Definitions, imports and classes by their names or paths. */
  readonly names: Texts;
  readonly signatures: Texts;
  /** By the path of what takes them. */
  readonly parameters: ReadonlyMap<string, Texts>;
  /** How often a text stands in quotes, if it has no blanks. */
  readonly strings: Texts;
  /** Options with their defaults, as they are declared; and variables that follow from the names of fields. */
  readonly settings: Texts;
  /** The modules of which it takes any name. */
  readonly stars: string;
  /** Which names it gives to those who take any: all, those of a list, or nobody can say. */
  readonly gives: 'all' | 'some' | 'any';
}

/** Those of a module that is not there. */
export const NONE: Facts = {
  ...{ names: NO_TEXTS, signatures: NO_TEXTS, parameters: new Map(), strings: NO_TEXTS },
  ...{ settings: NO_TEXTS, stars: '[]', gives: 'all' },
};

export function factsOf(module: Module): Facts {
  const { source } = module;
  const { imports } = offersOf(source);
  const names = new Map<string, string>();
  const tell = (name: string, what: string, texts = names): void =>
    void texts.set(name, `${texts.get(name) ?? ''}${what};`);
  // Docs tell what a function raises, too.
  for (const { path, kind, text } of moduleSymbols(source).values())
    tell(path, JSON.stringify([kind, kind === 'function' && /\braise\b/.test(text) ? text : '']));
  for (const { name, module, imported } of imports.values())
    tell(name, JSON.stringify([module, imported]));
  for (const [path, { bases, isOpen }] of classesOf(source))
    tell(path, JSON.stringify([bases, isOpen]));
  for (const { path, kind, words } of valuesOf(source).values())
    tell(path, JSON.stringify([kind, words]));
  for (const { path, type } of returnsOf(source).values())
    tell(path, JSON.stringify(['returns', type]));
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
  for (const text of quotedIn(source.text)) tell(text, '', strings);
  const settings = new Map<string, string>();
  for (const option of declaredOptions(module))
    for (const name of option.names) tell(name, JSON.stringify(option.default), settings);
  for (const { name } of madeVariables(module)) tell(name, '', settings);
  const stars = JSON.stringify(starModules(source));
  return { names, signatures, parameters, strings, settings, stars, gives: givesOf(source) };
}

/** Texts in quotes without blanks, as often as they stand there; each quote may open one. */
export const quotedIn = (text: string): string[] =>
  [...text.matchAll(/(?=(["'])([^"'\s]+)\1)/g)].map(([, , inside]) => inside!);

function givesOf(source: PythonSource): Facts['gives'] {
  if (!/\b__all__\b/.test(source.text)) return 'all';
  // No list has such a name: it is given where the list can't be read.
  return isGiven(source, ' ') ? 'any' : 'some';
}

/** Words of which the later ones mean something else where one of the first does. */
interface Link {
  readonly from: readonly string[];
  readonly to: readonly string[];
}

const IMPORT =
  /(?:\bfrom\b[ \t\\\r\n]*([\w.\u0080-\uffff]+)[ \t\\\r\n]+)?\bimport\b[ \t\\\r\n]*(\((?:[^)#]|#[^\n]*)*\)|(?:[^\n;\\]|\\\r?\n)+)/g;
/** Up to a colon at the end of a line: more than its head, where the body stands beside it. */
const CLASS =
  /\bclass\b[\s\\]*([\w\u0080-\uffff]+)(?=([^]{0,4000}?:[ \t\r]*(?:#[^\n]*)?$|[^]{0,4000}))/gm;

/** A name that is given a value or a type: of a module, of a class or of `self`. */
const VALUE =
  /^(?:(\w+)|[ \t]+(?:self\.)?(\w+))[ \t]*(?::[ \t]*["']?((?:[\w.]*\[["']?)?[\w.\u0080-\uffff]+)["'\]]{0,3}[ \t]*(?==|#|\r?$))?(?:=[ \t]*([\w.\u0080-\uffff]+)[ \t]*(?=\(|#|\r?$))?/gm;
/** Where classes and functions begin, and what functions give back: what they are asked of, or what one call makes. */
const GIVEN =
  /^[ \t]*class[ \t]+([\w\u0080-\uffff]+)|\bdef[ \t]+([\w\u0080-\uffff]+)|\breturn[ \t]+(?:(self\b|cls\b|type\(self\))|([\w.\u0080-\uffff]+)[ \t]*\()/gm;
/** What a function says that it gives. */
const GIVES =
  /\bdef[ \t]+([\w\u0080-\uffff]+)[ \t]*\((?=(?:(?!\bdef\b)[^]){0,2000}?\)[ \t]*->[ \t]*([^:\n]+):)/gm;

/** What names in a module mean by others: what it imports, classes that inherit, and what values are made of. */
export function linksIn(text: string): Link[] {
  const links: Link[] = [];
  for (const [, module = '', list = ''] of text.matchAll(IMPORT))
    for (const item of list.replace(/#[^\n]*/g, '').split(',')) {
      const words = wordsOf(item);
      links.push({ from: [...wordsOf(module), ...words], to: words.slice(-1) });
    }
  for (const [, name, head = ''] of text.matchAll(CLASS))
    links.push({ from: wordsOf(head), to: [name!] });
  for (const { 0: line, 1: own, 2: inner, 3: type = '', 4: value = '' } of text.matchAll(VALUE)) {
    // Within functions most names are local ones.
    const isTelling = own !== undefined || /[A-Z]\w*$/.test(value) || /\bself\./.test(line);
    const from = [...wordsOf(type), ...(isTelling ? wordsOf(value) : [])];
    if (from.length > 0) links.push({ from, to: [(own ?? inner)!] });
  }
  for (const [, name, type = ''] of text.matchAll(GIVES))
    links.push({ from: wordsOf(type), to: [name!] });
  let [holder, giver] = ['', ''];
  for (const [, inside, name, own, callee] of text.matchAll(GIVEN)) {
    holder = inside ?? holder;
    giver = inside === undefined ? (name ?? giver) : giver;
    if (own !== undefined) links.push({ from: [holder], to: [giver] });
    else if (callee !== undefined) links.push({ from: wordsOf(callee), to: [giver] });
  }
  return links;
}

/** Names in code, whatever letters they have. */
const wordsOf = (text: string): string[] => text.match(/[\w\u0080-\uffff]+/g) ?? [];
