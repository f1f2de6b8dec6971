import { lineSpans } from '../text/excerpt';

/** A heading of a page, or a place with a name of its own. */
export interface PlaceOnPage {
  /** A heading's text as it is written; else the name. */
  readonly text: string;
  /** Of a heading, from 1; 0 for a place with a name. */
  readonly level: number;
  /** From 1. */
  readonly line: number;
}

/** What links can lead to on a page. */
export interface PageAnchors {
  readonly headings: readonly PlaceOnPage[];
  /** `{#name}`, `<a name="name">`, `id="name"`, `(name)=`. */
  readonly named: readonly PlaceOnPage[];
  /** A tool puts more on the page than its text says. */
  readonly isOpen: boolean;
}

const OPEN = /^[ \t>]*:::|\{%|\{\{|--8<--|^[ \t>]*(`{3,}|:{3,})\{|<!--\s*#?include|^\s*\.\. \w+::/m;
const NAMED =
  /\{:?[^}\n]*#([\w.:-]+)[^}\n]*\}|\b(?:id|name)\s*=\s*["']([^"'\n]+)["']|^\(([^)\n]+)\)=/g;
const LABEL = /^[ \t]*\.\. _`?((?:[^:`\n]|\\:|:(?=\S))+)`?:[ \t]*$|^\(([^)\n]+)\)=[ \t]*$/;
const NAME = /^[ \t]*:name:[ \t]*(\S.*)$/;

/** The texts of a project's pages at one tree, as far as links between them go. A page is read when a link leads to it. */
export class Pages {
  readonly #anchors = new Map<string, PageAnchors>();
  #labels: ReadonlyMap<string, PlaceOnPage & { readonly file: string }> | undefined;

  /** @param texts By their paths from the root of the tree. */
  constructor(private readonly texts: ReadonlyMap<string, string>) {}

  has(file: string): boolean {
    return this.texts.has(file);
  }

  text(file: string): string {
    return this.texts.get(file) ?? '';
  }

  /** What links can lead to on a page of Markdown. */
  anchors(file: string): PageAnchors {
    const known = this.#anchors.get(file) ?? anchorsIn(this.text(file));
    this.#anchors.set(file, known);
    return known;
  }

  /** The labels of all pages, as Sphinx compares them. */
  get labels(): ReadonlyMap<string, PlaceOnPage & { readonly file: string }> {
    this.#labels ??= new Map(
      [...this.texts.keys()].flatMap((file) =>
        labelsIn(this.text(file)).map((one) => [labelKey(one.text), { ...one, file }] as const),
      ),
    );
    return this.#labels;
  }
}

/** Case and blanks make no other label. */
export const labelKey = (label: string): string => label.toLowerCase().replace(/\s+/g, ' ').trim();

/** The labels of a page, in their order. */
export function labelsIn(text: string): PlaceOnPage[] {
  if (!/\.\. _|\)=|:name:/.test(text)) return [];
  return lineSpans(text).flatMap(({ start, end }, at): PlaceOnPage[] => {
    const line = text.slice(start, end).trimEnd();
    const found = LABEL.exec(line) ?? NAME.exec(line);
    const name = found?.[1] ?? found?.[2];
    return name === undefined ? [] : [{ text: name.replace(/\\:/g, ':'), level: 0, line: at + 1 }];
  });
}

/** The headings and named places of a page of Markdown; what stands in fences is none. */
export function anchorsIn(text: string): PageAnchors {
  const headings: PlaceOnPage[] = [];
  const named: PlaceOnPage[] = [];
  const lines = lineSpans(text).map(({ start, end }) => text.slice(start, end).trimEnd());
  let fence = '';
  for (const [at, line] of lines.entries()) {
    const mark = /^[ \t>]*(?:[-*+] +)?(`{3,}|~{3,})/.exec(line)?.[1];
    const isEnd = mark !== undefined && fence !== '' && mark.startsWith(fence);
    if (isEnd && line.trim() === mark) fence = '';
    else if (mark !== undefined && fence === '') fence = mark;
    else if (fence === '') {
      const atx = /^[ \t>]*(#{1,6})[ \t]+(.*?)(?:[ \t]+#+)?$/.exec(line);
      const under = /^ {0,3}(=+|-+)[ \t]*$/.exec(lines[at + 1] ?? '')?.[1];
      const html = /<h([1-6])[^>]*>(.*?)<\/h\1>/i.exec(line);
      const add = (heading: string, level: number): unknown =>
        headings.push({ text: heading, level, line: at + 1 });
      if (atx) add(atx[2]!, atx[1]!.length);
      else if (html) add(html[2]!, Number(html[1]));
      else if (under !== undefined && line.trim() !== '')
        add(line.trim(), under.startsWith('=') ? 1 : 2);
      for (const match of line.matchAll(NAMED))
        named.push({ text: match[1] ?? match[2] ?? match[3]!, level: 0, line: at + 1 });
    }
  }
  return { headings, named, isOpen: OPEN.test(text) };
}

/** A heading as readers see it: without marks, the targets of links, and names of its own. */
function plain(heading: string): string {
  return heading
    .replace(/\{:?[^}]*#[^}]*\}\s*$/, '')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/!?\[([^\]]*)\]\[[^\]]*\]/g, '$1')
    .replace(/<[^>]*>/g, '')
    .replace(/[`*]/g, '')
    .replace(/\\(?=\W)/g, '')
    .trim();
}

/**
 * The anchors that sites make of headings: GitHub keeps letters of all languages and each blank
 * (https://docs.github.com, "Basic writing and formatting syntax"), MkDocs what is ASCII, and one dash for several
 * (Python-Markdown, extension `toc`).
 */
export const SLUGS: readonly ((heading: string) => string)[] = [
  (heading) =>
    plain(heading)
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M}\p{Pc}\- ]/gu, '')
      .replace(/ /g, '-'),
  (heading) =>
    plain(heading)
      .normalize('NFKD')
      .replace(/[^\x20-\x7e]/g, '')
      .replace(/[^\w\s-]/g, '')
      .trim()
      .toLowerCase()
      .replace(/[-\s]+/g, '-'),
];

/**
 * What the anchor of a heading is once the heading has another text; undefined where it is not made of the old text, or
 * where tools differ: nobody knows which one makes the site.
 */
export function slugAfter(anchor: string, old: string, now: string): string | undefined {
  const fitting = SLUGS.filter((slug) => slug(old) === anchor);
  const [name, ...others] = new Set(fitting.map((slug) => slug(now)));
  return name === '' || others.length > 0 ? undefined : name;
}

/** Letters and digits alone: all tools agree on these. */
const loose = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

const ASCII = (text: string): string => text.normalize('NFKD').replace(/[^\x20-\x7e]/g, '');

/** The place that an anchor may lead to by the ways of any tool. */
export function placeOf({ headings, named }: PageAnchors, anchor: string): PlaceOnPage | undefined {
  const own = named.find(({ text }) => text.toLowerCase() === anchor.toLowerCase());
  if (own) return own;
  const wanted = new Set([loose(anchor), loose(anchor.replace(/[-_]\d+$/, ''))]);
  return headings.find(({ text }) => {
    const seen = plain(text);
    const spelled = [
      seen,
      ASCII(seen),
      seen.replace(/:\w+:/g, ''),
      text,
      seen.replace(/&\w+;/g, ''),
    ];
    return spelled.some((one) => wanted.has(loose(one)));
  });
}
