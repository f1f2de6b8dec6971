import { code, fenced, prose, quoted } from './inline';
import type { RunRecord } from './run-record';
import { NOTES, viewOf, type FailureView, type Piece } from './view';

/** `report.md`: the run for people, suspected regressions first. */
export function markdownReport(record: RunRecord): string {
  const { title, result, summary, base, head, error, groups, notes, patch } = viewOf(record);
  const lines = [`# ${title}`, '', `**${result}** · ${summary}`, ''];
  lines.push(`Change: \`${base}\` → \`${head}\``, '');
  if (error) lines.push(...quoted(`${error.message}\n\n${error.hint}`), '');
  for (const group of groups)
    lines.push(`## ${group.title}`, '', ...group.failures.flatMap(section));
  if (notes.length > 0)
    lines.push(
      `## ${NOTES}`,
      '',
      ...notes.map(({ place, says }) => `- ${code(place)}: ${prose(says)}`),
      '',
    );
  if (patch) lines.push('## Patch', '', inLine(patch.line), '', `Verified: ${patch.verified}`, '');
  return lines.join('\n');
}

function section({ id, reason, how, points, exception }: FailureView): string[] {
  const lines = [`### ${code(id)}`, '', prose(reason), ''];
  if (how !== null) lines.push(how, '');
  lines.push(...points.map((point) => `- ${inLine(point)}`));
  return [...lines, '', ...fenced(exception), ''];
}

const inLine = (pieces: readonly Piece[]): string =>
  pieces.map((piece) => (typeof piece === 'string' ? piece : code(piece.code))).join('');
