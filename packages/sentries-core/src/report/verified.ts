import type { RunRecord } from './run-record';

/** In one sentence, what it was that proved a patch. */
export function verifiedBy(verification: NonNullable<RunRecord['verification']>): string {
  if ('tests' in verification) {
    const { tests, repaired, failOnOldSource } = verification;
    return (
      `in an isolated copy ${tests} tests ran with the patch, none that passed before fails; ` +
      `${repaired} repaired ones passed twice, ${failOnOldSource} of them fail on the old source.`
    );
  }
  const { references, repaired, examples, ran, mended, notRun } = verification;
  return (
    `${references} references stand on the changed lines, ${repaired} of them repaired, and none leads nowhere; ` +
    `${examples} changed examples parse as before; ` +
    (notRun === null
      ? `in an isolated copy ${ran} examples ran as the project has them run, none that passed before fails, ${mended} repaired ones passed twice.`
      : `none was run: ${notRun}.`)
  );
}
