import { createHash } from 'node:crypto';
import { existsSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { askPython, pytestWith } from './repair-python';
import { pytestArgs } from './repair-sentry';
import type { TrapWorkspace } from './trap-workspace';

/** A bug to seed: some bytes of one line of a file exchanged. */
export interface Mutant {
  readonly id: string;
  readonly package: string;
  readonly kind: string;
  /** From the root of the workspace. */
  readonly path: string;
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

type Found = Omit<Mutant, 'id' | 'package' | 'path'>;

/**
 * All bugs that can be seeded in lines that the tests run, in an order that only the seed decides: the kinds
 * in turn, since half of all code is calls and assignments.
 */
export function mutantsOf(workspace: TrapWorkspace, seed: number): Mutant[] {
  const ran = linesThatRan(workspace);
  const paths = [...ran.keys()].sort();
  const files = paths.map((path) => join(workspace.root, path));
  const found = askPython<Found[][]>('trap_mutants.py', files);
  const mutants = paths.flatMap((path, at) =>
    found[at]!.filter(({ line }) => ran.get(path)!.has(line)).map(
      ({ kind, line, start, end, text }): Mutant => {
        const name = [workspace.package, workspace.version, path, start, end, text].join('\0');
        const id = createHash('sha256').update(name).digest('hex').slice(0, 12);
        return { id, package: workspace.package, kind, path, line, start, end, text };
      },
    ),
  );
  return inTurn(mutants, rankedBy(seed));
}

/** Kept beside the workspace, since it takes a slow run of all tests. */
function linesThatRan(workspace: TrapWorkspace): Map<string, ReadonlySet<number>> {
  const { root, python, pair } = workspace;
  const kept = join(root, '..', 'lines.json');
  if (!existsSync(kept)) {
    const sources = join(root, pair.sourceRoot);
    const { lines, exit } = pytestWith<[string, number[]]>({
      python,
      root,
      sources,
      plugin: 'trap_lines',
      environment: { BENCH_SOURCES: sources },
      args: pytestArgs(pair),
    });
    // Tests that look at the tracing itself, or at the time, may fail in it.
    if (exit === null || lines.length === 0) return new Map();
    writeFileSync(kept, JSON.stringify(lines));
  }
  const lines = JSON.parse(readFileSync(kept, 'utf8')) as [string, number[]][];
  const prefix = pair.sourceRoot === '.' ? '' : `${pair.sourceRoot}/`;
  const named = lines.map(([file, ran]) => [`${prefix}${file}`, new Set(ran)] as const);
  return new Map(named.filter(([path]) => isSource(path, pair.testPaths)));
}

function isSource(path: string, testPaths: readonly string[]): boolean {
  if (!/^[^<].*\.py$/.test(path) || /(^|\/)(setup|conftest|test_[^/]*)\.py$/.test(path))
    return false;
  return !testPaths.some((own) => path === own || path.startsWith(`${own}/`));
}

/** Equal for equal seeds, on each machine: a hash of both decides. */
const rankedBy =
  (seed: number) =>
  ({ id }: Mutant): string =>
    createHash('sha256').update(`${seed} ${id}`).digest('hex');

function inTurn(mutants: readonly Mutant[], rank: (mutant: Mutant) => string): Mutant[] {
  const ranked = mutants
    .map((mutant) => ({ mutant, rank: rank(mutant) }))
    .toSorted((one, other) => (one.rank < other.rank ? -1 : 1));
  const turns = new Map<string, number>();
  return ranked
    .map(({ mutant }) => {
      const turn = turns.get(mutant.kind) ?? 0;
      turns.set(mutant.kind, turn + 1);
      return { mutant, turn };
    })
    .toSorted(
      (one, other) => one.turn - other.turn || (one.mutant.kind < other.mutant.kind ? -1 : 1),
    )
    .map(({ mutant }) => mutant);
}

/** The line before and after. */
export interface Seeded {
  readonly before: string;
  readonly after: string;
}

let clock = 0;

/** Does some work while a bug is seeded. */
export async function withMutant<T>(
  { root }: TrapWorkspace,
  mutant: Mutant,
  work: (seeded: Seeded) => Promise<T>,
): Promise<T> {
  const path = join(root, mutant.path);
  const source = readFileSync(path);
  const { start, end, text } = mutant;
  const bytes = Buffer.concat([source.subarray(0, start), Buffer.from(text), source.subarray(end)]);
  const lineOf = (whole: Buffer): string => whole.toString('utf8').split(/\r?\n/)[mutant.line - 1]!;
  try {
    write(path, bytes);
    return await work({ before: lineOf(source), after: lineOf(bytes) });
  } finally {
    write(path, source);
  }
}

/** Each time with another second: Python tells stale byte code by second and size. */
function write(path: string, bytes: Buffer): void {
  writeFileSync(path, bytes);
  clock += 1;
  const time = Math.floor(Date.now() / 1000) - 1_000_000 + clock * 10;
  utimesSync(path, time, time);
}
