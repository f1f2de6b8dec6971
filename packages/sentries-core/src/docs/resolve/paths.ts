import { posix } from 'node:path';
import type { ProjectCode } from '../code/project-code';
import type { Reference, Resolution } from '../reference';

const NOT_OURS = (why: string): Resolution => ({ kind: 'not ours', why });

/** Files that a link can lead to in a repository: pages of a built site and downloads are none. */
const LINKED = /\.(md|markdown|rst|txt|py|pyi|toml|cfg|ini|ya?ml|json|ipynb|sh)$/i;
/** Pictures may be made with the docs. */
const PICTURE = /\.(png|svg|jpe?g|gif|webp)$/i;

/** A link, an included file, or a path in a text. */
export function resolvePath(reference: Reference, code: ProjectCode): Resolution {
  const { paths } = code;
  const { file, name, context } = reference;
  const { markup, part } = context;
  const isLink = part === 'link';
  const written = isLink ? decoded(name.replace(/[?#].*$/, '')) : name;
  if (written === '' || /^[a-z][a-z0-9+.-]*:|[{}<>|*$%?\s]|^~/i.test(written))
    return NOT_OURS('it is no plain path');
  const isFile = LINKED.test(written) || PICTURE.test(written);
  if (isLink && (written.startsWith('/') || !isFile)) return NOT_OURS('it may be a page of a site');
  const folder = posix.dirname(file);
  // Who includes a text decides where its documents are: a docstring, or one outside of Sphinx's folder.
  const isDocument = markup === 'doc' || markup === 'toctree';
  if (isDocument && (context.format === 'docstring' || !isInSphinx(folder, paths)))
    return NOT_OURS('where it begins is not known');
  const wanted = candidates(written, folder, markup === null && !isLink).filter((path) =>
    code.covers(path),
  );
  const endings = isDocument ? ['.rst', '.md', '.txt', '.ipynb', '.py', ''] : [''];
  for (const path of wanted.flatMap((one) => endings.map((ending) => one + ending)))
    if (isThere(path, paths))
      return { kind: 'found', symbol: { kind: 'file', name: path, file: path, line: 1 } };
  const [first] = wanted;
  if (first === undefined || (markup === null && !isLink))
    return NOT_OURS('it may be a path of the reader’s own');
  const alike = [...paths]
    .filter((path) => posix.basename(path) === posix.basename(first))
    .slice(0, 3);
  return {
    kind: 'broken',
    reason: `there is no ${first}`,
    holder: null,
    candidates: alike.map((path) => ({ kind: 'file', name: path, file: path, line: 1 })),
    certainty: isSure(first, reference, paths) ? 'sure' : 'likely',
  };
}

/** The paths that may be meant, from the root of the tree; none of them leads out of it. */
function candidates(written: string, folder: string, isFree: boolean): string[] {
  const above: string[] = [];
  for (let at = folder; ; at = posix.dirname(at)) {
    above.push(at);
    if (at === '.') break;
  }
  // Sphinx takes a slash at the front for the folder of its sources.
  const from = written.startsWith('/') || isFree ? above : [folder];
  const plain = written.replace(/^\/+/, '').replace(/\/+$/, '');
  return from
    .map((one) => posix.join(one, plain))
    .filter((path) => !path.startsWith('..') && path !== '.');
}

/**
 * What is made before the docs are may lie in a folder of its own; pictures may be made with them; and a page that is
 * alone in its folder may be made a part of another site.
 */
function isSure(path: string, { file, context }: Reference, paths: ReadonlySet<string>): boolean {
  const folder = posix.dirname(path);
  // Entries of a table of contents may be made with the docs.
  if (!isThere(folder, paths) || PICTURE.test(path) || context.markup === 'toctree') return false;
  const isSibling =
    context.part === 'link' && folder === posix.dirname(file) && path.endsWith('.md');
  const others = [...paths].filter(
    (one) => one !== file && posix.dirname(one) === folder && one.endsWith('.md'),
  );
  return !isSibling || others.length > 0;
}

const isInSphinx = (folder: string, paths: ReadonlySet<string>): boolean =>
  paths.has(posix.join(folder, 'conf.py')) ||
  (folder !== '.' && isInSphinx(posix.dirname(folder), paths));

const isThere = (path: string, paths: ReadonlySet<string>): boolean =>
  path === '.' || paths.has(path) || [...paths].some((one) => one.startsWith(`${path}/`));

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
