import { relative, sep } from 'node:path';
import { z } from 'zod';

/*
 * The records of `python/sentries_facts/`, one JSON object a line. Lines and columns are as CPython
 * gives them: lines from 1, columns from 0 in UTF-8 bytes. Files are absolute paths.
 */

/**
 * Names a test through an edit of its parameters: its node id with the numbers of its parametrize rows in
 * place of their values. The node id itself for whatever has no rows.
 */
const key = z.string();

/**
 * A live value: its type and, only where that is faithful, its source text. That is `repr` of builtins and of
 * plain types of the standard library, the qualified name of an enum's member, and `call(…)` or `approx(…)`.
 */
const valueFact = z.object({
  type: z.string(),
  source: z.string().nullable(),
  /** Of a container without source: its text with `__opaque__('its.type')` for what has none. */
  outline: z.string().optional(),
});

const snapshotFact = z.object({
  file: z.string(),
  name: z.string(),
  /** Null where there is none yet, or no text. */
  stored: z.string().nullable(),
  /** What the tool would store; null where it could not, or where it is no text. */
  now: z.string().nullable(),
});

const compareFact = z.object({
  file: z.string(),
  line: z.int(),
  op: z.string(),
  left: valueFact,
  right: valueFact,
  /** The stored snapshot that is one of the sides, and did not match. */
  snapshot: snapshotFact.nullable().optional(),
});

const exceptionFact = z.object({
  /** Qualified by its module: `builtins.AssertionError`. */
  type: z.string(),
  message: z.string(),
  /** The missing name of an ImportError (a module), NameError or AttributeError. */
  name: z.string().nullable(),
  /** What an attribute was missed on: a module's name, or the qualified names of a class and its bases. */
  owner: z
    .object({ kind: z.enum(['module', 'class', 'instance']), names: z.array(z.string()) })
    .nullable(),
  /** All classes below its own, qualified; null where they are too many. Not told of an AssertionError. */
  derived: z.array(z.string()).nullable().optional(),
});

const frameFact = z.object({
  file: z.string(),
  line: z.int(),
  function: z.string(),
  /** `[line, column, end line, end column]` of the expression; CPython 3.11 and later. */
  span: z.tuple([z.int(), z.int(), z.int(), z.int()]).nullable(),
  /** Of the test's own file, where an assertion failed: what small names were, as source text. */
  locals: z.record(z.string(), z.string()).optional(),
});

const checkFact = z.object({
  /**
   * The method of unittest or of a mock; `match` for a text that does not match its pattern; `did not raise`
   * and `did not warn`.
   */
  name: z.string(),
  /** Where it was called. */
  frame: frameFact,
  values: z.record(z.string(), valueFact),
});

const doctestFact = z.object({
  file: z.string(),
  /** The first line of the example's source; null where doctest does not know it. */
  line: z.int().nullable(),
  /** Both without prompts and indent. */
  source: z.string(),
  want: z.string(),
  /** What a traceback in `want` ends with: the exception that was expected. */
  raises: z.string().nullable(),
  /** What the example printed; null where it raised what was not expected, which is the failure's exception. */
  got: z.string().nullable(),
  /** The names of doctest's option flags in effect. */
  options: z.array(z.string()),
});

const failureFact = z.object({
  kind: z.literal('failure'),
  /** The node id; of a conftest that pytest could not load before it began, the conftest's path. */
  id: z.string(),
  key,
  file: z.string().nullable(),
  when: z.enum(['conftest', 'collect', 'setup', 'call', 'teardown']),
  exception: exceptionFact,
  /** Outermost first. */
  frames: z.array(frameFact),
  /** The last comparison that a rewritten assert made before the failure. */
  compare: compareFact.nullable(),
  /** The assertion of a library (unittest, mock, pytest) that raised the exception. */
  check: checkFact.nullable().optional(),
  /** The example of a doctest that failed; the first, where several did. */
  doctest: doctestFact.nullable().optional(),
  /** Parametrized argument → the index of its row. */
  rows: z.record(z.string(), z.int()),
  /** The test function's name without the parameters' ids. */
  function: z.string().nullable(),
});

const factRecord = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('session'),
    python: z.string(),
    pytest: z.string(),
    rootdir: z.string(),
    ini: z.string().nullable(),
    /** As configured: paths or globs from rootdir. */
    testpaths: z.array(z.string()),
  }),
  z.object({ kind: z.literal('start'), id: z.string(), key }),
  z.object({ kind: z.literal('skip'), key }),
  failureFact,
  z.object({ kind: z.literal('finish'), exit: z.int(), roots: z.array(z.string()) }),
]);

export type FailureFact = z.infer<typeof failureFact>;
export type CheckFact = z.infer<typeof checkFact>;
export type DoctestFact = z.infer<typeof doctestFact>;
export type SnapshotFact = z.infer<typeof snapshotFact>;
export type ValueFact = z.infer<typeof valueFact>;
export type FrameFact = z.infer<typeof frameFact>;
type FactRecord = z.infer<typeof factRecord>;

/**
 * What one pytest run did, put together from the records of all its processes. Files inside the folder that
 * the run was about are given from there, with forward slashes; all others stay absolute.
 */
export interface RunFacts {
  readonly session: Extract<FactRecord, { kind: 'session' }> | null;
  /** Key → node id of each test that was begun, in that order. */
  readonly started: ReadonlyMap<string, string>;
  readonly skipped: ReadonlySet<string>;
  /** At most one per key: the first, since later ones follow from it. */
  readonly failures: readonly FailureFact[];
  /** Folders that modules were imported from, without the interpreter's own. */
  readonly roots: readonly string[];
  readonly finished: boolean;
}

/**
 * Reads the records of a run.
 *
 * @param files The text of each process's file. A last line that was cut short by a crash is left out.
 * @param root The folder from which files are named.
 * @param alias Another folder whose paths in tracebacks stand for those of `root`.
 * @throws ZodError for a record that is not ours.
 */
export function readFacts(files: readonly string[], root: string, alias = root): RunFacts {
  let session: RunFacts['session'] = null;
  let finished = false;
  const started = new Map<string, string>();
  const skipped = new Set<string>();
  const failures = new Map<string, FailureFact>();
  const roots = new Set<string>();
  for (const line of files.flatMap(completeLines)) {
    const record = factRecord.parse(JSON.parse(line));
    switch (record.kind) {
      case 'session':
        session ??= record;
        break;
      case 'start':
        started.set(record.key, record.id);
        break;
      case 'skip':
        skipped.add(record.key);
        break;
      case 'failure':
        if (!failures.has(record.key)) {
          failures.set(
            record.key,
            relocate(record, (file) => fromRoot(fromRoot(file, root), alias)),
          );
        }
        break;
      case 'finish':
        finished = true;
        for (const folder of record.roots) roots.add(fromRoot(folder, root));
    }
  }
  return {
    session,
    started,
    skipped,
    failures: [...failures.values()],
    roots: [...roots].sort(),
    finished,
  };
}

const completeLines = (text: string): string[] =>
  text
    .split('\n')
    .slice(0, -1)
    .filter((line) => line !== '');

function relocate(failure: FailureFact, named: (file: string) => string): FailureFact {
  const { file, frames, compare, check, doctest } = failure;
  const isConftest = failure.when === 'conftest';
  return {
    ...failure,
    id: isConftest ? named(failure.id) : failure.id,
    key: isConftest ? named(failure.key) : failure.key,
    file: file && named(file),
    frames: frames.map((frame) => ({ ...frame, file: named(frame.file) })),
    compare: compare && {
      ...compare,
      file: named(compare.file),
      ...(compare.snapshot && {
        snapshot: { ...compare.snapshot, file: named(compare.snapshot.file) },
      }),
    },
    ...(check && { check: { ...check, frame: { ...check.frame, file: named(check.frame.file) } } }),
    ...(doctest && { doctest: { ...doctest, file: named(doctest.file) } }),
  };
}

function fromRoot(file: string, root: string): string {
  if (file !== root && !file.startsWith(root + sep)) return file;
  return relative(root, file).split(sep).join('/') || '.';
}
