import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { analyse, type AnalysisOptions, type Reference } from './analysis';
import { FactsCache } from './facts/facts-cache';
import type { ViewedFile, WorkspaceView } from './workspace-view';

/** Path from the workspace root → text, or bytes. */
export type Files = Readonly<Record<string, string | Uint8Array>>;

const made: string[] = [];

afterAll(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true });
});

/** Writes files to a folder of their own, which is there until the spec has ended. */
export function written(files: Files): string {
  const root = mkdtempSync(join(tmpdir(), 'sentries-graph-'));
  made.push(root);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return root;
}

const MARKERS = ['pyproject.toml', 'setup.cfg', 'setup.py', 'package.json'];

/** The files as Nx would show them: each folder with a manifest or package.json is a project of that name. */
function viewOf(root: string, files: Files): WorkspaceView {
  const roots = new Set(
    Object.keys(files)
      .filter((path) => MARKERS.includes(basename(path)))
      .map(dirname),
  );
  const owned = new Map<string, ViewedFile[]>([...roots].map((folder) => [folder, []]));
  const stray: ViewedFile[] = [];
  for (const [file, content] of Object.entries(files)) {
    let folder = dirname(file);
    while (folder !== '.' && !roots.has(folder)) folder = dirname(folder);
    const hash = createHash('sha1').update(content).digest('hex');
    (owned.get(folder) ?? stray).push({ file, hash });
  }
  const projects = [...owned].map(([folder, own]) => ({
    name: folder === '.' ? 'root' : folder,
    root: folder,
    files: own,
  }));
  return { root, projects, stray };
}

/**
 * What the analysis says of files: lines by edge, and the warnings.
 *
 * @param gone Files that Nx has listed and that are not there.
 */
export function analysed(
  files: Files,
  options: AnalysisOptions = {},
  { cacheFile, gone = {} }: { cacheFile?: string; gone?: Files } = {},
) {
  const root = written(files);
  const view = viewOf(root, { ...files, ...gone });
  const edges: Record<string, string[]> = {};
  const cache = FactsCache.open(cacheFile ?? join(root, 'facts.bin'));
  const warnings = analyse(view, cache, options, {
    wants: () => true,
    take: (source, target, reference) => {
      const edge = `${view.projects[source]!.name} → ${view.projects[target]!.name}`;
      (edges[edge] ??= []).push(told(reference));
    },
  });
  cache.save();
  return { edges, warnings };
}

const told = ({ file, line, kind, what }: Reference): string => `${file}:${line} ${kind} ${what}`;
