import { loadGrammar } from '../../python/grammar';
import { parts, type Node } from '../../python/syntax';
import { plainLines, type Excerpt } from './excerpt';
import {
  isCounterExample,
  isHistoryHeading,
  isPastHeading,
  isPastPassage,
  leadsIntoHistory,
  PAST_DIRECTIVES,
} from './past';
import type { Piece, Place, Take } from './piece';
import { languageOf, listedDocuments, nameIn, trimmed } from './markup';
import { gluedFields } from './rst-fields';
import { RstInline } from './rst-inline';
import {
  CODE,
  described,
  directiveAt,
  NAMING,
  OBJECT,
  OPAQUE,
  type DirectiveLines,
} from './rst-directives';

let parse: Awaited<ReturnType<typeof loadGrammar>> | undefined;

/** Loads the grammar, once per process. Must be awaited before {@link readRst} is called. */
export async function loadRst(): Promise<void> {
  parse ??= await loadGrammar('tree-sitter-rst.wasm');
}

/** Reads a reStructuredText, Sphinx's directives and roles included. */
export function readRst(document: Excerpt, around: Place, take: Take): void {
  new RstReader(document, around, take).read();
}

/** What belongs to the paragraph before it. */
const LED =
  /^(bullet_list|enumerated_list|definition_list|literal_block|doctest_block|block_quote)$/;
const LED_DIRECTIVE = /^\.\. (code|sourcecode|doctest|list-table|csv-table|ipython|prompt)/;

type Extent = Pick<Node, 'startIndex' | 'endIndex'>;

/**
 * A text in which paragraphs end in `::` that have it on a line of its own, without a blank one before: the grammar knows only
 * those. Nothing changes its place.
 */
const withEnds = (text: string): string =>
  text.replace(
    /^([ \t]*)(\S.*)\n(?=\1::[ \t]*\n[ \t]*\n)/gm,
    (lines: string, indent: string, line: string) =>
      /^([^\w\s])\1*\s*$|^\.\. /.test(line) ? lines : `${indent}${line} `,
  );

class RstReader {
  readonly #text: string;
  readonly #inline: RstInline;
  /** The characters that underline headings, by level, as they come. */
  readonly #adornments: string[] = [];
  #headings: { level: number; text: string }[] = [];
  #module: string | null;
  /** Up to here a directive has been read already. */
  #until = 0;

  constructor(
    private readonly document: Excerpt,
    private readonly around: Place,
    private readonly take: Take,
  ) {
    this.#text = withEnds(plainLines(document.text));
    this.#inline = new RstInline(document, this.#text, take);
    this.#module = around.module;
  }

  read(): void {
    if (!parse) throw new Error('loadRst() must be awaited first');
    const tree = parse(this.#text);
    this.inside(tree.rootNode, this.around);
    // The memory of a tree is not JavaScript's.
    tree.delete();
  }

  private visit(node: Node, place: Place): void {
    switch (node.type) {
      case 'section':
        return this.heading(node, place);
      case 'directive':
        return this.directive(node, place);
      case 'literal_block':
        return this.#inline.block(node, null, this.codeAt(node, place));
      case 'doctest_block':
        return this.#inline.block(node, 'pycon', this.codeAt(node, place));
      case 'field':
        return this.field(node, place);
      case 'paragraph':
        return this.paragraph(node, place);
      case 'comment':
        return;
      case 'list_item':
        this.entry(node, place);
        return this.inside(node, { ...place, part: 'list' });
      case 'term':
      case 'classifier':
      case 'target':
      case 'substitution_definition':
        return this.#inline.read(node, this.at(node, place));
      default:
        return this.inside(node, place);
    }
  }

  private inside(node: Node, place: Place): void {
    let lead = '';
    for (const child of parts(node)) {
      if (child.startIndex < this.#until) continue;
      const isLed =
        LED.test(child.type) || (child.type === 'directive' && LED_DIRECTIVE.test(child.text));
      // A list or an example goes on with what the paragraph before it says.
      const isPast = place.isPast || (isLed && isPastPassage(lead));
      const isHistory = place.isHistory || (isLed && leadsIntoHistory(lead));
      const isCounter = isLed && !child.type.includes('list') && isCounterExample(lead);
      this.visit(child, { ...place, isPast, isHistory, ...(isCounter && { isCounter }) });
      if (child.type === 'paragraph') lead = child.text;
      else if (!isLed && child.type !== 'comment') lead = '';
    }
  }

  private at(node: Extent, place: Place): Place {
    const headings = [...this.around.headings, ...this.#headings.map(({ text }) => text)];
    const passage = this.cut(node);
    const isPast = place.isPast || headings.some(isPastHeading) || isPastPassage(passage.text);
    const isHistory = place.isHistory || headings.some(isHistoryHeading);
    const named = this.#headings.map(({ text }) => nameIn(text)).findLast((name) => name !== null);
    const describes = place.describes ?? named ?? null;
    return { ...place, headings, passage, isPast, isHistory, describes, module: this.#module };
  }

  /** What an example says in its comments makes it doubtful, and nothing of the past. */
  private codeAt(node: Node, place: Place): Place {
    const own = this.at(node, place);
    const isPast = place.isPast || own.headings.some(isPastHeading);
    return { ...own, isPast, ...(own.isPast && !isPast && { isCounter: true }) };
  }

  private heading(node: Node, place: Place): void {
    const title = parts(node).find(({ type }) => type === 'title');
    if (!title) return;
    const adornment = node.text.trimEnd().at(-1) ?? '';
    if (!this.#adornments.includes(adornment)) this.#adornments.push(adornment);
    const level = this.#adornments.indexOf(adornment);
    this.#headings = this.#headings.filter((other) => other.level < level);
    this.#inline.read(title, { ...this.at(title, place), part: 'heading' });
    this.#headings.push({ level, text: title.text });
  }

  private paragraph(node: Node, place: Place): void {
    const own = this.at(node, place);
    if (/^\s*(\+[-=+]{3}|={2,}( |$))/m.test(node.text.slice(0, 200)))
      return this.#inline.table(node, own);
    this.#inline.read(node, own);
    for (const { name, body } of gluedFields(node.text, node.startIndex)) {
      const extent = { startIndex: name.start - 1, endIndex: body.end };
      this.take({
        kind: 'field',
        name: this.document.pick([name]),
        body: this.document.pick([body]),
        place: { ...this.at(extent, place), part: 'field' },
      });
    }
  }

  private field(node: Node, place: Place): void {
    const [name, body] = ['field_name', 'field_body'].map((type) =>
      parts(node).find((child) => child.type === type),
    );
    const own: Place = { ...this.at(node, place), part: 'field' };
    if (name) {
      const end = { start: node.endIndex, end: node.endIndex };
      const text = body ? this.cut(body) : this.document.pick([end]);
      this.take({ kind: 'field', name: this.cut(name), body: text, place: own });
    }
    if (body) this.inside(body, own);
  }

  /** An entry of a list that begins with a literal. */
  private entry(item: Node, place: Place): void {
    const children = parts(item).flatMap((child) => [child, ...parts(child)]);
    const paragraph = children.find(({ type }) => type === 'paragraph' || type === 'term');
    const first = paragraph && parts(paragraph)[0];
    if (!first || !/^(literal|strong)$/.test(first.type)) return;
    if (first.startIndex !== paragraph.startIndex) return;
    const term = trimmed(this.document, first.startIndex + 2, first.endIndex - 2);
    const text = this.document.pick([{ start: first.endIndex, end: paragraph.endIndex }]);
    const own: Place = { ...this.at(paragraph, place), part: 'list' };
    this.take({ kind: 'entry', term, cells: [{ column: null, text }], place: own });
  }

  private directive(node: Node, place: Place): void {
    const lines = directiveAt(this.#text, node.startIndex);
    if (!lines) return;
    this.#until = lines.content.end;
    const { name } = lines;
    if (OPAQUE.test(name)) return;
    const whole = this.at(node, place);
    const argument = this.document.pick(lines.argument);
    const content = this.document.dedented(lines.content);
    // Each passage within tells for itself when it is from; what is said first is said of the directive's subject.
    const isPastAround = place.isPast || whole.headings.some(isPastHeading);
    const first = `${argument.text}\n${content.text.trimStart().split(/\n\s*\n/, 1)[0]!}`;
    const isPast = isPastAround || PAST_DIRECTIVES.has(name);
    const isHistory = whole.isHistory || PAST_DIRECTIVES.has(name);
    const own: Place = {
      ...whole,
      part: 'directive',
      isPast: isPast || isPastPassage(first),
      isHistory,
    };
    if (/^(current)?module$/.test(name))
      this.#module = argument.text === 'None' ? null : argument.text;
    if (CODE.test(name)) {
      const isPython = /^(ipython|doctest|test)/.test(name);
      const language = isPython ? 'pycon' : languageOf(argument.text);
      return this.take({ kind: 'block', language, text: content, place: this.codeAt(node, place) });
    }
    this.take(this.named(lines, argument, own));
    if (name === 'toctree') {
      for (const text of listedDocuments(content))
        this.take({ kind: 'role', role: name, text, place: own });
      return;
    }
    const isObject = OBJECT.test(name);
    const inner: Place = {
      ...own,
      ...(isObject && {
        describes: described(argument.text, place.describes, name),
        directive: name,
      }),
      ...{ part: 'prose', isPast, module: this.#module },
    };
    const isText = !isObject && !NAMING.test(name) && lines.options.length === 0;
    readRst(isText ? this.document.dedented(lines.whole) : content, inner, this.take);
  }

  private named(
    { name, options, isOneOfSeveral }: DirectiveLines,
    argument: Excerpt,
    place: Place,
  ): Piece {
    const given = options.map((one) => ({
      name: one.name,
      value: this.document.pick([one.value]),
    }));
    return { kind: 'directive', name, argument, isOneOfSeveral, options: given, place };
  }

  private cut({ startIndex, endIndex }: Extent): Excerpt {
    return this.document.pick([{ start: startIndex, end: endIndex }]);
  }
}
