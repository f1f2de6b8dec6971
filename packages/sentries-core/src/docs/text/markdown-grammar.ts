import { GFM, parser, type MarkdownConfig } from '@lezer/markdown';

/** A node of a Markdown tree; its offsets are UTF-16 code units. */
export type MarkdownNode = ReturnType<typeof parser.parse>['topNode'];

/** MkDocs' blocks, whose text is indented: `!!! note`, `??? tip "Title"`, `=== "Tab"`. */
const INDENTED = /^(?:!!!|\?\?\?\+?|===[!+]?) +\S/;
const INDENT = 4;

const mkdocs: MarkdownConfig = {
  defineNodes: [
    {
      name: 'IndentedBlock',
      block: true,
      composite(_context, line, column) {
        const isBlank = line.pos >= line.text.length;
        if (!isBlank && line.indent < column) return false;
        line.moveBaseColumn(column);
        return true;
      },
    },
  ],
  parseBlock: [
    {
      name: 'IndentedBlock',
      before: 'IndentedCode',
      parse(context, line) {
        if (!INDENTED.test(line.text.slice(line.pos))) return false;
        context.startComposite('IndentedBlock', context.lineStart + line.pos, line.indent + INDENT);
        context.nextLine();
        return true;
      },
      endLeaf: (_context, line) => INDENTED.test(line.text.slice(line.pos)),
    },
  ],
};

const documents = parser.configure([GFM, mkdocs]);

/** The tree of a CommonMark text with GFM's tables and MkDocs' blocks. It takes any text. */
export const markdownTree = (text: string): MarkdownNode => documents.parse(text).topNode;

/** The children of a node of some types; of all where none are named. */
export function childrenOf(node: MarkdownNode, ...types: string[]): MarkdownNode[] {
  const found: MarkdownNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling)
    if (types.length === 0 || types.includes(child.name)) found.push(child);
  return found;
}
