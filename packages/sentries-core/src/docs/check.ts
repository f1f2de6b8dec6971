import { posix } from 'node:path';
import { loadSyntax } from '../python/syntax';
import type { FileTree } from './code/tree';
import type { CodeFolder } from './code/modules';
import { PAGE, ProjectCode } from './code/project-code';
import { doubtsIn } from './doubts';
import { hasOwnDocstrings, isDocumentation, isGenerated, isText } from './doc-files';
import { keepFacts } from './code/module-facts';
import { keptReferences } from './kept/kept-references';
import { readerVersion } from './kept/reader-version';
import { FactStore } from './kept/store';
import type { Reference, Resolution } from './reference';
import { resolve } from './resolve/resolve';
import { isPlaceholder } from './resolve/words';
import { loadRst } from './text/rst';

/** A reference that leads nowhere. */
export interface BrokenReference {
  readonly reference: Reference;
  readonly resolution: Resolution & { readonly kind: 'broken' };
}

export interface DocsCheck {
  /** By file and place. */
  readonly broken: readonly BrokenReference[];
  /** How many files were read, and how many references there are in them. */
  readonly files: number;
  readonly references: number;
  /** How many of them lead to something in the project. */
  readonly resolved: number;
}

export interface CheckOptions extends CodeOptions {
  /** What is likely broken, too: by default only what is sure. */
  readonly all?: boolean;
  /** Where what texts say is kept, so that the next check reads only those that changed. */
  readonly cacheFile?: string;
}

/** Which project of a tree is meant: all of it, where nothing else is said. */
export interface CodeOptions {
  /** The project's folder; from the root of the tree. */
  readonly folder?: string;
  /** Folders in which importable code begins, beyond the usual ones; from the project's folder. */
  readonly roots?: readonly string[];
  /** The projects whose code it may name as well. */
  readonly dependencies?: readonly CodeFolder[];
  /** Texts outside of the project that are documentation of it; from the root of the tree. */
  readonly texts?: ReadonlySet<string>;
}

const MANIFEST = /(^|\/)(pyproject\.toml|setup\.cfg|setup\.py)$/;

/** The names of a project's code at a tree. @param like The same at another tree, which shares what did not change. */
export async function readCode(
  tree: FileTree,
  { folder = '.', roots = [], dependencies = [] }: CodeOptions = {},
  like?: ProjectCode,
): Promise<ProjectCode> {
  await loadSyntax();
  const wanted = [...tree.paths]
    .filter((path) => path.endsWith('.py') || MANIFEST.test(path) || PAGE.test(path))
    .sort();
  const texts = new Map<string, string>();
  for (const path of wanted) {
    const text = await tree.read(path);
    if (text !== undefined) texts.set(path, text);
  }
  return new ProjectCode(texts, tree.paths, { folder, roots }, dependencies, like);
}

interface ReadOptions extends CodeOptions {
  readonly store?: FactStore;
  /** Says of a file and its text whether it is to be read at all. */
  readonly isWanted?: (file: string, text: string) => boolean;
}

/** The references in all documentation of a project at a tree: its texts, and the docstrings of its modules. */
export async function readReferences(
  tree: FileTree,
  code: ProjectCode,
  { store, isWanted = () => true, folder = '.', texts = new Set() }: ReadOptions = {},
): Promise<{ readonly references: readonly Reference[]; readonly files: number }> {
  await Promise.all([loadSyntax(), loadRst()]);
  const references: Reference[] = [];
  let files = 0;
  const inside = (path: string): string => posix.relative(folder, path);
  const isOwn = (path: string): boolean => code.isInside(path) && isDocumentation(inside(path));
  const isMeant = (path: string): boolean => texts.has(path) && isText(path);
  for (const path of [...tree.paths].filter((one) => isOwn(one) || isMeant(one)).sort()) {
    const text = await tree.read(path);
    if (text === undefined || isGenerated(text) || !isWanted(path, text)) continue;
    files += 1;
    for (const one of keptReferences(store, path, text)) references.push(one);
  }
  for (const { file, name, source } of code.modules.values()) {
    if (!hasOwnDocstrings(inside(file)) || isGenerated(source.text)) continue;
    if (!isWanted(file, source.text)) continue;
    files += 1;
    for (const one of keptReferences(store, file, source, name)) references.push(one);
  }
  return { references, files };
}

/** All references of a project's documentation that lead nowhere, as far as that can be told without its history. */
export async function checkDocs(
  tree: FileTree,
  { all = false, cacheFile, ...options }: CheckOptions = {},
): Promise<DocsCheck> {
  const code = await readCode(tree, options);
  const store = cacheFile === undefined ? undefined : FactStore.open(cacheFile, readerVersion());
  const keep =
    store &&
    keepFacts(
      [...code.known].map(({ source }) => source),
      store,
    );
  const { references, files } = await readReferences(tree, code, {
    ...options,
    ...(store && { store }),
  });
  const found = references.map((reference) => ({
    reference,
    resolution: resolve(reference, code),
  }));
  const isDoubtful = doubtsIn(found, code);
  const told = new Set<string>();
  const broken = found.flatMap((one): BrokenReference[] => {
    const { reference, resolution } = one;
    if (resolution.kind !== 'broken' || !isReported(reference)) return [];
    const isSure = resolution.certainty === 'sure' && !isDoubtful(one);
    // A parameter and its type are two places, and one fault.
    const key = [
      reference.file,
      reference.kind,
      reference.name,
      reference.of ?? reference.line,
    ].join('\0');
    if ((!isSure && !all) || told.has(key)) return [];
    told.add(key);
    return [{ reference, resolution: { ...resolution, certainty: isSure ? 'sure' : 'likely' } }];
  });
  const resolved = found.filter(({ resolution }) => resolution.kind === 'found').length;
  keep?.();
  store?.save();
  return { broken, files, references: references.length, resolved };
}

/** What tells of the past is no fault, and neither is a name that stands for any. */
const isReported = ({ context, name }: Reference): boolean =>
  !context.isPast && !context.isCounter && !name.split('.').some(isPlaceholder);
