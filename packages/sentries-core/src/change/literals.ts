import { diffArrays, type ArrayChange } from 'diff';
import {
  enclosing,
  parts,
  spanOf,
  type Node,
  type PythonSource,
  type Span,
} from '../python/syntax';
import { stringContent } from '../python/value';
import type { ChangedFile } from './changed-file';
import { hunksOf, type LineRange } from './line-hunks';
import { tokensWithin, type Token } from './tokens';

/** A literal that the change replaced by another one at the same place. */
export interface LiteralChange {
  readonly file: string;
  readonly oldLine: number;
  readonly newLine: number;
  readonly oldText: string;
  readonly newText: string;
  /**
   * Strings are given by their content (of an f-string: of one piece between braces). An `exception` is the
   * class that a `raise` or a warning names, wherever its file names it; a `member` the name after a class, as of an enum.
   */
  readonly kind: 'string' | 'number' | 'constant' | 'exception' | 'member';
  readonly old: string;
  readonly new: string;
  /** Where each stands, and how it is written there. */
  readonly span: Span;
  readonly newToken: string;
  readonly oldSpan: Span;
  readonly oldToken: string;
}

const LITERALS: Readonly<Record<string, LiteralChange['kind']>> = {
  string_content: 'string',
  integer: 'number',
  float: 'number',
  true: 'constant',
  false: 'constant',
  none: 'constant',
};

/** More replaced tokens than this in one hunk are a rewrite, in which nothing stands for anything. */
const MAX_EDITS = 400;

/**
 * The literals that a file's change replaced one for one.
 *
 * In each hunk, both sides are cut into tokens, a string's content being one; a run of tokens that the diff
 * replaces by a run of equal length pairs them in order. A longer or shorter run pairs nothing: what stands
 * for what would be a guess.
 */
export function literalChanges(file: ChangedFile): LiteralChange[] {
  if (!file.old || !file.new) return [];
  const { old, new: now } = file;
  const found = replacedForGood(
    hunksOf(file).flatMap((hunk) =>
      replacements(within(old, hunk.old), within(now, hunk.new)).flatMap(([removed, added]) =>
        pairs(file, old, now, removed, added),
      ),
    ),
  );
  // A class is the exception that was exchanged only if a `raise` or a warning names it.
  const raised = new Set(found.filter(({ span }) => isRaised(now, span)).map(exchange));
  return found.filter((one) => one.kind !== 'exception' || raised.has(exchange(one)));
}

const exchange = ({ old, new: now }: LiteralChange): string => `${old} → ${now}`;

/** Without those that only changed places, as swapped arguments do: nothing says which order was meant. */
function replacedForGood(found: readonly LiteralChange[]): LiteralChange[] {
  /** Whether one replacement after the other leads from what one made to what it was made from. */
  const comesBack = ({ kind, old, new: now }: LiteralChange): boolean => {
    const reached = new Set([now]);
    for (const value of reached)
      for (const next of found) if (next.kind === kind && next.old === value) reached.add(next.new);
    return reached.has(old);
  };
  return found.filter((one) => !comesBack(one));
}

function isRaised(source: PythonSource, span: Span): boolean {
  const node = source.nodeAt(span);
  return raiseOf(node) !== undefined || isCategory(node);
}

/** The class in `warnings.warn(text, Class)`. */
function isCategory(name: Node): boolean {
  let at = name;
  if (at.parent?.type === 'attribute' && isField(at, 'attribute')) at = at.parent;
  const { parent } = at;
  const isNamed = parent?.type === 'keyword_argument' && isField(at, 'value');
  if (isNamed && parent.childForFieldName('name')?.text !== 'category') return false;
  const list = isNamed ? parent.parent : parent;
  const call = list?.type === 'argument_list' ? list.parent : null;
  return (
    /(^|\.)warn$/.test(call?.childForFieldName('function')?.text ?? '') &&
    (isNamed || parts(list!)[1]?.id === at.id)
  );
}

/** The `raise` whose class a name is: of `raise module.Name(…) from error`, that is `Name`. */
function raiseOf(name: Node): Node | undefined {
  let at = name;
  if (at.parent?.type === 'attribute' && isField(at, 'attribute')) at = at.parent;
  if (at.parent?.type === 'call' && isField(at, 'function')) at = at.parent;
  const parent = at.parent;
  return parent?.type === 'raise_statement' && !isField(at, 'cause') ? parent : undefined;
}

const isField = (node: Node, field: string): boolean =>
  node.parent?.childForFieldName(field)?.id === node.id;

function within(source: PythonSource, { start, end }: LineRange): Token[] {
  const { lines } = source;
  return tokensWithin(source, lines.lineStart(start), lines.lineStart(end));
}

/** The runs of tokens that became runs of equal length. */
function replacements(before: readonly Token[], after: readonly Token[]): [Token[], Token[]][] {
  const comparator = (one: Token, other: Token): boolean => one.text === other.text;
  // Undefined past the limit, whatever the library's types say.
  const runs: ArrayChange<Token>[] | undefined = diffArrays<Token>([...before], [...after], {
    comparator,
    maxEditLength: MAX_EDITS,
  });
  const found: [Token[], Token[]][] = [];
  let removed: Token[] = [];
  for (const part of runs ?? []) {
    if (part.added && removed.length === part.count) found.push([removed, part.value]);
    removed = part.removed ? part.value : [];
  }
  return found;
}

function pairs(
  file: ChangedFile,
  old: PythonSource,
  now: PythonSource,
  removed: readonly Token[],
  added: readonly Token[],
): LiteralChange[] {
  return removed.flatMap((token, at) => {
    const other = added[at]!;
    const kind = kindOf(token.node);
    if (!kind || kind !== kindOf(other.node) || token.text === other.text) return [];
    // An index or a key says where a value is, not what it is.
    if (isIndex(other.node)) return [];
    const value = (node: Node): string => (kind === 'string' ? stringContent(node) : node.text);
    const oldLine = old.lineOf(token.node);
    const newLine = now.lineOf(other.node);
    return [
      {
        file: file.path,
        oldLine,
        newLine,
        oldText: old.lines.line(oldLine).trim(),
        newText: now.lines.line(newLine).trim(),
        kind,
        old: value(token.node),
        new: value(other.node),
        span: spanOf(other.node),
        newToken: other.text,
        oldSpan: spanOf(token.node),
        oldToken: token.text,
      },
    ];
  });
}

function kindOf(node: Node): LiteralChange['kind'] | undefined {
  if (node.type !== 'identifier') return LITERALS[node.type];
  if (
    raiseOf(node) ||
    isCategory(node) ||
    enclosing(node, 'import_from_statement', 'except_clause')
  ) {
    return 'exception';
  }
  const owner = isField(node, 'attribute') ? node.parent!.childForFieldName('object') : null;
  return owner && /(^|\.)[A-Z]\w*$/.test(owner.text) ? 'member' : undefined;
}

function isIndex(node: Node): boolean {
  const literal = node.type === 'string_content' ? node.parent : node;
  const parent = literal?.parent;
  if (parent?.type === 'slice') return true;
  return parent?.type === 'subscript' && parent.childForFieldName('value')?.id !== literal?.id;
}
