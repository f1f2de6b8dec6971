/** Lines of a table with aligned columns: the first to the left, the others to the right. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const all = [header, ...rows];
  const widths = header.map((_, column) => Math.max(...all.map((row) => row[column]!.length)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!),
      )
      .join('  ');
  return [line(header), widths.map((width) => '─'.repeat(width)).join('  '), ...rows.map(line)];
}

/** A table with its title, and notes on what stands in it. */
export interface Section {
  readonly title: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly notes: readonly string[];
}

/** Lines for a terminal, or of Markdown. */
export function sectionLines(section: Section, markdown: boolean): string[] {
  const { title, header, rows, notes } = section;
  if (!markdown) {
    const plain = rows.map((row) => row.map((cell) => cell.replaceAll('**', '')));
    return [title, '', ...table(header, plain), ...(notes.length > 0 ? ['', ...notes] : []), ''];
  }
  const line = (row: readonly string[]): string => `| ${row.map(escaped).join(' | ')} |`;
  const rule = header.map((_, column) => (column === 0 ? ':--' : '--:'));
  const marked = notes.map((note) => `- ${escaped(note)}`);
  return [
    `### ${title}`,
    '',
    line(header),
    line(rule),
    ...rows.map(line),
    '',
    ...(marked.length > 0 ? [...marked, ''] : []),
  ];
}

const escaped = (text: string): string => text.replace(/[|<>_`]/g, '\\$&');

/** @throws RangeError for no values. */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError('no values');
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return Number.isInteger(middle)
    ? (sorted[middle - 1]! + sorted[middle]!) / 2
    : sorted[Math.floor(middle)]!;
}

export const percent = (part: number, whole: number): string =>
  whole === 0 ? '—' : `${Math.round((100 * part) / whole)} %`;

export const oneLine = (text: string, limit: number): string => {
  const flat = text.replace(/\s+/g, ' ').trim();
  return flat.length > limit ? `${flat.slice(0, limit - 1)}…` : flat;
};
