import type { Span } from '../python/syntax';
import type { DocFormat, Place } from './text/piece';

/** What a reference is, by its form and its place. */
export type ReferenceKind =
  /** A word alone, as code: `convert`. */
  | 'name'
  /** Words with dots: `Account.close`, `acme.money.convert`. */
  | 'dotted'
  /** What is called: the text is the callee, without its arguments. */
  | 'call'
  /** A name that an import in an example takes from a module. */
  | 'import'
  /** What a text documents: of `.. function:: convert(amount)`, `.. autoclass:: Account`. */
  | 'signature'
  /** A parameter in a signature, a docstring, a list or a table, or by keyword in a call. */
  | 'parameter'
  /** The value that a text says a parameter has by default. */
  | 'default'
  /** The type that a text says a function returns. */
  | 'return'
  /** The type of what a text says a function yields. */
  | 'yield'
  /** Of a command line: `--currency`. */
  | 'option'
  /** A variable of the environment. */
  | 'env'
  /** A file, or a folder, by its path. */
  | 'path'
  /** A module, where nothing else could stand: `.. automodule::`, `import …`, `python -m …`. */
  | 'module'
  /** An exception that is said to be raised. */
  | 'exception'
  /** A key of the project's configuration. */
  | 'config-key'
  /** A heading that a link leads to, by its anchor; or a label, by `:ref:`. */
  | 'anchor';

/** What says that a text names code, and which. */
export type Evidence =
  /** It is called, or written with parentheses. */
  | 'call'
  /** It has dots. */
  | 'dotted'
  /** A role or directive says that it is code. */
  | 'markup'
  /** Its first word was imported in the same example. */
  | 'import'
  /** An import of a name to which its example gives another meaning, too. */
  | 'rebound'
  /** Its first word was imported earlier on the page. */
  | 'page-import'
  /** Its first word was made by a call of the class in the same example. */
  | 'instance'
  /** What its first word stands for follows from other examples, from what calls give, or from a class that inherits. */
  | 'inferred'
  /** Its first word is a value of the example that nothing explains. */
  | 'unexplained'
  /** It stands in the docs of what it belongs to. */
  | 'owner'
  /** It stands in a docstring. */
  | 'docstring';

/** Where a reference stands. */
export interface ReferenceContext {
  readonly format: DocFormat;
  readonly part: Place['part'] | 'example' | 'link';
  /** The headings above, the outermost first. */
  readonly headings: readonly string[];
  /** The header of its column, in a table. */
  readonly column: string | null;
  /** The module that names are of, as the page says or as the docstring's file tells. */
  readonly module: string | null;
  /** What the text around documents, as the page names it. */
  readonly describes: string | null;
  /** The directive that says so: `function`, `class`. */
  readonly directive: string | null;
  /** The paragraph, example, directive or docstring around. */
  readonly passage: Span;
  /** The text around speaks of another version, or of what is not there. */
  readonly isPast: boolean;
  /** It tells for sure how it was: what is gone by now belongs there. */
  readonly isHistory: boolean;
  /** The text before it says that it is how not to do it: what is broken there may be meant to be. */
  readonly isCounter: boolean;
  /** The role or the directive that it stands in: `meth`, `autoclass`, `literalinclude`. */
  readonly markup: string | null;
}

/** How something is called. */
export interface CallShape {
  /** The whole call, from the callee to the closing parenthesis. */
  readonly extent: Span;
  readonly positional: number;
  readonly keywords: readonly string[];
  /** It has `*args`, `**options` or `…`: what else it is given is not known. */
  readonly isOpen: boolean;
}

/** A place in a text that names code. `text` is exactly what stands at `span`, a range of UTF-16 offsets. */
export interface Reference {
  /** From the root of the tree. */
  readonly file: string;
  readonly span: Span;
  /** From 1. */
  readonly line: number;
  readonly kind: ReferenceKind;
  readonly text: string;
  /**
   * What is looked for: a dotted name with what imports add, an option, a path, the name of a parameter. In examples a word of
   * a dotted name ends in parentheses where what it names is called: `acme.Client().get`.
   */
  readonly name: string;
  /** Of a parameter or a default: the dotted name of what takes it; of a type, of what returns it. Of an option: the command, if it is known. */
  readonly of: string | null;
  /** Of a default: the parameter that has it. */
  readonly parameter: string | null;
  readonly call: CallShape | null;
  readonly evidence: readonly Evidence[];
  /** The modules of which the page imports everything, where one of them may bring the first word of the name. */
  readonly stars: readonly string[];
  readonly context: ReferenceContext;
}

/** Where a name of code stands. */
export interface CodeSymbol {
  readonly kind:
    | 'module'
    | 'class'
    | 'function'
    | 'variable'
    | 'parameter'
    | 'return'
    | 'option'
    | 'env'
    | 'file'
    | 'heading'
    | 'label';
  /**
   * `acme.money.Account.close`; of a parameter, `acme.money.convert(amount)`; of what a call returns, `acme.money.convert()`; of
   * a heading, `docs/use.md#install`.
   */
  readonly name: string;
  /** From the root of the tree. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

/** What a reference means at a tree. */
export type Resolution =
  | {
      readonly kind: 'found';
      readonly symbol: CodeSymbol;
      /** It was found by its last word alone: something else has to speak for it. */
      readonly isGuess?: boolean;
    }
  | {
      readonly kind: 'broken';
      /** Completes "`acme.money.convrt` is broken: …". */
      readonly reason: string;
      /** What was looked into in vain. */
      readonly holder: CodeSymbol | null;
      /** Names that are there and alike, the nearest first; three at most. */
      readonly candidates: readonly CodeSymbol[];
      /**
       * `sure` where what it should be in is the project's own and known through and through; `likely`
       * where the text could mean something else.
       */
      readonly certainty: 'sure' | 'likely';
    }
  /** Of another package, a word, or nothing that could be told. */
  | { readonly kind: 'not ours'; readonly why: string };
