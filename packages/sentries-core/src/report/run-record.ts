import { z } from 'zod';
import { TIERS } from './tiers';

/**
 * How a proposed edit is justified; from the strongest. A run's `accept` option says how far down one goes.
 */
const tier = z
  .enum(TIERS)
  .describe(
    'mechanical: follows from a refactoring. explained: the change shows the new value. ' +
      'unexplained: nothing in the change says that the value was meant to change. generated: written by a model.',
  );

const outcome = z.enum(['repaired', 'suspected-regression', 'flaky', 'environment', 'unrepaired']);

const result = z.enum(['green', 'repaired', 'partial', 'unrepaired', 'error']);

const evidence = z.object({
  file: z.string().describe('From the workspace root.'),
  line: z.int().describe('From 1. In the old file where `side` is base, else in the new one.'),
  side: z.enum(['base', 'head']),
  text: z.string().describe('The line as it stands there.'),
  says: z.string().describe('What the line shows, in one sentence.'),
});

const editRecord = z.object({
  file: z.string().describe('From the workspace root.'),
  line: z
    .int()
    .describe(
      'From 1, in the file as it is without the patch, in which a line ends with \\n alone.',
    ),
  before: z.string(),
  after: z.string(),
});

const suspect = z.object({
  file: z.string().describe('From the workspace root.'),
  line: z
    .int()
    .describe('From 1. In the old file where `side` is base: a line that the change took away.'),
  side: z.enum(['base', 'head']),
  text: z.string().describe('The line as it stands there.'),
});

const failureRecord = z.object({
  id: z.string().describe('The pytest node id; of docs `file:line`, from the workspace root.'),
  exception: z.object({ type: z.string(), message: z.string() }),
  place: z
    .object({ file: z.string(), line: z.int() })
    .nullable()
    .describe('The line of the test that failed, as it stood; null where no line of it is known.'),
  outcome,
  tier: tier.nullable(),
  strategy: z.string().nullable().describe("A rule's id, or `model`."),
  reason: z.string().describe('Why the failure has this outcome.'),
  evidence: z.array(evidence),
  edits: z
    .array(editRecord)
    .describe('In the patch where the failure is repaired; else for information only.'),
  suspects: z
    .array(suspect)
    .describe(
      'Of a suspected regression: changed lines that the test executed, or, where it executed none, that ran when ' +
        'its modules were imported. At most 10. Empty where none are known.',
    ),
});

const testsVerified = z.object({
  tests: z.int().describe('Tests that ran in the isolated copy, with the patch.'),
  repaired: z.int().describe('Of those, tests that failed before and passed twice.'),
  failOnOldSource: z
    .int()
    .describe('Of the repaired tests, those that fail on the source of the base.'),
});

const docsVerified = z.object({
  references: z
    .int()
    .describe('References to code on the changed lines; none of them leads nowhere.'),
  repaired: z.int().describe('Of those, references that led nowhere before.'),
  examples: z
    .int()
    .describe('Examples that the patch changed and that the interpreter parsed again.'),
  ran: z
    .int()
    .describe(
      'Examples that the project has pytest run, and that ran in an isolated copy with the patch; none that ' +
        'passed before fails.',
    ),
  mended: z.int().describe('Of those, examples that failed before, and passed twice.'),
  notRun: z.string().nullable().describe('Why no example ran.'),
  builds: z
    .int()
    .optional()
    .describe('Builds that have no new warning with the patch, where builds were asked for.'),
});

export const runRecord = z.object({
  version: z.literal(1),
  sentry: z.enum(['sentry-test', 'sentry-doc']),
  project: z.string(),
  target: z.string().describe('The name of the Nx target that ran.'),
  base: z.string().nullable().describe('The commit that the change starts from.'),
  head: z
    .string()
    .nullable()
    .describe('The commit that the change ends at; null: the working tree.'),
  mode: z.enum(['report', 'propose', 'apply', 'pr']),
  result,
  error: z
    .object({ message: z.string(), hint: z.string() })
    .nullable()
    .describe('Why there is no result, where `result` is error.'),
  failures: z.array(failureRecord),
  notes: z
    .array(
      z.object({
        file: z.string().describe('From the workspace root.'),
        line: z.int().describe('From 1.'),
        says: z.string().describe('What is worth a look there, in one sentence.'),
      }),
    )
    .optional()
    .describe('What is no failure, and may want a person; left out where there is nothing.'),
  patch: z.object({ files: z.array(z.string()), added: z.int(), removed: z.int() }).nullable(),
  change: z
    .object({
      folders: z
        .array(z.string())
        .describe(
          "The project's folder and those of what it depends on, and the texts of the workspace that it looks after; " +
            'from the workspace root.',
        ),
      except: z.array(z.string()).describe('Folders inside of these that have no part in it.'),
      digest: z
        .string()
        .describe(
          'SHA-256 over what the files there that differ from `base` are, as git would store them.',
        ),
    })
    .nullable()
    .describe(
      'What the run worked on, so that its patch is published on nothing else. null: files changed while the task ' +
        'ran; or nothing failed, and nothing is to be published.',
    ),
  verification: z.union([testsVerified, docsVerified]).nullable(),
  model: z.object({ calls: z.int(), promptTokens: z.int(), completionTokens: z.int() }),
  timings: z.record(z.string(), z.number()).describe('Milliseconds a phase took.'),
});

export type Outcome = z.infer<typeof outcome>;
export type Evidence = z.infer<typeof evidence>;
export type Suspect = z.infer<typeof suspect>;
export type EditRecord = z.infer<typeof editRecord>;
export type Note = NonNullable<RunRecord['notes']>[number];
export type FailureRecord = z.infer<typeof failureRecord>;
export type DocsVerified = z.infer<typeof docsVerified>;
export type RunRecord = z.infer<typeof runRecord>;

/** The JSON Schema of `run.json`, as it is published with the package. */
export function runRecordSchema(): unknown {
  return z.toJSONSchema(runRecord, { target: 'draft-2020-12' });
}
