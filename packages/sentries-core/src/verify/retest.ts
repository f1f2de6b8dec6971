import { isAbsolute, join, relative, sep } from 'node:path';
import type { SourceFiles } from '../change/change-set';
import { foldersOf, type Scope } from '../change/scope';
import type { TestPaths } from '../guard/allowlist';
import { carried } from '../patch/carry';
import type { FileEdit } from '../patch/unified-diff';
import { runPytest, type Look, type PytestRequest, type PytestRun } from '../pytest/run';
import { IsolatedCopy, transplant } from './isolated-copy';

/** The tests that a patch is to repair; null: all of the project, where a conftest was broken. */
export type Targets = {
  /** Keys of tests; node ids of files that could not be collected. */
  readonly keys: readonly string[];
  /** The files they are in, from the workspace root. */
  readonly files: readonly string[];
} | null;

/** What the tests do with a patch. */
export interface Retest {
  /** All tests of the project, once. */
  readonly full: PytestRun;
  /** The targets again, in another order of hashes. */
  readonly again: PytestRun;
  /** The targets on the source of the base; null where no source changed or that source could not be told. */
  readonly old: PytestRun | null;
  /**
   * The targets at the base: its source and its tests, without the patch. Asked only where some of them pass
   * on the old source with the patch, too; null otherwise, and as for `old`.
   */
  readonly atBase: PytestRun | null;
  /** The targets on the new source without the literals that explain them; null as for `old`. */
  readonly uncaused: PytestRun | null;
  /** The targets on the old source with these literals; null where that is the new source, or as for `old`. */
  readonly sufficient: PytestRun | null;
}

/** Sources to put in the place of the new one; each without entries where there is none such. */
export interface OtherSources {
  readonly old: SourceFiles;
  /** The old source, and the tests as they were: a fixture may be what the change renamed. */
  readonly base: SourceFiles;
  readonly uncaused: SourceFiles;
  readonly sufficient: SourceFiles;
  /** The tests with their new values in their old form: what `sufficient` is asked with. */
  readonly values: readonly FileEdit[];
}

export interface RetestRequest {
  readonly workspace: string;
  readonly scope: Scope;
  readonly pytest: Omit<PytestRequest, 'root' | 'project' | 'select' | 'bytecode'>;
  /** The facts of the first run. */
  readonly sensed: PytestRun;
  readonly tests: TestPaths;
  /** Files whose executed lines are told of the targets. */
  readonly traced: readonly string[];
  /** The byte code of the first run, laid out as by `PYTHONPYCACHEPREFIX`. */
  readonly bytecode: string;
}

/**
 * Two isolated copies of the project: one to run all its tests in, and beside it one to run the repaired
 * tests in, on the new source and on the old.
 */
export class Bench {
  readonly #main: Promise<IsolatedCopy>;
  #side: Promise<IsolatedCopy> | undefined;

  constructor(private readonly request: RetestRequest) {
    const { workspace, scope, bytecode } = request;
    this.#main = IsolatedCopy.create(workspace, scope).then(async (copy) => {
      // Only here: in the other copy sources are exchanged, too fast for byte code to be told from stale.
      await copy.seedByteCode(bytecode, workspace, foldersOf(scope));
      return copy;
    });
    // Heard where it is used.
    this.#main.catch(() => undefined);
  }

  /** Made on first use: where nothing is proposed, none is needed. */
  private side(): Promise<IsolatedCopy> {
    return (this.#side ??= IsolatedCopy.create(this.request.workspace, this.request.scope));
  }

  /**
   * Runs the targets alone, as the last retest left them, or as they are.
   *
   * @param turned Whether in the reverse order and with another hash seed than the first run.
   */
  async look(targets: Targets, turned: boolean): Promise<PytestRun> {
    return this.run(await this.#main, {
      targets,
      look: { reversed: turned, traced: this.request.traced },
      ...(turned && { hashSeed: OTHER_SEED }),
      timeout: LOOK_LIMIT,
    });
  }

  /** Makes edits that are settled already, before the first look. */
  async lay(edits: readonly FileEdit[]): Promise<void> {
    await (await this.#main).edit(edits);
  }

  /** Runs only the targets with the given edits; the quick look between two rounds. */
  async glance(
    edits: readonly FileEdit[],
    targets: Targets,
    traced = this.request.traced,
  ): Promise<PytestRun> {
    const side = await this.side();
    await side.edit(edits);
    return this.run(side, { targets, look: { reversed: false, traced } });
  }

  /** The same on another source; null where the new one was used after all. */
  async glanceOn(
    source: SourceFiles,
    edits: readonly FileEdit[],
    targets: Targets,
  ): Promise<PytestRun | null> {
    const side = await this.side();
    await side.edit(edits);
    return this.runOn(side, source, edits, targets);
  }

  /** Runs everything that proves a patch. */
  async retest(
    edits: readonly FileEdit[],
    targets: Targets,
    sources: OtherSources,
  ): Promise<Retest> {
    const aside = async (): Promise<Omit<Retest, 'full'>> => {
      const side = await this.side();
      await side.edit(edits);
      const look = { reversed: false, traced: this.request.traced };
      const again = await this.run(side, { targets, look, hashSeed: OTHER_SEED });
      const old = await this.runOn(side, sources.old, edits, targets);
      const atBase =
        old && hasPassing(old, targets)
          ? await this.runAtBase(side, edits, sources.base, targets)
          : null;
      // Where nothing but these literals changed, it is the same source.
      const uncaused = isSame(sources.old, sources.uncaused)
        ? old
        : await this.runOn(side, sources.uncaused, edits, targets);
      await side.edit(sources.values);
      const sufficient = await this.runOn(side, sources.sufficient, sources.values, targets);
      return { again, old, atBase, uncaused, sufficient };
    };
    const whole = async (): Promise<PytestRun> => {
      const main = await this.#main;
      await main.edit(edits);
      return this.run(main, { targets: null });
    };
    const [full, others] = await Promise.all([whole(), aside()]);
    return { full, ...others };
  }

  async remove(): Promise<void> {
    const copies = await Promise.allSettled([this.#main, this.#side]);
    for (const copy of copies) if (copy.status === 'fulfilled') await copy.value?.remove();
  }

  /**
   * Runs the targets on another source; null where there is none, or where the new one was used after all.
   *
   * @param edits Those in force: of docstrings, they are made in the other source as well.
   */
  private async runOn(
    side: IsolatedCopy,
    source: SourceFiles,
    edits: readonly FileEdit[],
    targets: Targets,
  ): Promise<PytestRun | null> {
    if (source.size === 0) return null;
    const other = withEdits(this.withConfiguration(source), edits);
    const replaced = new Map<string, Buffer | null>();
    for (const path of other.keys()) replaced.set(path, await side.get(path));
    await exchange(side, other);
    const run = await this.run(side, { targets });
    await exchange(side, replaced);
    return this.isLeaking(run) ? null : run;
  }

  private async runAtBase(
    side: IsolatedCopy,
    edits: readonly FileEdit[],
    source: SourceFiles,
    targets: Targets,
  ): Promise<PytestRun | null> {
    await side.edit([]);
    const run = await this.runOn(side, source, [], targets);
    await side.edit(edits);
    return run;
  }

  /** Another source, but with the file that configures pytest, which every run is given, where it has none. */
  private withConfiguration(source: SourceFiles): SourceFiles {
    const { workspace, sensed } = this.request;
    const ini = sensed.session?.ini;
    if (ini === null || ini === undefined) return source;
    const path = relative(workspace, ini).split(sep).join('/');
    if (source.get(path) !== null) return source;
    return new Map([...source].filter(([other]) => other !== path));
  }

  private isLeaking(run: PytestRun): boolean {
    const { workspace } = this.request;
    return run.roots.some((root) => root === workspace || root.startsWith(workspace + sep));
  }

  private run(copy: IsolatedCopy, { targets, timeout, ...how }: HowToRun): Promise<PytestRun> {
    const { workspace, scope, pytest, sensed } = this.request;
    const moved = (path: string): string => transplant(path, workspace, copy.root);
    return runPytest({
      ...pytest,
      // A path into the workspace means the same place of the copy.
      args: [
        ...pytest.args.map((arg) => arg.replaceAll(`${workspace}${sep}`, `${copy.root}${sep}`)),
        // A run that ends with its first failure shows nothing of the other tests.
        '--maxfail=0',
      ],
      root: copy.root,
      compiledIn: workspace,
      project: scope.folder,
      importRoots: this.importRoots(copy),
      ...(sensed.session && {
        session: {
          rootdir: moved(sensed.session.rootdir),
          ini: sensed.session.ini && moved(sensed.session.ini),
        },
      }),
      ...(targets && { select: targets }),
      ...how,
      timeout: Math.min(pytest.timeout, timeout ?? Infinity),
    });
  }

  /**
   * Where the first run found the source, moved into the copy: before all else, so that neither a path file
   * nor an editable install leads back to the workspace.
   */
  private importRoots(copy: IsolatedCopy): string[] {
    const { sensed, tests } = this.request;
    return sensed.roots
      .filter((root) => !isAbsolute(root) && !tests.isTest(`${root}/any.py`))
      .map((root) => join(copy.root, root));
  }
}

interface HowToRun {
  readonly targets: Targets;
  readonly hashSeed?: number;
  readonly look?: Look;
  /** Seconds, within the limit for any run. */
  readonly timeout?: number;
}

function hasPassing(run: PytestRun, targets: Targets): boolean {
  const failing = new Set(run.failures.map(({ key }) => key));
  const keys = targets?.keys ?? [...run.started.keys()];
  return keys.some((key) => run.started.has(key) && !failing.has(key) && !run.skipped.has(key));
}

/** Where an edit has no place in the other source, that stays as it was: then it proves nothing. */
function withEdits(source: SourceFiles, edits: readonly FileEdit[]): SourceFiles {
  return new Map(
    [...source].map(([path, bytes]) => {
      const edit = edits.find((one) => one.path === path);
      return [path, (edit && bytes && carried(edit, bytes)) ?? bytes];
    }),
  );
}

function isSame(one: SourceFiles, other: SourceFiles): boolean {
  return (
    one.size === other.size &&
    [...one].every(([path, bytes]) => bytes && other.get(path)?.equals(bytes))
  );
}

/** Any fixed number but that of the other runs will do. */
const OTHER_SEED = 4711;
/** Seconds: what takes longer is not looked at again, and judged by the first run alone. */
const LOOK_LIMIT = 120;

/** Removes before it writes: a file may stand where a folder was. */
async function exchange(copy: IsolatedCopy, files: SourceFiles): Promise<void> {
  for (const [path, bytes] of files) if (bytes === null) await copy.put(path, null);
  for (const [path, bytes] of files) if (bytes !== null) await copy.put(path, bytes);
}
