import { recordOf } from './report.fixture';
import { runRecord, runRecordSchema } from './run-record';

describe('the record of a run', () => {
  it('is accepted as it is written', () => {
    const record = recordOf();
    expect(runRecord.parse(JSON.parse(JSON.stringify(record)))).toEqual(record);
  });

  it.each<[string, object]>([
    ['another version', { version: 2 }],
    ['another sentry', { sentry: 'sentry-docs' }],
    ['an unknown mode', { mode: 'yolo' }],
    ['an unknown result', { result: 'fine' }],
    ['no failures', { failures: undefined }],
    ['an unknown outcome', { failures: [{ ...recordOf().failures[0], outcome: 'lucky' }] }],
    ['an unknown tier', { failures: [{ ...recordOf().failures[0], tier: 'guessed' }] }],
    ['half a line', { patch: { files: [], added: 0.5, removed: 0 } }],
    ['a time that is no number', { timings: { sense: '12' } }],
    ['an error without a hint', { error: { message: 'x' } }],
  ])('is refused with %s', (_, part) => {
    expect(runRecord.safeParse({ ...recordOf(), ...part }).success).toBe(false);
  });

  it('has a JSON Schema that names every field', () => {
    const schema = runRecordSchema() as { properties: object; required: string[] };
    const fields = [...Object.keys(recordOf()), 'notes'];
    expect(Object.keys(schema.properties).sort()).toEqual(fields.sort());
    expect(schema.required.toSorted()).toEqual(Object.keys(recordOf()).sort());
  });
});
