import { plainLines, type Excerpt } from './excerpt';
import { childrenOf, markdownTree, type MarkdownNode } from './markdown-grammar';
import { languageOf, listedDocuments, localName, nameIn, roleTarget, trimmed } from './markup';
import {
  isCitation,
  isCounterExample,
  isHistoryHeading,
  isPastHeading,
  isPastPassage,
  leadsIntoHistory,
  PAST_DIRECTIVES,
} from './past';
import type { Piece, Place, Take } from './piece';
import { readRst } from './rst';

/** Reads a Markdown text: CommonMark, GFM, MkDocs' blocks, MyST's roles and directives. */
export function readMarkdown(document: Excerpt, around: Place, take: Take): void {
  new MarkdownReader(document, around, take).read();
}

const FRONT_MATTER = /^\s*?---[ \t]*\n[^]*?\n(?:---|\.\.\.)[ \t]*(?=\n|$)/;

const TAB_OF_LIST = /^([ \t>]*(?:[-*+]|\d{1,9}[.)]))\t/gm;

class MarkdownReader {
  readonly #text: string;
  /** Headings so far, by their level. */
  #headings: { level: number; text: string; names: string | null }[] = [];

  constructor(
    private readonly document: Excerpt,
    private readonly around: Place,
    private readonly take: Take,
  ) {
    // The parser miscounts a tab behind a list's mark; a blank means the same.
    const text = plainLines(document.text).replace(TAB_OF_LIST, '$1 ');
    // What stands before the text is data, and may not be taken for a heading.
    this.#text = text.replace(FRONT_MATTER, (data) => data.replace(/[^\n]/g, ' '));
  }

  read(): void {
    this.visit(markdownTree(this.#text), this.around);
  }

  private visit(node: MarkdownNode, place: Place): void {
    switch (node.name) {
      case 'FencedCode':
        return this.fence(node, this.codeAt(node, place));
      case 'CodeBlock':
        return this.block(childrenOf(node, 'CodeText'), null, this.codeAt(node, place));
      case 'HTMLBlock':
      case 'CommentBlock':
      case 'ProcessingInstructionBlock':
        return;
      case 'ListItem':
        this.entry(node, place);
        return this.inside(node, { ...place, part: 'list' });
      case 'Table':
        return this.table(node, place);
      case 'Paragraph':
        this.autodoc(node, place);
        return this.inline(node, this.at(node, place));
      case 'Blockquote': {
        const isCited = isCitation(this.#text.slice(node.from, node.to));
        const [isPast, isHistory] = [place.isPast || isCited, place.isHistory || isCited];
        return this.inside(node, { ...place, isPast, isHistory });
      }
      case 'LinkReference':
        return this.inline(node, this.at(node, place));
      default:
        if (/^(ATX|Setext)Heading\d$/.test(node.name)) this.heading(node, place);
        else this.inside(node, place);
    }
  }

  private inside(node: MarkdownNode, place: Place): void {
    let lead = '';
    for (const child of childrenOf(node)) {
      const isList = /^(Bullet|Ordered)List$|^Table$/.test(child.name);
      const isLed = isList || /^(Fenced)?Code(Block)?$/.test(child.name);
      // A list or an example goes on with what the paragraph before it says.
      const isPast = place.isPast || (isLed && isPastPassage(lead));
      const isHistory = place.isHistory || (isLed && leadsIntoHistory(lead));
      const isCounter = isLed && !isList && isCounterExample(lead);
      this.visit(child, { ...place, isPast, isHistory, ...(isCounter && { isCounter }) });
      if (child.name === 'Paragraph') lead = this.#text.slice(child.from, child.to);
      else if (!isLed) lead = '';
    }
  }

  /** The place of a passage under the headings so far. */
  private at({ from, to }: { from: number; to: number }, place: Place): Place {
    const headings = [...this.around.headings, ...this.#headings.map(({ text }) => text)];
    const passage = this.document.pick([{ start: from, end: to }]);
    const isPast = place.isPast || headings.some(isPastHeading) || isPastPassage(passage.text);
    const isHistory = place.isHistory || headings.some(isHistoryHeading);
    const named = this.#headings.findLast(({ names }) => names !== null)?.names;
    const describes = named ?? this.around.describes;
    return { ...place, headings, passage, isPast, isHistory, describes };
  }

  /** What an example says in its comments makes it doubtful, and nothing of the past. */
  private codeAt(node: MarkdownNode, place: Place): Place {
    const own = this.at(node, place);
    const isPast = place.isPast || own.headings.some(isPastHeading);
    return { ...own, isPast, ...(own.isPast && !isPast && { isCounter: true }) };
  }

  private heading(node: MarkdownNode, place: Place): void {
    const level = Number(node.name.at(-1));
    const text = this.#text.slice(node.from, node.to).replace(/^#+\s*|\s*#*\s*$|\n[=-]+\s*$/g, '');
    this.#headings = this.#headings.filter((other) => other.level < level);
    this.inline(node, { ...this.at(node, place), part: 'heading' });
    this.#headings.push({ level, text, names: nameIn(text) });
  }

  /** Inline code, roles and links of a paragraph or the like. */
  private inline(node: MarkdownNode, place: Place): void {
    for (const child of childrenOf(node)) {
      if (child.name === 'InlineCode') this.code(child, place);
      else if (child.name === 'URL') this.emit({ kind: 'link', text: this.cut(child), place });
      else this.inline(child, place);
    }
  }

  private code(node: MarkdownNode, place: Place): void {
    const [open, close] = [node.firstChild, node.lastChild];
    if (!open || !close) return;
    const text = trimmed(this.document, open.to, close.from);
    const role = /\{([\w:.-]+)\}$/.exec(this.#text.slice(Math.max(0, node.from - 40), node.from));
    if (!role) return this.emit({ kind: 'literal', text, place });
    this.emit({ kind: 'role', role: localName(role[1]!), text: roleTarget(text), place });
  }

  private fence(node: MarkdownNode, place: Place): void {
    const info = childrenOf(node, 'CodeInfo')[0];
    const written = info ? this.#text.slice(info.from, this.lineEnd(info.from)).trim() : '';
    const lines = childrenOf(node, 'CodeText');
    const directive = /^\{([\w:.-]+)\}\s*(.*)$/.exec(written);
    if (!directive) return this.block(lines, languageOf(written), place);
    const name = localName(directive[1]!);
    const body = this.joined(lines);
    const start = info!.from + this.#text.slice(info!.from).indexOf(directive[2]!);
    const argument = this.document.pick([{ start, end: start + directive[2]!.length }]);
    const isOfVersion = PAST_DIRECTIVES.has(name);
    const inner = {
      ...place,
      isPast: place.isPast || isOfVersion,
      isHistory: place.isHistory || isOfVersion,
    };
    if (name === 'eval-rst') return readRst(body, inner, this.take);
    if (/^(code|code-block|code-cell|sourcecode|doctest|testcode|ipython)$/.test(name)) {
      // Behind the others stands a group, or nothing.
      const isPython = /^(code-cell|doctest|testcode|ipython)$/.test(name);
      const language = isPython ? 'python' : argument.text.trim();
      return this.block(lines, languageOf(language), inner);
    }
    this.emit({
      kind: 'directive',
      name,
      argument,
      isOneOfSeveral: false,
      options: [],
      place: inner,
    });
    if (name !== 'toctree') return readMarkdown(body, inner, this.take);
    for (const text of listedDocuments(body))
      this.emit({ kind: 'role', role: name, text, place: inner });
  }

  private block(lines: readonly MarkdownNode[], language: string | null, place: Place): void {
    this.emit({ kind: 'block', language, text: this.joined(lines), place });
  }

  private joined(lines: readonly MarkdownNode[]): Excerpt {
    const text = this.document.pick(lines.map(({ from, to }) => ({ start: from, end: to })));
    return text.dedented({ start: 0, end: text.text.length });
  }

  /** mkdocstrings: `::: package.module`. */
  private autodoc(node: MarkdownNode, place: Place): void {
    const text = this.#text.slice(node.from, node.to);
    for (const { 0: line, 1: name, index } of text.matchAll(/^::: +([\w.]+)[ \t]*$/gm)) {
      const end = node.from + index + line.trimEnd().length;
      this.emit({
        kind: 'directive',
        name: ':::',
        argument: this.document.pick([{ start: end - name!.length, end }]),
        isOneOfSeveral: false,
        options: [],
        place: this.at(node, place),
      });
    }
  }

  /** An entry of a list that begins with inline code. */
  private entry(item: MarkdownNode, place: Place): void {
    const paragraph = childrenOf(item, 'Paragraph', 'Task')[0];
    const first = paragraph && firstCode(paragraph, this.#text);
    if (!paragraph || !first) return;
    const text = this.document.pick([{ start: first.to, end: paragraph.to }]);
    const term = trimmed(this.document, first.firstChild!.to, first.lastChild!.from);
    this.emit({
      kind: 'entry',
      term,
      cells: [{ column: null, text }],
      place: { ...this.at(paragraph, place), part: 'list' },
    });
  }

  private table(node: MarkdownNode, place: Place): void {
    const cellsOf = (row: MarkdownNode): MarkdownNode[] => childrenOf(row, 'TableCell');
    const columns = childrenOf(node, 'TableHeader').flatMap((row) =>
      cellsOf(row).map(({ from, to }) => this.#text.slice(from, to).replace(/[*_`]/g, '').trim()),
    );
    for (const row of childrenOf(node, 'TableHeader', 'TableRow')) {
      const own: Place = { ...this.at(row, place), part: 'table' };
      const cells = cellsOf(row);
      const code = cells[0] && firstCode(cells[0], this.#text);
      if (row.name === 'TableRow' && code) {
        const rest = cells
          .slice(1)
          .map((cell) => ({ column: columns[cells.indexOf(cell)] ?? null, text: this.cut(cell) }));
        const term = trimmed(this.document, code.firstChild!.to, code.lastChild!.from);
        this.emit({
          kind: 'entry',
          term,
          cells: rest,
          place: { ...own, column: columns[0] ?? null },
        });
      }
      for (const [at, cell] of cells.entries())
        this.inline(cell, { ...own, column: columns[at] ?? null });
    }
  }

  private cut({ from, to }: MarkdownNode): Excerpt {
    return this.document.pick([{ start: from, end: to }]);
  }

  private lineEnd(at: number): number {
    const end = this.#text.indexOf('\n', at);
    return end < 0 ? this.#text.length : end;
  }

  private emit(piece: Piece): void {
    this.take(piece);
  }
}

/** Inline code with which a paragraph or a cell begins, bold or not. */
function firstCode(node: MarkdownNode, text: string): MarkdownNode | undefined {
  for (let at: MarkdownNode | null = node; at;) {
    if (at.name === 'InlineCode') return at;
    let child: MarkdownNode | null = at.firstChild;
    if (child?.name === 'EmphasisMark') child = child.nextSibling;
    if (!child || !/^[\s*_]*$/.test(text.slice(node.from, child.from))) return undefined;
    at = child;
  }
  return undefined;
}
