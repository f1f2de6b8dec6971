import {
  copyFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  realpath,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { constants, existsSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative, sep } from 'node:path';
import { outermost, type Scope } from '../change/scope';
import { EnvironmentError } from '../errors';
import type { FileEdit } from '../patch/unified-diff';

/**
 * A copy of a project and of what it depends on, outside the workspace, laid out as in it. It is made from
 * the files on the disk, so uncommitted work and ignored build products are in it.
 */
export class IsolatedCopy {
  /** The files that were edited last, as they were before. */
  #edited = new Map<string, Buffer>();

  private constructor(readonly root: string) {}

  /**
   * @param workspace Absolute path of the workspace root.
   * @param scope Its folders are copied. Files (not folders) of all folders above them are copied too: a
   *   `conftest.py` or a pytest configuration there counts.
   */
  static async create(workspace: string, scope: Scope): Promise<IsolatedCopy> {
    let copy: IsolatedCopy | undefined;
    try {
      const made = await mkdtemp(join(tmpdir(), `${PREFIX}${process.pid}-copy-`));
      const root = await realpath(made);
      copy = new IsolatedCopy(root);
      const folders = outermost(scope);
      const above = new Set(folders.flatMap(ancestors));
      const others = new Set(scope.others.map((folder) => join(workspace, folder)));
      await Promise.all([
        ...[...above].map((folder) =>
          copyFolder(join(workspace, folder), join(root, folder), 'files', others),
        ),
        ...folders.map((folder) =>
          copyFolder(join(workspace, folder), join(root, folder), 'all', others),
        ),
      ]);
    } catch (error) {
      await copy?.remove();
      throw new EnvironmentError(
        `the project could not be copied to ${tmpdir()}: ${(error as Error).message}`,
        'Check the free space there, and that the project can be read.',
        error,
      );
    }
    return copy;
  }

  /**
   * Puts byte code beside the sources, so that what the first run compiled is not compiled again.
   *
   * @param store A folder laid out as by `PYTHONPYCACHEPREFIX`.
   * @param workspace The workspace whose byte code it has.
   */
  async seedByteCode(store: string, workspace: string, folders: readonly string[]): Promise<void> {
    for (const folder of folders) {
      const from = join(store, workspace, folder);
      const options = { recursive: true, withFileTypes: true } as const;
      for (const entry of await readdir(from, options).catch(() => [])) {
        const inside = relative(from, entry.parentPath);
        const home = join(this.root, folder, inside);
        if (!entry.isFile() || !existsSync(home)) continue;
        await mkdir(join(home, '__pycache__'), { recursive: true });
        const target = join(home, '__pycache__', entry.name);
        await copyFile(join(entry.parentPath, entry.name), target, constants.COPYFILE_FICLONE);
      }
    }
  }

  /** Makes these the only edits of the copy: what earlier ones did is undone. */
  async edit(edits: readonly FileEdit[]): Promise<void> {
    const kept = new Set(edits.map(({ path }) => path));
    for (const [path, before] of this.#edited) if (!kept.has(path)) await this.put(path, before);
    this.#edited = new Map(edits.map(({ path, before }) => [path, before]));
    for (const { path, after } of edits) await this.put(path, after);
  }

  /** A file's bytes; null where there is none. */
  async get(path: string): Promise<Buffer | null> {
    return readFile(join(this.root, ...path.split('/'))).catch(() => null);
  }

  /** Writes a file, or removes it where the content is null. */
  async put(path: string, content: Uint8Array | null): Promise<void> {
    const file = await this.place(path);
    if (content === null) {
      await rm(file, { force: true, recursive: true });
      return;
    }
    // A link must not be written through, and what was compiled from the old content must go.
    await rm(file, { force: true, recursive: true });
    await forgetByteCode(file);
    await writeFile(file, content);
  }

  /** Where a file of the copy is. A folder may be a link that leads back to the user's own files. */
  private async place(path: string): Promise<string> {
    const file = join(this.root, ...path.split('/'));
    let folder = dirname(file);
    while (!existsSync(folder)) folder = dirname(folder);
    // Left behind by a folder that was there, or a file where the folder is to be.
    if (!statSync(folder).isDirectory()) await rm(folder, { force: true });
    while (!existsSync(folder)) folder = dirname(folder);
    const real = await realpath(folder);
    if (real !== this.root && !real.startsWith(this.root + sep)) {
      throw new EnvironmentError(
        `${path} lies behind a link that leads out of the project's folder`,
        'Replace the link by the files, or repair these tests by hand: only copies are edited here.',
      );
    }
    await mkdir(dirname(file), { recursive: true });
    return file;
  }

  async remove(): Promise<void> {
    await rm(this.root, { recursive: true, force: true });
  }
}

async function forgetByteCode(file: string): Promise<void> {
  const folder = join(dirname(file), '__pycache__');
  const stem = `${basename(file, '.py')}.`;
  for (const name of await readdir(folder).catch(() => [])) {
    if (name.startsWith(stem)) await rm(join(folder, name), { force: true });
  }
}

const PREFIX = 'nx-sentries-';

/** Temporary folders of processes that are no more; absolute paths. */
export async function leftovers(): Promise<string[]> {
  const names = await readdir(tmpdir()).catch(() => []);
  const left = names.filter((name) => {
    if (!name.startsWith(PREFIX)) return false;
    const pid = /^(\d+)-/.exec(name.slice(PREFIX.length))?.[1];
    return pid !== undefined && !isAlive(Number(pid));
  });
  return left.map((name) => join(tmpdir(), name));
}

/** Removes what killed runs left behind. */
export async function sweepLeftovers(): Promise<void> {
  for (const folder of await leftovers()) {
    // Another user's can't be removed, and are theirs to remove.
    await rm(folder, { recursive: true, force: true }).catch(() => undefined);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Where temporary folders lie inside the project, a copy must not go into itself. */
const COPIES = new RegExp(`^${PREFIX}\\d+-`);
/** Caches, environments and outputs: large, and not part of what is tested. */
const LEFT_OUT = new Set([
  '.git',
  '.hg',
  '.nx',
  '.sentries',
  '.tox',
  '.nox',
  '.mypy_cache',
  '.ruff_cache',
  '.pytest_cache',
  '__pycache__',
  'node_modules',
]);

/**
 * Copies a folder's files, or all that is in it but for some folders; copy-on-write where the file system
 * can. Times are kept, since byte code is told from stale by them. Several times as fast as `fs.cp`, which
 * asks more of each file.
 */
async function copyFolder(
  from: string,
  to: string,
  what: 'files' | 'all',
  except: ReadonlySet<string>,
): Promise<void> {
  if (what === 'all' && existsSync(join(from, 'pyvenv.cfg'))) return;
  await mkdir(to, { recursive: true });
  const entries = await readdir(from, { withFileTypes: true });
  await Promise.all(
    entries.map(async (entry) => {
      const [source, target] = [join(from, entry.name), join(to, entry.name)];
      if (LEFT_OUT.has(entry.name) || COPIES.test(entry.name) || except.has(source)) return;
      if (entry.isFile()) await copyOne(source, target);
      if (what === 'files') return;
      // Sockets and pipes can't be copied, and no test needs the one that happens to be there.
      if (entry.isSymbolicLink()) await symlink(await readlink(source), target);
      if (entry.isDirectory()) await copyFolder(source, target, what, except);
    }),
  );
}

async function copyOne(source: string, target: string): Promise<void> {
  try {
    const { atime, mtime } = await stat(source);
    await copyFile(source, target, constants.COPYFILE_FICLONE);
    await utimes(target, atime, mtime);
  } catch (error) {
    // A file that vanished meanwhile is not there to be copied.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

/** The folders above a folder, up to the root; none for the root itself. */
function ancestors(folder: string): string[] {
  const found: string[] = [];
  for (let at = folder; at !== '.'; found.push(at)) at = dirname(at);
  return found;
}

/** A path of one tree as the path at the same place in another; unchanged where it is outside. */
export function transplant(path: string, from: string, to: string): string {
  const inside = path === from || path.startsWith(from + sep);
  return inside ? join(to, relative(from, path)) : path;
}
