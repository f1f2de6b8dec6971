import type { Excerpt } from './excerpt';

export type DocFormat = 'markdown' | 'rst' | 'docstring';

/** Where a piece of a document stands. */
export interface Place {
  readonly format: DocFormat;
  readonly part: 'prose' | 'heading' | 'list' | 'table' | 'directive' | 'field';
  /** The headings above it, the outermost first; a heading is not above itself. */
  readonly headings: readonly string[];
  /** The header of its column, in a table. */
  readonly column: string | null;
  /** The module that a directive said the names are of. */
  readonly module: string | null;
  /** What the text around documents, as a directive or a heading names it: `Client.get`. */
  readonly describes: string | null;
  /** The directive that says so: `function`, `class`. */
  readonly directive: string | null;
  /** The paragraph, the cells or the directive that it stands in. */
  readonly passage: Excerpt;
  /** The text around speaks of another version than the one at hand. */
  readonly isPast: boolean;
  /** Its section, its directive or what leads to it tells how it was, whatever its own words say. */
  readonly isHistory: boolean;
  /** The text before it says that it is how not to do it. */
  readonly isCounter?: boolean;
}

/** A part of a document that may name code. */
export type Piece = { readonly place: Place } & (
  | {
      /** Inline code; `plain` is RST's text in single backquotes, which may be anything. */
      readonly kind: 'literal' | 'plain';
      readonly text: Excerpt;
    }
  | {
      readonly kind: 'role';
      /** In lower case, without a domain: `func`, `meth`, `ref`. */
      readonly role: string;
      /** What it leads to, without a title, `~` and `!`. */
      readonly text: Excerpt;
    }
  | {
      readonly kind: 'block';
      /** In lower case; null where the document does not say. */
      readonly language: string | null;
      readonly text: Excerpt;
    }
  | {
      readonly kind: 'directive';
      /** In lower case, without a domain: `autoclass`, `function`, `include`; `:::` is mkdocstrings'. */
      readonly name: string;
      readonly argument: Excerpt;
      /** There are other signatures beside it: what holds for one need not hold for all. */
      readonly isOneOfSeveral: boolean;
      readonly options: readonly { readonly name: string; readonly value: Excerpt }[];
    }
  | {
      /** Where a link or an image leads. */
      readonly kind: 'link';
      readonly text: Excerpt;
    }
  | {
      /** A field of RST: `param int size` and its text. */
      readonly kind: 'field';
      readonly name: Excerpt;
      readonly body: Excerpt;
    }
  | {
      /** An entry of a list or a row of a table that begins with inline code, and what is said of it. */
      readonly kind: 'entry';
      readonly term: Excerpt;
      readonly cells: readonly { readonly column: string | null; readonly text: Excerpt }[];
    }
);

export type Take = (piece: Piece) => void;
