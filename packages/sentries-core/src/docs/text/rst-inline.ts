import { parts, type Node } from '../../python/syntax';
import { lineSpans, type Excerpt } from './excerpt';
import { localName, roleTarget, trimmed } from './markup';
import { leadsIntoHistory } from './past';
import type { Place, Take } from './piece';

/** Reads what stands within the paragraphs of a reStructuredText. */
export class RstInline {
  /** @param text The document's own, as the grammar reads it: places in it are those in the document. */
  constructor(
    private readonly document: Excerpt,
    private readonly text: string,
    private readonly take: Take,
  ) {}

  /** Tables are plain text to the grammar. */
  table(node: Node, place: Place): void {
    for (const { start, end } of lineSpans(this.text, node.startIndex, node.endIndex)) {
      const line = this.text.slice(start, end);
      for (const match of line.matchAll(/(?::([\w:.+-]+):)?(``?)([^`]+)\2/g)) {
        const from = start + match.index + match[0].length - match[2]!.length - match[3]!.length;
        const text = this.document.pick([{ start: from, end: from + match[3]!.length }]);
        const own: Place = { ...place, part: 'table' };
        if (match[1] !== undefined) this.role(match[1], text, own);
        else if (match[2] === '``') this.take({ kind: 'literal', text, place: own });
      }
    }
  }

  /** The literals, roles and links of a text, and the blocks in it. */
  read(node: Node, place: Place): void {
    for (const child of parts(node)) {
      if (child.type === 'literal') {
        const text = trimmed(this.document, child.startIndex + 2, child.endIndex - 2);
        this.take({ kind: 'literal', text, place });
      } else if (child.type === 'interpreted_text') this.interpreted(child, place);
      else if (child.type === 'reference' || child.type === 'link') this.link(child, place);
      else if (child.type === 'literal_block') {
        const lead = node.text.slice(0, child.startIndex - node.startIndex);
        const isHistory = place.isHistory || leadsIntoHistory(lead);
        this.block(child, null, { ...place, isHistory });
      } else this.read(child, place);
    }
  }

  /** A block of code, without its indent. */
  block(node: Node, language: string | null, place: Place): void {
    const text = this.document.dedented({ start: node.startIndex, end: node.endIndex });
    this.take({ kind: 'block', language, text, place });
  }

  private interpreted(node: Node, place: Place): void {
    const role = parts(node).find(({ type }) => type === 'role');
    const written = node.text;
    const open = node.startIndex + written.indexOf('`') + 1;
    const close = node.startIndex + written.lastIndexOf('`');
    if (close < open) return;
    const text = this.document.pick([{ start: open, end: close }]);
    if (role) this.role(role.text.replace(/^:|:$/g, ''), text, place);
    else this.take({ kind: 'plain', text: roleTarget(text), place });
  }

  private role(name: string, text: Excerpt, place: Place): void {
    // A role of code is a literal by another name.
    if (/^(code|literal|python|py)$/.test(name)) this.take({ kind: 'literal', text, place });
    else this.take({ kind: 'role', role: localName(name), text: roleTarget(text), place });
  }

  private link(node: Node, place: Place): void {
    const found =
      node.type === 'link' ? /^\s*(\S+)\s*$/.exec(node.text) : /<([^<>\s]+)>`_+$/.exec(node.text);
    if (!found || /^`?.*`?_$/.test(found[1]!)) return;
    const start = node.startIndex + node.text.lastIndexOf(found[1]!);
    const text = this.document.pick([{ start, end: start + found[1]!.length }]);
    this.take({ kind: 'link', text, place });
  }
}
