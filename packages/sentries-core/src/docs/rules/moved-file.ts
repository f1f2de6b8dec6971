import { posix } from 'node:path';
import { replacement, type DocRule } from './rule';

/** A file that is at another place now: links, included files, paths. */
export const movedFile: DocRule = {
  id: 'doc-moved-file',
  propose(stale, context) {
    const { reference, was } = stale;
    if (reference.kind !== 'path' || was.kind !== 'file') return undefined;
    const { change, folder, head } = context;
    const inWorkspace = posix.join(folder, was.file);
    const move = change.moves.find(({ oldPath }) => oldPath === inWorkspace);
    const page = change.moves.find(({ path }) => path === posix.join(folder, reference.file));
    const isThere = head.paths.has(was.file) && page !== undefined;
    if (!move && !isThere) return { refused: `the change removed ${was.file}` };
    const now = move ? posix.relative(folder, move.path) : was.file;
    if (!head.paths.has(now)) return { refused: `${was.file} is out of the project now` };
    const from = page ? posix.relative(folder, page.oldPath) : reference.file;
    const after = rewritten(reference.text, { from, to: reference.file }, was.file, now);
    if (after === undefined)
      return { refused: `${was.file} became ${now}, and the text writes it in a way of its own` };
    return {
      strategy: this.id,
      tier: 'mechanical',
      operations: [replacement(reference, after, context)],
      evidence: [],
      causes: [],
      says: move
        ? `the file ${was.file} moved to ${now}`
        : `the page moved from ${from} to ${reference.file}`,
      leadsTo: now,
    };
  },
};

/** A path as a text writes it, for a file or a page at another place. All paths but the written one go from the root of the tree. */
function rewritten(
  written: string,
  page: { readonly from: string; readonly to: string },
  old: string,
  now: string,
): string | undefined {
  const [path, end] = [written.replace(/[?#].*$/, ''), /[?#].*$/.exec(written)?.[0] ?? ''];
  // What is left out at the end, as in `:doc:`, is left out again.
  const [ending, other] = [posix.extname(old), posix.extname(now)];
  const isBare = !path.endsWith(ending) && ending === other;
  const cut = (file: string): string => (isBare ? file.slice(0, -ending.length) : file);
  if (!path.startsWith('/') && posix.join(posix.dirname(page.from), path) === cut(old)) {
    const relative = posix.relative(posix.dirname(page.to), cut(now));
    return `${path.startsWith('./') && !relative.startsWith('.') ? './' : ''}${relative}${end}`;
  }
  if (path === cut(old)) return cut(now) + end;
  // From a folder above, which a slash at the front may stand for.
  const below = path.startsWith('/') ? path : `/${path}`;
  const root = cut(old).slice(0, -below.length);
  const isAbove = `${page.from}/`.startsWith(`${root}/`) && cut(old) === root + below;
  return isAbove && now.startsWith(`${root}/`)
    ? cut(now).slice(root.length + (path.startsWith('/') ? 0 : 1)) + end
    : undefined;
}
