import type { TruthPlace } from './truth/page';

/** What a patch made of a page. */
export interface PageJudgement {
  /** The places that say now what they must say. */
  readonly exchanged: ReadonlySet<TruthPlace>;
  /** The lines of the patched page on which something else was changed. */
  readonly wrong: readonly string[];
}

/**
 * Reads a patched page beside the one that it was made of: at each place either text may stand, everywhere else only the old
 * one.
 *
 * @param places By their order, none within another; the text after is nowhere on the unpatched page.
 */
export function judgePage(
  original: string,
  patched: string,
  places: readonly TruthPlace[],
): PageJudgement {
  const exchanged = new Set<TruthPlace>();
  const wrong: string[] = [];
  let [at, now] = [0, 0];
  const fail = (): void => {
    // What stands on this line is not understood any more; the rest of the page may be.
    const stop = patched.indexOf('\n', now);
    const start = patched.lastIndexOf('\n', now - 1) + 1;
    wrong.push(patched.slice(start, stop < 0 ? undefined : stop));
    const end = original.indexOf('\n', at + 1);
    at = end < 0 ? original.length : end;
    now = stop < 0 ? patched.length : stop;
  };
  for (const place of [...places, undefined]) {
    const stop = place?.start ?? original.length;
    while (at < stop) {
      const text = original.slice(at, stop);
      if (patched.startsWith(text, now)) {
        at = stop;
        now += text.length;
      } else {
        const same = commonLength(text, patched.slice(now));
        at += same;
        now += same;
        fail();
      }
    }
    if (!place || at > place.start) continue;
    const after = [place.after].flat().find((one) => patched.startsWith(one, now));
    if (after !== undefined) {
      exchanged.add(place);
      now += after.length;
      at = place.end;
    }
  }
  for (const { start, with: other } of exchanged)
    if (other && !exchanged.has(other)) wrong.push(lineAt(original, start));
  if (now < patched.length) wrong.push(patched.slice(now));
  return { exchanged, wrong };
}

const lineAt = (text: string, at: number): string =>
  text.slice(text.lastIndexOf('\n', at - 1) + 1).split('\n', 1)[0]!;

function commonLength(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length += 1;
  return length;
}
