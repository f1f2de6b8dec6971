import {
  coldAndWarm,
  nxlv,
  onlyReads,
  ruff,
  type GraphInput,
  type Sample,
} from './graph-contenders';

/** The runs of all contenders on one input; those at the same place were made one after the other. */
export interface Rounds {
  readonly cold: Sample[];
  readonly warm: Sample[];
  readonly ruff: Sample[];
  /** With one thread. */
  readonly ruffAlone: Sample[];
  readonly read: Sample[];
}

/** Runs the contenders in turn; each round begins with another one. */
export function runRounds(input: GraphInput, ruffExecutable: string, count: number): Rounds {
  const rounds: Rounds = { cold: [], warm: [], ruff: [], ruffAlone: [], read: [] };
  const contenders = [
    () => keepOurs(rounds, input),
    () => rounds.ruff.push(ruff(input, ruffExecutable)),
    () => rounds.read.push(onlyReads(input)),
    () => rounds.ruffAlone.push(ruff(input, ruffExecutable, 1)),
  ];
  for (let round = 0; round < count; round += 1)
    for (let at = 0; at < contenders.length; at += 1)
      contenders[(round + at) % contenders.length]!();
  return rounds;
}

/** Our plugin on each of the inputs in turn. */
export function runOurs(
  inputs: readonly GraphInput[],
  count: number,
): Pick<Rounds, 'cold' | 'warm'>[] {
  const found = inputs.map(() => ({ cold: [] as Sample[], warm: [] as Sample[] }));
  for (let round = 0; round < count; round += 1)
    for (const [at, input] of inputs.entries()) keepOurs(found[at]!, input);
  return found;
}

/** The other plugin and ours, in turn. */
export function runAgainstNxlv(
  input: GraphInput,
  folder: string,
  count: number,
): { cold: Sample[]; nxlv: Sample[] } {
  const found = { cold: [] as Sample[], nxlv: [] as Sample[] };
  for (let round = 0; round < count; round += 1) {
    const contenders = [
      () => found.cold.push(coldAndWarm(input).cold),
      () => found.nxlv.push(nxlv(input, folder, true)),
    ];
    if (round % 2 === 1) contenders.reverse();
    for (const run of contenders) run();
  }
  return found;
}

function keepOurs(into: Pick<Rounds, 'cold' | 'warm'>, input: GraphInput): void {
  const { cold, warm } = coldAndWarm(input);
  into.cold.push(cold);
  into.warm.push(warm);
}
