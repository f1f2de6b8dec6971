import type { Span } from '../../python/syntax';

/** A field on a line of its own, by what stands between its colons; none at the begin of a text. */
const FIELD_LINE = /(?<=\n)[ \t]*:([a-z][^:\n`]*):(?=\s)/g;
const TELLING =
  /^(?:param|parameter|arg|argument|key|keyword|kwarg|type|paramtype|raises?|except|exception)[ \t]|^rtype$/;

/**
 * Fields that no blank line sets apart from the text before them: docutils reads on, people mean fields.
 *
 * @param start Where the paragraph begins in its document; spans are of that.
 */
export function gluedFields(paragraph: string, start: number): { name: Span; body: Span }[] {
  const lines = [...paragraph.matchAll(FIELD_LINE)];
  return lines.flatMap(({ 0: line, 1: name, index }, at) => {
    if (!TELLING.test(name!)) return [];
    const from = start + index + line.indexOf(name!);
    const middle = from + name!.length;
    const next = lines[at + 1];
    const end = start + (next ? next.index : paragraph.length);
    return [{ name: { start: from, end: middle }, body: { start: middle + 1, end } }];
  });
}
