import { codeParts, type CodePart } from './code';
import { changelogsIn } from './past';

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
  /** What must stand there then: one of these; none where more than this place would have to change. */
  readonly after: string | readonly string[];
  /** It names the thing as code; of all other places where the word stands nothing is said. */
  readonly isNamed: boolean;
  /** Another place without which this one must stay as it is: the import of what it names then. */
  readonly with?: TruthPlace;
}

export interface Range {
  readonly start: number;
  readonly end: number;
}

export interface Section {
  readonly parts: readonly CodePart[];
  readonly range: Range;
  readonly docstring: DocstringLines | undefined;
}

const pasts = new WeakMap<DocPage, readonly Range[]>();

export function pastOf(page: DocPage): readonly Range[] {
  const known =
    pasts.get(page) ?? (page.docstrings ? [] : changelogsIn(page.text, isMarkdownFile(page.file)));
  pasts.set(page, known);
  return known;
}

export const isMarkdownFile = (file: string): boolean => /\.(md|markdown)$/i.test(file);

const sections = new WeakMap<DocPage, readonly Section[]>();

/** The text of a page, or its docstrings, each taken apart once. */
export function sectionsOf(page: DocPage): readonly Section[] {
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
