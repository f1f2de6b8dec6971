import { loadSyntax } from '../python/syntax';
import type { FileTree } from './code/tree';
import { referencesIn } from './read/document';
import type { Reference } from './reference';
import { loadRst } from './text/rst';

/** A tree of files in memory: texts by their paths. */
export function treeOf(files: Readonly<Record<string, string>>): FileTree {
  return {
    paths: new Set(Object.keys(files)),
    read: (path) => Promise.resolve(files[path]),
  };
}

/** Must be awaited before anything is read. */
export const loadGrammars = async (): Promise<void> => {
  await Promise.all([loadSyntax(), loadRst()]);
};

/** What is found in a file, each as `kind text`, with what is looked for where that differs. */
export function told(file: string, text: string, module: string | null = null): string[] {
  return referencesIn(file, text, module).map(inWords);
}

function inWords({ kind, text, name, of }: Reference): string {
  const target = name === text ? '' : ` → ${name}`;
  return `${kind} ${text}${target}${of === null ? '' : ` of ${of}`}`;
}
