import { summary, type RunRecord } from 'sentries-core/task';

/** Says what happened, and whether the task succeeded. */
export function ended(
  record: RunRecord,
  { failOnRepair = false }: { readonly failOnRepair?: boolean },
): { success: boolean } {
  process.stdout.write(`\n${terminalReport(record)}\n`);
  return { success: succeeded(record, failOnRepair) };
}

function succeeded({ result }: RunRecord, failOnRepair: boolean): boolean {
  return result === 'green' || (result === 'repaired' && !failOnRepair);
}

const MARKS: Readonly<Record<string, string>> = { repaired: '✔', flaky: '~' };

/** What happened, in a few lines. */
export function terminalReport(record: RunRecord): string {
  const lines = [`${record.sentry} ${record.project}: ${record.result} (${summary(record)})`];
  if (record.error) lines.push(`  ${record.error.message}`, `  → ${record.error.hint}`);
  for (const { id, outcome, tier, reason, edits, evidence, suspects } of record.failures) {
    lines.push(`  ${MARKS[outcome] ?? '✘'} ${id}`);
    lines.push(`      ${outcome}${outcome === 'repaired' ? ` (${tier})` : ''}: ${reason}`);
    for (const edit of edits) {
      const made = outcome === 'repaired' ? '' : 'not made: ';
      lines.push(
        `      ${made}${edit.file}:${edit.line}  ${oneLine(edit.before)} → ${oneLine(edit.after)}`,
      );
    }
    for (const { file, line, side, text } of evidence) {
      lines.push(`      ${side} ${file}:${line}  ${oneLine(text)}`);
    }
    for (const { file, line, side, text } of suspects) {
      const what = side === 'base' ? 'taken away' : 'executed';
      lines.push(`      ${what}: ${file}:${line}  ${oneLine(text.trim())}`);
    }
  }
  if (record.patch) {
    const { files, added, removed } = record.patch;
    lines.push(
      `  patch: .sentries/${record.project}/${record.sentry}/changes.patch ` +
        `(${files.length} file${files.length === 1 ? '' : 's'}, +${added} −${removed}), verified`,
    );
  }
  return lines.join('\n');
}

function oneLine(text: string): string {
  const flat = text.replaceAll('\n', '⏎');
  return flat.length > 100 ? `${flat.slice(0, 97)}…` : flat;
}
