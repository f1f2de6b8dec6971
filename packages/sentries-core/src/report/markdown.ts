import { code, fenced, prose, quoted } from './inline';
import type { FailureRecord, Outcome, RunRecord } from './run-record';
import { verifiedBy } from './verified';

const TITLES: Readonly<Record<Outcome, string>> = {
  'suspected-regression': 'Suspected regressions: the code may be wrong',
  repaired: 'Repaired',
  unrepaired: 'Not repaired',
  flaky: 'Flaky',
  environment: 'The run itself is broken',
};

/** `report.md`: the run for people, suspected regressions first. */
export function markdownReport(record: RunRecord): string {
  const lines = [
    `# ${record.sentry}: ${record.project}`,
    '',
    `**${record.result}** · ${summary(record)}`,
    '',
  ];
  lines.push(`Change: \`${record.base ?? 'none'}\` → \`${record.head ?? 'working tree'}\``, '');
  if (record.error) lines.push(...quoted(`${record.error.message}\n\n${record.error.hint}`), '');
  for (const outcome of Object.keys(TITLES) as Outcome[]) {
    const failures = record.failures.filter((failure) => failure.outcome === outcome);
    if (failures.length === 0) continue;
    lines.push(`## ${TITLES[outcome]}`, '');
    for (const failure of failures) lines.push(...section(failure));
  }
  const notes = record.notes ?? [];
  if (notes.length > 0) lines.push('## Worth a look: no failures', '');
  for (const { file, line, says } of notes)
    lines.push(`- ${code(`${file}:${line}`)}: ${prose(says)}`);
  if (notes.length > 0) lines.push('');
  if (record.patch && record.verification) {
    const { files, added, removed } = record.patch;
    lines.push(
      '## Patch',
      '',
      `${files.length} file(s), +${added} −${removed}: ${files.map(code).join(', ')}`,
      '',
      `Verified: ${verifiedBy(record.verification)}`,
      '',
    );
  }
  return lines.join('\n');
}

/** `3 failures: 2 repaired, 1 suspected-regression`. */
export function summary({ failures }: RunRecord): string {
  if (failures.length === 0) return 'no failures';
  const counts = (Object.keys(TITLES) as Outcome[])
    .map(
      (outcome) =>
        [failures.filter((failure) => failure.outcome === outcome).length, outcome] as const,
    )
    .filter(([count]) => count > 0)
    .map(([count, outcome]) => `${count} ${outcome}`);
  return `${failures.length} failure${failures.length === 1 ? '' : 's'}: ${counts.join(', ')}`;
}

function section(failure: FailureRecord): string[] {
  const lines = [`### ${code(failure.id)}`, '', prose(failure.reason), ''];
  if (failure.tier) lines.push(`Tier: ${failure.tier} · strategy: ${failure.strategy}`, '');
  const shown = failure.outcome === 'repaired' ? '' : ' (not made)';
  for (const edit of failure.edits) {
    lines.push(`- ${edit.file}:${edit.line}${shown}: ${code(edit.before)} → ${code(edit.after)}`);
  }
  for (const { file, line, side, text, says } of failure.evidence) {
    lines.push(`- ${side} ${file}:${line}, ${says}: ${code(text)}`);
  }
  for (const { file, line, side, text } of failure.suspects) {
    const what = side === 'base' ? 'taken away where it runs' : 'changed, and executed';
    lines.push(`- ${side} ${file}:${line}, ${what}: ${code(text.trim())}`);
  }
  lines.push('', ...fenced(`${failure.exception.type}: ${failure.exception.message}`), '');
  return lines;
}
