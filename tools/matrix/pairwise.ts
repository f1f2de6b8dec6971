/** The values of each axis. */
export type Axes = Readonly<Record<string, readonly string[]>>;

/** A value for each axis. */
export type Row<A extends Axes> = { readonly [Axis in keyof A]: A[Axis][number] };

/** How many ways to break ties are tried; the fewest rows win. */
const TRIALS = 64;

/**
 * Rows in which any two values of different axes meet at least once. Greedy, so not always the fewest, but the same for
 * the same axes.
 */
export function pairwise<A extends Axes>(axes: A): Row<A>[] {
  let best = covering(axes, 0);
  for (let trial = 1; trial < TRIALS; trial += 1) {
    const rows = covering(axes, trial);
    if (rows.length < best.length) best = rows;
  }
  return best;
}

function covering<A extends Axes>(axes: A, trial: number): Row<A>[] {
  const names = Object.keys(axes);
  const missing = new Set(allPairs(axes));
  const rows: Row<A>[] = [];
  while (missing.size > 0) {
    // Each row begins with a pair that is missing, so each row brings at least that one.
    const [first] = missing;
    const row = new Map<string, string>(JSON.parse(first!) as [string, string][]);
    for (const axis of names.filter((name) => !row.has(name))) {
      const gains = axes[axis]!.map(
        (value) =>
          [...row].filter(([other, its]) => missing.has(pair(names, axis, value, other, its)))
            .length,
      );
      // Of equals, not always the first: the values take turns, which leaves fewer pairs for the end.
      const turn = (rows.length * (1 + (trial % 8)) + Math.floor(trial / 8)) % gains.length;
      const order = gains.map((_, at) => (at + turn) % gains.length);
      row.set(axis, axes[axis]![order.reduce((a, b) => (gains[b]! > gains[a]! ? b : a))]!);
    }
    for (const one of met(names, row)) missing.delete(one);
    rows.push(Object.fromEntries(names.map((name) => [name, row.get(name)!])) as Row<A>);
  }
  return rows;
}

/** The pairs that stand in a row. */
function met(names: readonly string[], row: ReadonlyMap<string, string>): string[] {
  const values = [...row];
  return values.flatMap(([axis, value], at) =>
    values.slice(at + 1).map(([other, its]) => pair(names, axis, value, other, its)),
  );
}

/** All pairs of values of different axes, each as one text. */
export function allPairs(axes: Axes): string[] {
  const names = Object.keys(axes);
  return names.flatMap((one, at) =>
    names
      .slice(at + 1)
      .flatMap((other) =>
        axes[one]!.flatMap((value) =>
          axes[other]!.map((its) => pair(names, one, value, other, its)),
        ),
      ),
  );
}

function pair(
  names: readonly string[],
  one: string,
  value: string,
  other: string,
  its: string,
): string {
  const both = [
    [one, value],
    [other, its],
  ];
  return JSON.stringify(names.indexOf(one) < names.indexOf(other) ? both : both.reverse());
}
