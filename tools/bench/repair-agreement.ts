import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { FailureRecord } from 'sentries-core';
import { copy } from './pair-workspace';
import type { ReleasePair } from './release-pairs';
import { askPython, pytestWith } from './repair-python';
import { pytestArgs } from './repair-sentry';
import { isSameEdit, placeOf, type Trees } from './upstream';

type Agreement = 'same edit' | 'equivalent' | 'different';

/** What upstream's own tests say of a failure. */
export interface Upstream {
  /** The test is no longer there under its name: upstream removed, renamed or moved it. */
  readonly gone: boolean;
  /** Of a repaired test that upstream still has. */
  readonly agreement: Agreement | null;
  /** Why a repaired test shows less than it should; null where it does not. */
  readonly weakened: string | null;
}

/** What `repair_units.py` says of a test. */
interface Unit {
  readonly text: string;
  readonly decorators: readonly string[];
  readonly checks: readonly string[];
}

interface Versions {
  readonly before: Unit | null;
  readonly ours: Unit | null;
  readonly theirs: Unit | null;
}

/** How our version of a test and upstream's end on the older source. */
interface OnOldSource {
  readonly ours: Ending;
  readonly theirs: Ending;
}
type Ending = 'passed' | 'failed' | 'unknown';

interface Setting extends Trees {
  readonly pair: ReleasePair;
  readonly python: string;
  /** A folder for a tree of the older source with other tests. */
  readonly scratch: string;
}

/** By node id. The workspace must have the patch applied. */
export function upstreamOf(
  failures: readonly FailureRecord[],
  setting: Setting,
): Map<string, Upstream> {
  const repaired = failures.filter(({ outcome }) => outcome === 'repaired');
  const versions = versionsOf(repaired, setting);
  const endings = endingsOnOldSource(repaired, setting);
  const names = testsUpstream(setting);
  const found = new Map<string, Upstream>();
  for (const failure of failures) {
    const { id } = failure;
    const gone = !names.has(id.split('[')[0]!);
    const version = versions.get(id);
    const ending = endings.get(id);
    if (!version || !ending) {
      found.set(id, { gone, agreement: null, weakened: null });
      continue;
    }
    const agreement = gone ? null : agreementOf(failure, version, ending, setting);
    found.set(id, { gone, agreement, weakened: weakening(version, ending) });
  }
  return found;
}

/** The tests of the newer release without their parameters, inherited ones too, and the files they are in. */
function testsUpstream({ pair, newer, python }: Setting): ReadonlySet<string> {
  const { lines, output } = pytestWith<Outcome>({
    python,
    root: newer,
    sources: join(newer, pair.sourceRoot),
    plugin: 'repair_outcomes',
    args: ['--collect-only', ...pytestArgs(pair)],
  });
  const tests = lines.filter(([, outcome]) => outcome === 'collected').map(([id]) => id);
  if (tests.length === 0) throw new Error(`no tests in ${newer}: ${output.slice(-500)}`);
  return new Set(tests.flatMap((id) => [id.split('[')[0]!, placeOf(id).file]));
}

function agreementOf(
  failure: FailureRecord,
  { ours, theirs }: Versions,
  old: OnOldSource,
  trees: Trees,
): Agreement {
  if (isSameEdit(failure, trees)) return 'same edit';
  if (!ours || !theirs) return 'different';
  // The function as a whole, decorators included: the same but for white space, quotes and line breaks.
  if (ours.text === theirs.text) return 'equivalent';
  // Both are known to pass on the newer source: ours is verified, and the release passes its own tests.
  const isTelling = old.ours === 'failed' && old.theirs === 'failed';
  const comparesTheSame = isEqual(ours.checks, theirs.checks) && ours.checks.length > 0;
  // Rows of parameters are what is compared too.
  const hasSameRows = isEqual(ours.decorators, theirs.decorators);
  return isTelling && comparesTheSame && hasSameRows ? 'equivalent' : 'different';
}

function weakening({ before, ours }: Versions, old: OnOldSource): string | null {
  if (before && ours && ours.checks.length < before.checks.length) {
    return `${before.checks.length - ours.checks.length} of its checks are gone`;
  }
  if (old.ours === 'passed' && old.theirs === 'failed') {
    return "it passes on the older source, where upstream's version fails";
  }
  return null;
}

const isEqual = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((text, at) => text === other[at]);

function versionsOf(failures: readonly FailureRecord[], trees: Trees): Map<string, Versions> {
  const questions = failures.flatMap(({ id }) => {
    const { file, names } = placeOf(id);
    return [trees.older, trees.patched, trees.newer].map((tree) => ({
      file: join(tree, file),
      names,
    }));
  });
  if (questions.length === 0) return new Map();
  const units = askPython<(Unit | null)[]>('repair_units.py', questions);
  return new Map(
    failures.map(({ id }, at) => {
      const [before, ours, theirs] = units.slice(3 * at, 3 * at + 3);
      return [id, { before: before!, ours: ours!, theirs: theirs! }];
    }),
  );
}

function endingsOnOldSource(
  repaired: readonly FailureRecord[],
  setting: Setting,
): Map<string, OnOldSource> {
  if (repaired.length === 0) return new Map();
  const files = [...new Set(repaired.map(({ id }) => placeOf(id).file))].sort();
  const ours = runOnOldSource(setting.patched, files, setting);
  const theirs = runOnOldSource(setting.newer, files, setting);
  return new Map(
    repaired.map(({ id }) => [id, { ours: endingOf(id, ours), theirs: endingOf(id, theirs) }]),
  );
}

type Outcome = [id: string, outcome: string];

/** The tests of a tree, beside the older release's source. */
function runOnOldSource(tests: string, files: readonly string[], setting: Setting): Outcome[] {
  const { pair, older, scratch, python } = setting;
  rmSync(scratch, { recursive: true, force: true });
  copy(older, scratch);
  for (const path of pair.testPaths) {
    rmSync(join(scratch, path), { recursive: true, force: true });
    if (existsSync(join(tests, path))) copy(join(tests, path), join(scratch, path));
  }
  const testPaths = files.filter((file) => existsSync(join(scratch, file)));
  if (testPaths.length === 0) return [];
  const { lines } = pytestWith<Outcome>({
    python,
    root: scratch,
    sources: join(scratch, pair.sourceRoot),
    plugin: 'repair_outcomes',
    args: pytestArgs({ pytestArgs: pair.pytestArgs, testPaths }),
  });
  return lines;
}

/**
 * A case of parameters may have another id in another version: then one failing case of the function, its
 * file or its conftest is a failure, and only all of them passing is a pass.
 */
function endingOf(id: string, outcomes: readonly Outcome[]): Ending {
  const exact = outcomes.filter(([other]) => other === id);
  const name = id.split('[')[0]!;
  const related = exact.length > 0 ? exact : outcomes.filter(([other]) => isNear(name, other));
  if (related.some(([, outcome]) => outcome === 'failed')) return 'failed';
  return related.length > 0 && related.every(([, outcome]) => outcome === 'passed')
    ? 'passed'
    : 'unknown';
}

const isNear = (name: string, other: string): boolean =>
  other.split('[')[0] === name || other.startsWith(`${name}::`) || name.startsWith(`${other}::`);
