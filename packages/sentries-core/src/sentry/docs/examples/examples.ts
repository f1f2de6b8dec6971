import { filesAtBase, type SourceFiles } from '../../../change/change-set';
import { foldersOf } from '../../../change/scope';
import { EnvironmentError } from '../../../errors';
import { exampleOutput } from '../../../docs/rules/example-output';
import { mayBeEdited, type TestPaths } from '../../../guard/allowlist';
import type { Patch } from '../../../guard/guard';
import type { FailureFact } from '../../../pytest/facts';
import type { PytestRun } from '../../../pytest/run';
import { exampleCode } from '../../../repair/propose';
import { unparsed } from '../../../verify/parsed';
import { Bench } from '../../../verify/retest';
import { isHopeful, newCase, unrepaired, type Case } from '../../case';
import { planRound, type Workshop } from '../../plan-round';
import type { Range } from '../../relate';
import { repair, type ProvingGround } from '../../repair-loop';
import { acceptedTiers, type DocRequest } from '../../request';
import { lookAgain } from '../../second-look';
import { byteCodeOf } from '../../sense';
import type { Stopwatch } from '../../stopwatch';
import { TestFiles } from '../../test-files';
import type { Finding } from '../finding';
import { operationsOf } from '../proof';
import type { Outdated } from '../sense';
import type { Settled } from '../settle';
import { exampleFiles } from './example-files';
import { isOfFinding, passed, staleAmong } from './failing-examples';
import { senseExamples } from './sense-examples';

/** What the examples show that the project has pytest run. */
export interface Examples {
  /** Those that the change broke, beside what the references show already. */
  readonly cases: readonly Case[];
  /** How many ran with the patch. */
  readonly ran: number;
  /** Why none ran; null where some did. */
  readonly notRun: string | null;
}

export interface ExampleScene {
  readonly request: DocRequest;
  readonly range: Range;
  readonly outdated: Outdated;
  readonly findings: readonly Finding[];
  readonly watch: Stopwatch;
  readonly interpreter: () => Promise<string>;
  /** Settles the findings that have no verdict. */
  readonly settle: () => Promise<Settled>;
}

/**
 * Runs the examples of the documentation that the project has pytest run: what passed before has to pass with the edits of the
 * references, and what the change broke is repaired as a test is. Where the project runs none, nothing is started.
 */
export async function checkExamples(scene: ExampleScene): Promise<Examples & Settled> {
  const { request, outdated } = scene;
  const none = (settled: Settled, notRun: string): Examples & Settled => ({
    ...settled,
    ...{ cases: [], ran: 0, notRun },
  });
  const only = await exampleFiles(request, outdated);
  if (typeof only === 'string')
    return none(request.mode === 'report' ? UNSETTLED : await scene.settle(), only);
  const settled = await scene.settle();
  const started = await begin(scene, only);
  if (typeof started === 'string') return none(settled, started);
  const { python, sensed } = started;
  const { workspace, pytestArgs, testTimeout } = request;
  const { change } = outdated.context;
  const paths = new Set([...only, ...scene.findings.map(({ file }) => file)]);
  const isTest = (path: string): boolean => paths.has(path);
  const tests = { isTest, isEditable: (path: string) => isTest(path) && mayBeEdited(path) };
  let bench: Bench | undefined;
  const makeBench = (): Bench =>
    (bench ??= new Bench({
      workspace,
      scope: request,
      pytest: { python, args: pytestArgs, timeout: testTimeout, only },
      sensed,
      tests,
      traced: change.files.flatMap(({ path, new: now }) => (now ? [path] : [])),
      bytecode: byteCodeOf(workspace),
    }));
  try {
    return await withBench({ ...scene, python, sensed, tests, bench: makeBench }, settled);
  } finally {
    await bench?.remove();
  }
}

const UNSETTLED: Settled = { patch: null, verification: null };

/** Docs are mended where nothing can be run, too: then it is said. */
async function begin(
  { request, interpreter }: ExampleScene,
  only: readonly string[],
): Promise<{ python: string; sensed: PytestRun } | string> {
  try {
    const python = await interpreter();
    const sensed = await senseExamples(request, python, only);
    return typeof sensed === 'string' ? sensed : { python, sensed };
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    return error.message;
  }
}

interface Ground extends ExampleScene {
  readonly python: string;
  readonly sensed: PytestRun;
  readonly tests: TestPaths;
  readonly bench: () => Bench;
}

async function withBench(ground: Ground, first: Settled): Promise<Examples & Settled> {
  const { sensed, findings, range, outdated, bench } = ground;
  const { settled, now } = await withoutHarm(ground, first);
  const unknown = now.failures.filter((one) => !isOfFinding(one, findings));
  const ran = now.started.size - now.skipped.size;
  const plain = { ...settled, cases: [], ran, notRun: null };
  if (unknown.length === 0) return plain;
  const { files } = outdated.context.change;
  const source = await filesAtBase(range.repository, range.base, files);
  const failing = new Set(unknown.flatMap(({ file }) => (file === null ? [] : [file])));
  const targets = { keys: unknown.map(({ key }) => key), files: [...failing] };
  const atBase = await bench().glanceOn(source, [], targets);
  const stale = staleAmong(unknown, atBase, new Set(source.keys()));
  if (stale.length === 0) return plain;
  const repaired = await repairExamples(stale, settled, source, ground);
  return { ...plain, ...repaired, ran: sensed.started.size - sensed.skipped.size };
}

/** Takes back what breaks an example that passed before. */
async function withoutHarm(
  { sensed, findings, bench, settle }: Ground,
  first: Settled,
): Promise<{ settled: Settled; now: PytestRun }> {
  for (let settled = first; ; settled = await settle()) {
    const { patch } = settled;
    if (!patch) return { settled, now: sensed };
    const now = await bench().glance(patch.edits, null, []);
    const failing = [...sensed.started].filter(
      ([key]) => passed({ key }, sensed) && !passed({ key }, now),
    );
    if (failing.length === 0) return { settled, now };
    // What fails now and then says nothing of an edit.
    const keys = failing.map(([key]) => key);
    const again = await bench().glance(patch.edits, { keys, files: [] }, []);
    const harmed = failing.filter(([key]) => !passed({ key }, again));
    const others = now.failures.filter(({ key }) => !keys.includes(key));
    if (harmed.length === 0) return { settled, now: { ...now, failures: others } };
    for (const [key, id] of harmed) {
      const file = now.failures.find((one) => one.key === key)?.file;
      const open = findings.filter(({ verdict }) => !verdict);
      const near = open.filter((one) => one.file === file);
      for (const one of near.length > 0 ? near : open)
        one.verdict = unrepaired(
          `with its edit the example ${id} does not pass any more`,
          one.planned,
        );
    }
  }
}

async function repairExamples(
  stale: readonly FailureFact[],
  settled: Settled,
  source: SourceFiles,
  { request, outdated, findings, watch, sensed, tests, bench, python }: Ground,
): Promise<Pick<Examples, 'cases'> & Partial<Settled>> {
  const { workspace, folder, maxFiles, maxLines, accept, mode } = request;
  const { context, isMeant } = outdated;
  const files = new TestFiles(workspace, folder, tests);
  const open = operationsOf(findings.filter(({ verdict }) => !verdict));
  await files.load([...new Set(open.map(({ file }) => file))]);
  files.settle(open);
  const workshop: Workshop = {
    change: context.change,
    files,
    policy: { tests, maxFiles, maxLines },
    accepted: acceptedTiers(accept),
    uncaused: new Set(),
    watch,
    strategies: [exampleCode, exampleOutput(isMeant)],
  };
  const ground: ProvingGround = {
    workspace,
    folders: foldersOf(request),
    sensed,
    bench,
    lookAgain: (cases) => lookAgain(cases, context.change, workspace, bench),
    base: () => Promise.resolve({ source, tests: new Map() }),
  };
  const cases = stale.map((one) => newCase(one));
  await bench().lay(settled.patch?.edits ?? []);
  await ground.lookAgain(cases);
  if (mode === 'report') {
    await planRound(cases, workshop);
    return { cases };
  }
  const repaired = await repair(cases, workshop, ground);
  const reason = repaired.patch && (await changedModule(repaired.patch, python));
  if (!reason) return { cases: repaired.cases, ...(repaired.patch && { patch: repaired.patch }) };
  for (const one of repaired.cases.filter(isHopeful))
    one.verdict = unrepaired(reason, one.admitted.at(-1));
  return { cases: repaired.cases };
}

/** Why the interpreter does not read an edited module as before, but for its docstrings. */
async function changedModule({ edits }: Patch, python: string): Promise<string | undefined> {
  const modules = edits.filter(({ path }) => path.endsWith('.py'));
  const texts = modules.map(({ before, after }) => ({
    kind: 'module' as const,
    before: before.toString('utf8'),
    after: after.toString('utf8'),
  }));
  const reasons = await unparsed(python, texts);
  const at = reasons.findIndex((reason) => reason !== null);
  return at < 0 ? undefined : `${modules[at]!.path}: ${reasons[at]}`;
}
