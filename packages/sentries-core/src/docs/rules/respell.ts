/**
 * A name as a text writes it, once the thing has another name. A text may write the end of the whole name alone:
 * `Account.close` for `acme.money.Account.close`.
 *
 * @param written The words of the text.
 * @param old The whole name that they stood for.
 * @param now The whole name now.
 * @returns the new text, which is the old one where nothing of what is written has changed; undefined where the text is
 *   another name for it, or writes a part of what changed.
 */
export function respelled(written: string, old: string, now: string): string | undefined {
  const [words, before, after] = [written, old, now].map((name) => name.split('.')) as [
    string[],
    string[],
    string[],
  ];
  const skipped = before.length - words.length;
  if (skipped < 0 || before.slice(skipped).join('.') !== written) return undefined;
  const least = Math.min(before.length, after.length);
  let front = 0;
  while (front < least && before[front] === after[front]) front += 1;
  let back = 0;
  while (back < least - front && before.at(-1 - back) === after.at(-1 - back)) back += 1;
  if (words.length <= back) return written;
  if (skipped <= front)
    return [...words.slice(0, front - skipped), ...after.slice(front)].join('.');
  // What is written begins within what changed: each word must have its counterpart.
  return before.length === after.length ? after.slice(skipped).join('.') : undefined;
}
