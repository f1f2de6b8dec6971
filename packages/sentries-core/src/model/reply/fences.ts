/** A fenced block of a reply. */
export interface Fenced {
  readonly language: string;
  readonly text: string;
  /** The line of its first fence, from 0. */
  readonly line: number;
  readonly isClosed: boolean;
}

const OPENING = /^([ \t]{0,12})(?:[-*>]\s|\d+\.\s)?(`{3,}|~{3,})[ \t]*([^`\n]*)$/;

/** The fenced blocks of a text, outermost ones only. A fence ends with the same characters, as many or more. */
export function fencedBlocks(text: string): Fenced[] {
  const lines = text.split('\n');
  const found: Fenced[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const opening = OPENING.exec(lines[at]!);
    if (!opening) continue;
    const [, indent = '', fence = '', info = ''] = opening;
    const end = closing(lines, at + 1, fence);
    const body = lines.slice(at + 1, end);
    found.push({
      language: /^[\w+#.-]*/.exec(info.trim().toLowerCase())![0],
      text: body
        .map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line))
        .join('\n'),
      line: at,
      isClosed: end < lines.length,
    });
    at = end;
  }
  return found;
}

/** The line that closes a fence; the number of lines where none does. */
function closing(lines: readonly string[], from: number, fence: string): number {
  for (let at = from; at < lines.length; at += 1) {
    const line = lines[at]!.trim();
    if (line.length >= fence.length && line === fence[0]!.repeat(line.length)) return at;
  }
  return lines.length;
}

/** The inside of a text that is one fenced block as a whole; else the text. */
export function unfenced(text: string): string {
  const lines = text.trim().split('\n');
  const fence = /^(`{3,}|~{3,})[\w+#.-]*$/.exec(lines[0]!.trim())?.[1];
  if (!fence || lines.length < 3 || lines.at(-1)!.trim() !== fence) return text;
  return lines.slice(1, -1).join('\n');
}
