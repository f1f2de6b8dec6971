import type { ModelInfo } from 'sentries-core';
import type { ModelList } from './list';
import type { Pulled } from './pull';
import { VARIABLE, type Use } from './used-as';

const NAMES = { ollama: 'Ollama', openai: 'an OpenAI-style server' } as const;

/** What `sentries models list` says, for people. */
export function listText({ server, api, models, missing }: ModelList): string {
  const rows = models.map((info) => [
    info.usedAs.length > 0 ? `* ${info.name}` : `  ${info.name}`,
    ...facts(info),
    uses(info.usedAs),
  ]);
  const lines = [`${server} (${NAMES[api]})`, ...table(rows)];
  if (models.length === 0) lines.push('  (it has no models)');
  for (const { name, usedAs, hint } of missing)
    lines.push(`✘ ${name} is missing (${uses(usedAs)})`, `    → ${hint}`);
  return lines.join('\n');
}

/** What `sentries models pull` says, for people. */
export function pullText({ server, pulled, there }: Pulled): string {
  const told = (infos: readonly ModelInfo[], verb: string): string[] =>
    infos.map((info) => `✔ ${info.name} ${verb} (${detail(info)})`);
  return [server, ...told(there, 'is there already'), ...told(pulled, 'was fetched')].join('\n');
}

/** Size, digest and context, as far as the server tells. */
export function detail(info: ModelInfo): string {
  return facts(info)
    .filter((fact) => fact !== '')
    .join(', ');
}

function facts({ bytes, digest, contextTokens }: ModelInfo): string[] {
  return [
    bytes === null ? '' : `${(bytes / 1e9).toFixed(1)} GB`,
    digest === null ? '' : digest.replace(/^sha256:/, '').slice(0, 12),
    contextTokens === null ? '' : `context ${String(contextTokens)}`,
  ];
}

const uses = (usedAs: readonly Use[]): string => usedAs.map((use) => VARIABLE[use]).join(', ');

function table(rows: readonly (readonly string[])[]): string[] {
  const width = (column: number): number => Math.max(...rows.map((row) => row[column]!.length));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(width(column)))
      .filter((cell, column) => cell.trim() !== '' || width(column) > 0)
      .join('  ')
      .trimEnd(),
  );
}
