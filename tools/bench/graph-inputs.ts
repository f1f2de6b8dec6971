import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { askRuff, type GraphInput, type Sample } from './graph-contenders';
import { readCorpus } from './graph-corpus';
import { planProjects } from './graph-plan';
import { STDLIB_PROJECT, stdlibWorkspace } from './graph-stdlib';
import { pythonFiles, writePart, writeView, type NxView } from './graph-view';
import { writeWorkspace } from './graph-workspace';
import { BenchError } from './python-index';

/** Files to work on, and what must come of it. */
export interface KnownInput extends GraphInput {
  readonly files: number;
  readonly projects: number;
  /** `source → target`. */
  readonly edges: ReadonlySet<string>;
}

/** The standard library as one project. */
export function stdlibInput(cache: string): KnownInput {
  const workspace = stdlibWorkspace(cache);
  const path = join(cache, 'graph-views/stdlib.json');
  return inputOf(path, writeView(path, workspace, [STDLIB_PROJECT]), new Set());
}

/** The generated workspace, in growing parts of so many projects each; the last one is all of it. */
export function generatedInputs(cache: string, sizes: readonly number[]): KnownInput[] {
  const plan = planProjects(Math.max(...sizes));
  const files = plan.reduce((sum, project) => sum + project.files.length, 0);
  const workspace = join(cache, `graph-${files}`);
  writeWorkspace(workspace, plan, readCorpus(join(cache, 'graph-corpus.json')));
  const pathOf = (size: number | string): string => join(cache, `graph-views/${size}.json`);
  const all = writeView(pathOf('all'), workspace, plan);
  return sizes.map((size) => {
    const kept = plan.slice(0, size);
    const names = kept.map(({ name }) => name);
    const edges = kept.flatMap(({ name, needs }) =>
      needs.map((need) => `${name} → ${plan[need]!.name}`),
    );
    return inputOf(pathOf(size), writePart(pathOf(size), all, names), new Set(edges));
  });
}

function inputOf(view: string, made: NxView, edges: ReadonlySet<string>): KnownInput {
  const files = pythonFiles(made);
  return {
    workspace: made.workspaceRoot,
    roots: Object.values(made.projects).map(({ root }) => root),
    view,
    changed: files[Math.floor(files.length / 2)]!,
    files: files.length,
    projects: Object.keys(made.projects).length,
    edges,
  };
}

/** How many files ruff lists, and how many of the input's edges follow from their imports. */
export function ruffFindings(
  input: KnownInput,
  executable: string,
): { files: number; right: number; wrong: number } {
  const { projects, fileMap } = JSON.parse(readFileSync(input.view, 'utf8')) as NxView;
  const owners = new Map<string, string>();
  for (const name of Object.keys(projects))
    for (const { file } of fileMap.projectFileMap[name]!) owners.set(file, name);
  const found = new Set<string>();
  const listed = Object.entries(askRuff(input, executable));
  for (const [file, imported] of listed) {
    const source = owners.get(file);
    for (const target of imported.map((one) => owners.get(one)))
      if (source !== undefined && target !== undefined && source !== target)
        found.add(`${source} → ${target}`);
  }
  const right = [...found].filter((edge) => input.edges.has(edge)).length;
  return { files: listed.length, right, wrong: found.size - right };
}

/** How many of the input's edges a contender found, and how many others. */
export function compareEdges(
  { edges }: KnownInput,
  sample: Sample,
): { missing: string[]; wrong: string[]; twice: number } {
  const named = (sample.answer?.edges ?? []).map(([source, target]) => `${source} → ${target}`);
  const found = new Set(named);
  return {
    missing: [...edges].filter((edge) => !found.has(edge)),
    wrong: [...found].filter((edge) => !edges.has(edge)),
    twice: named.length - found.size,
  };
}

/** @throws BenchError where ours are not exactly the input's edges: the time would be that of a wrong answer. */
export function checkEdges(input: KnownInput, sample: Sample): void {
  const { missing, wrong, twice } = compareEdges(input, sample);
  if (missing.length + wrong.length + twice === 0) return;
  throw new BenchError(
    `the graph is wrong: ${missing.length} edges missing (${missing[0] ?? ''}), ` +
      `${wrong.length} that should not be there (${wrong[0] ?? ''}), ${twice} given twice`,
    `Ask for one in ${input.workspace}.`,
  );
}
