import type { Cause, Hop, Why } from './why';

/** Of long lists, so many are shown; all of them are in the JSON. */
const SHOWN = 8;

/** What `sentries why` says, for people. */
export function whyText({
  project,
  dependencies,
  dependency,
  affected,
  problem,
  warnings,
}: Why): string {
  const lines: string[] = [];
  if (dependency) {
    const { name, path } = dependency;
    lines.push(...(path ? path.flatMap(hopLines) : [`${project} does not depend on ${name}`]));
  }
  if (dependencies) {
    const none = `${project} depends on no project of the workspace`;
    lines.push(...(dependencies.length > 0 ? dependencies.flatMap(hopLines) : [none]));
  }
  if (affected) lines.push('', ...affectedLines(project, affected));
  if (problem) lines.push('', `What a change affects can't be told: ${problem}`);
  if (warnings.length > 0)
    lines.push(
      '',
      'The graph may lack something:',
      ...shortened(warnings.map((one) => `  ${one}`)),
    );
  return lines.join('\n');
}

function hopLines({ source, target, references }: Hop): string[] {
  const told = references.map(({ file, line, kind, what }) =>
    kind === 'manifest' || kind === 'entry point'
      ? `  ${file}:${line}  ${kind}: ${what}`
      : `  ${file}:${line}  ${kind === 'import' ? 'imports' : `names (${kind})`} ${what}`,
  );
  const elsewhere = '  (from another plugin, or from implicitDependencies)';
  return [`${source} → ${target}`, ...(told.length > 0 ? shortened(told) : [elsewhere])];
}

function affectedLines(
  project: string,
  { base, head, causes }: NonNullable<Why['affected']>,
): string[] {
  const range = `${base.slice(0, 12)}..${head?.slice(0, 12) ?? 'the working tree'}`;
  if (causes.length === 0) return [`${project} is not affected by ${range}`];
  return [`${project} is affected by ${range}:`, ...causes.flatMap(causeLines)];
}

function causeLines(cause: Cause): string[] {
  switch (cause.kind) {
    case 'files': {
      const way = [...cause.path.map(({ source }) => source), cause.project].join(' → ');
      return [`  ${way}`, ...shortened(cause.files.map((file) => `    ${file}`))];
    }
    case 'shared file':
      return [`  ${cause.file}, which its tests read`];
    case 'packages': {
      const told = cause.packages.map(
        ({ name, before, after }) =>
          `    ${name} ${before ?? '(not there)'} → ${after ?? '(not there)'}`,
      );
      return [`  ${cause.file}, in packages that it uses`, ...shortened(told)];
    }
  }
}

function shortened(lines: readonly string[]): string[] {
  if (lines.length <= SHOWN) return [...lines];
  const indent = /^ */.exec(lines[0]!)![0];
  return [...lines.slice(0, SHOWN), `${indent}… and ${lines.length - SHOWN} more`];
}
