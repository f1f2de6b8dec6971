import { guard, type Patch } from '../../guard/guard';
import type { FailureFact } from '../../pytest/facts';
import type { FileEdit } from '../../patch/unified-diff';
import { decodeSource, encodeSource } from '../../python/text';
import type { PytestRun } from '../../pytest/run';
import type { Retest } from '../../verify/retest';
import type { Proposal } from '../../repair/strategy';
import type { Case, Verdict } from '../case';
import { editRecords, type Workshop } from '../plan-round';
import { judgeProof, prove } from '../prove';
import { revealed, type ProvingGround, type Repaired } from '../repair-loop';
import type { Candidate, Doubtful } from './candidate';

/** A candidate with which the test passes at a first look. */
export interface Promising {
  readonly patch: Patch;
  /** Other failing tests that pass with it, too. */
  readonly others: readonly Case[];
}

/** Why a candidate is not taken; and how the test fails with it, where it is that. */
export interface Refused {
  readonly refused: string;
  readonly failure?: FailureFact;
}

/** May the edit be written, beside those that hold already; and does the test pass with it? */
export async function tryOut(
  one: Case,
  open: readonly Case[],
  { operations, doubtful }: Candidate,
  { files, policy, watch }: Workshop,
  ground: ProvingGround,
): Promise<Promising | Refused> {
  const patch = watch.timeSync('generate', () => guard(files.with(operations), policy));
  if ('refused' in patch) return { refused: patch.refused };
  const asked = [one, ...open.filter((other) => other !== one && other.first.when !== 'conftest')];
  const paths = asked.flatMap(({ first }) => (first.file === null ? [] : [first.file]));
  const targets = { keys: asked.map(({ first }) => first.key), files: [...new Set(paths)].sort() };
  const run = await watch.time('prove', ground.bench().glance(patch.edits, targets));
  const failure = run.failures.find(({ key }) => key === one.first.key);
  if (failure) {
    const { type, message } = failure.exception;
    const told = `${type.replace(/^builtins\./, '')}: ${message.split('\n').slice(0, 8).join('\n')}`;
    return { refused: `with the edit the test still fails: ${told}`, failure };
  }
  if (!passes(one, run)) return { refused: 'with the edit the test does not run' };
  if (doubtful.size > 0) {
    const edits = patch.edits.map((edit) => otherwise(edit, doubtful.get(edit.path)));
    const other = await watch.time('prove', ground.bench().glance(edits, targets));
    if (!passes(one, other)) {
      const shown = [...doubtful.values()].flatMap((file) => file.shown).join(', ');
      return {
        refused: `nothing in the project shows the new ${shown}, and the test holds with it and not with another value`,
      };
    }
  }
  return { patch, others: asked.filter((other) => other !== one && passes(other, run)) };
}

/** The edit with other values in the place of those that nothing shows. */
const otherwise = (edit: FileEdit, doubtful: Doubtful | undefined): FileEdit =>
  doubtful && edit.after
    ? { ...edit, after: encodeSource(doubtful.otherwise, decodeSource(edit.after).encoding) }
    : edit;

/** True for a test that ran and passed; of a file that could not be imported, where any of it did. */
function passes({ first }: Case, run: PytestRun): boolean {
  const failing = new Set(run.failures.map(({ key }) => key));
  if (!run.finished || failing.has(first.key)) return false;
  const isOwn = (key: string): boolean => key === first.key || key.startsWith(`${first.key}::`);
  return [...run.started.keys()].some(
    (key) => isOwn(key) && !failing.has(key) && !run.skipped.has(key),
  );
}

/**
 * Proves everything with the edit in it, by the same questions and the same judge as the edits of rules; and keeps it
 * only if nothing speaks against any of it.
 */
export async function settle(
  one: Case,
  { patch, others }: Promising,
  candidate: Candidate,
  proposal: Proposal,
  standing: Repaired,
  workshop: Workshop,
  ground: ProvingGround,
): Promise<Repaired | (Refused & { readonly isUncaused: boolean })> {
  const { files, watch } = workshop;
  const restore = [files.remember(), ...standing.cases.map(rememberCase)];
  const admitted = { proposal, edits: editRecords(proposal, files) };
  for (const each of [one, ...others]) {
    delete each.verdict;
    each.admitted = [admitted];
  }
  files.edit(candidate.operations, (operation) => candidate.isForm(operation));
  const cases = [...standing.cases];
  const retest: Retest = await watch.time('prove', prove(patch, cases, workshop, ground));
  revealed(cases, ground.sensed, retest.full);
  const { failed, uncaused } = await watch.time(
    'prove',
    judgeProof(cases, patch, retest, workshop, ground),
  );
  if (failed.size + uncaused.length === 0) return { ...standing, cases, patch, retest };
  for (const back of restore) back();
  const verdict: Verdict | undefined = failed.get(one) ?? [...failed.values()][0];
  return {
    refused: verdict?.reason ?? 'the change replaces such a value, but that is not the cause',
    isUncaused: failed.size === 0,
  };
}

function rememberCase(one: Case): () => void {
  const { verdict, admitted, failure } = one;
  return () => {
    one.admitted = admitted;
    one.failure = failure;
    if (verdict) one.verdict = verdict;
    else delete one.verdict;
  };
}
