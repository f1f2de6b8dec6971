import type { ExecutorContext, ProjectGraph } from '@nx/devkit';
import {
  DEFAULTS,
  runSentry,
  summary,
  type RunRecord,
  type Scope,
  type SentryRequest,
} from 'sentries-core/task';
import { ProgressLine } from '../../cli/progress-line';

/** The options as in `schema.json`. */
export interface SentryTestOptions {
  mode?: SentryRequest['mode'];
  strategy?: SentryRequest['strategy'];
  accept?: SentryRequest['accept'];
  attempts?: number;
  base?: string;
  head?: string;
  testPaths?: string[];
  maxFiles?: number;
  maxLines?: number;
  pytestArgs?: string[];
  python?: string;
  testTimeout?: number;
  failOnRepair?: boolean;
}

/** Nx's context in, a core request out; the core does the rest. */
export default async function sentryTest(
  options: SentryTestOptions,
  context: ExecutorContext,
): Promise<{ success: boolean }> {
  const record = await runSentry(requestOf(options, context));
  process.stdout.write(`\n${terminalReport(record)}\n`);
  return { success: succeeded(record, options.failOnRepair ?? false) };
}

function requestOf(options: SentryTestOptions, context: ExecutorContext): SentryRequest {
  const { projectGraph, nxJsonConfiguration, root } = context;
  const project = context.projectName!;
  const base = options.base ?? process.env['NX_BASE'];
  const head = options.head ?? process.env['NX_HEAD'];
  return {
    workspace: root,
    project,
    target: context.targetName!,
    ...scopeOf(project, projectGraph),
    mode: options.mode ?? DEFAULTS.mode,
    accept: options.accept ?? DEFAULTS.accept,
    strategy: options.strategy ?? DEFAULTS.strategy,
    attempts: options.attempts ?? DEFAULTS.attempts,
    environment: process.env,
    ...(base && { base }),
    ...(head && { head }),
    defaultBase: defaultBase(nxJsonConfiguration),
    ...(options.testPaths && { testPaths: options.testPaths }),
    maxFiles: options.maxFiles ?? DEFAULTS.maxFiles,
    maxLines: options.maxLines ?? DEFAULTS.maxLines,
    pytestArgs: options.pytestArgs ?? [],
    ...(options.python !== undefined && { python: options.python }),
    testTimeout: options.testTimeout ?? DEFAULTS.testTimeout,
    log: (text) => process.stdout.write(text),
    ...(process.stdout.isTTY && { progress: progressOn(new ProgressLine(process.stdout)) }),
  };
}

const progressOn =
  (shown: ProgressLine) =>
  (line: string): void =>
    line === '' ? shown.clear() : shown.show(line);

/** `main`, or what nx.json names; older workspaces name it below `affected`. */
function defaultBase(nxJson: ExecutorContext['nxJsonConfiguration']): string {
  const older = (nxJson as { affected?: { defaultBase?: string } }).affected;
  return nxJson.defaultBase ?? older?.defaultBase ?? 'main';
}

/**
 * What a change can have to do with a project: its own folder, and those of the workspace projects that it
 * depends on, directly or not. In a stable order.
 */
export function scopeOf(project: string, graph: ProjectGraph): Scope {
  const upstream = new Set([project]);
  for (const name of upstream) {
    for (const { target } of graph.dependencies[name] ?? [])
      if (graph.nodes[target]) upstream.add(target);
  }
  const rootOf = (name: string): string => graph.nodes[name]!.data.root;
  const others = Object.keys(graph.nodes).filter((name) => !upstream.has(name));
  upstream.delete(project);
  return {
    folder: rootOf(project),
    dependencies: [...upstream].map(rootOf).sort(),
    others: others.map(rootOf).sort(),
  };
}

function succeeded({ result }: RunRecord, failOnRepair: boolean): boolean {
  return result === 'green' || (result === 'repaired' && !failOnRepair);
}

const MARKS: Readonly<Record<string, string>> = { repaired: '✔', flaky: '~' };

/** What happened, in a few lines. */
export function terminalReport(record: RunRecord): string {
  const lines = [`sentry-test ${record.project}: ${record.result} (${summary(record)})`];
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
      `  patch: .sentries/${record.project}/sentry-test/changes.patch ` +
        `(${files.length} file${files.length === 1 ? '' : 's'}, +${added} −${removed}), verified`,
    );
  }
  return lines.join('\n');
}

function oneLine(text: string): string {
  const flat = text.replaceAll('\n', '⏎');
  return flat.length > 100 ? `${flat.slice(0, 97)}…` : flat;
}
