import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { runRecord, type FailureRecord } from '../report/run-record';

const run = z.object({
  record: runRecord,
  /** `changes.patch`, a character a byte. */
  patch: z.string(),
});

/** What a pull request knows of itself: hidden in its body, for the next run to read. */
const metadata = z.object({
  version: z.literal(1),
  sentry: z.enum(['sentry-test', 'sentry-doc']),
  branch: z.string(),
  base: z.string().describe('The branch that was tested, and that the pull request is for.'),
  head: z.string().describe('The commit that was tested.'),
  key: z.string().describe('Of the whole patch.'),
  replaces: z
    .string()
    .describe('Blob of the metadata file at that commit; empty where there is none.'),
  failures: z.array(z.string()).describe('Keys of the failures that it repairs.'),
  ended: z.string().nullable().describe('Why we closed it; null while we did not.'),
  runs: z
    .array(run)
    .describe('The artifacts behind it; empty where they are too large to be kept here.'),
});

export type Metadata = z.infer<typeof metadata>;
export type CarriedRun = Metadata['runs'][number];

/** The last one: before it stand texts of others. */
const BLOCK = /<!-- sentries:1 ([A-Za-z0-9+/=]+) -->(?![^]*<!-- sentries:1 )/;

/** More than any honest body unpacks to. */
const UNPACKED_AT_MOST = 8_000_000;

/** The metadata as a comment that readers do not see. */
export function hidden(value: Metadata): string {
  return `<!-- sentries:1 ${deflateRawSync(JSON.stringify(value)).toString('base64')} -->`;
}

/** The metadata in a body; undefined where there is none that can be read. */
export function metadataIn(body: string): Metadata | undefined {
  const block = BLOCK.exec(body);
  if (!block) return undefined;
  try {
    const packed = Buffer.from(block[1]!, 'base64');
    const text = inflateRawSync(packed, { maxOutputLength: UNPACKED_AT_MOST }).toString();
    return metadata.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** A body with other metadata in it. */
export function withMetadata(body: string, value: Metadata): string {
  const block = hidden(value);
  return BLOCK.test(body) ? body.replace(BLOCK, () => block) : `${body}\n\n${block}`;
}

/** Names a repair: the failing test of a project together with the edits for it, wherever they stand. */
export function failureKey(
  project: string,
  { id, edits }: Pick<FailureRecord, 'id' | 'edits'>,
): string {
  const what = edits.map(({ file, before, after }) => [file, before, after]);
  const hash = createHash('sha256').update(JSON.stringify([project, id, what]));
  return hash.digest('hex').slice(0, 20);
}
