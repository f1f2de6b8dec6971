/**
 * A name as a text writes it, once the thing has another name. A text may write the end of the whole name alone:
 * `Account.close` for `acme.money.Account.close`. Whether it leads there then is asked afterwards.
 *
 * @param written The words of the text.
 * @param old The whole name that they stood for.
 * @param now The whole name now.
 * @returns the new text, which is the old one where nothing of what is written has changed; undefined where the text writes
 *   something else, or a part of what changed.
 */
export function respelled(written: string, old: string, now: string): string | undefined {
  const [words, before, after] = [written, old, now].map((name) => name.split('.')) as [
    string[],
    string[],
    string[],
  ];
  const least = Math.min(before.length, after.length);
  let front = 0;
  while (front < least && before[front] === after[front]) front += 1;
  let back = 0;
  while (back < least - front && before.at(-1 - back) === after.at(-1 - back)) back += 1;
  const isEnd = before.slice(-words.length).join('.') === written && words.length <= before.length;
  // Other names may stand for its first words: `m.convert`, after `import acme.money as m`.
  const from = isEnd ? 0 : Math.max(1, words.length - commonEnd(words, before));
  const [own, rest] = [words.slice(0, from), words.slice(from)];
  if (rest.length === 0 && own.length > 1) return undefined;
  const skipped = before.length - rest.length;
  if (skipped < 0 || before.slice(skipped).join('.') !== rest.join('.')) return undefined;
  if (rest.length <= back) return written;
  if (skipped <= front)
    return [...own, ...rest.slice(0, front - skipped), ...after.slice(front)].join('.');
  // What is written begins within what changed: each word must have its counterpart.
  return isEnd && before.length === after.length ? after.slice(skipped).join('.') : undefined;
}

function commonEnd(one: readonly string[], other: readonly string[]): number {
  let length = 0;
  while (length < one.length && one.at(-1 - length) === other.at(-1 - length)) length += 1;
  return length;
}
