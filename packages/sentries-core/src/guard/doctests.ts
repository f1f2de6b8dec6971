/** Says in one sentence how an edit weakens the doctests of a text; undefined where it does not. */
export function weakenedDoctests(before: string, after: string): string | undefined {
  const [old, now] = [strength(before), strength(after)];
  if (now.examples < old.examples) return 'the edit removes an example of a doctest';
  if (now.checked < old.checked) return 'the edit removes the expected output of a doctest';
  if (now.directives > old.directives) return 'the edit adds a directive to a doctest';
  return undefined;
}

function strength(text: string): { examples: number; checked: number; directives: number } {
  const lines = text.split(/\r?\n/);
  const isCode = (line: string): boolean => /^\s*(>>>|\.\.\.)( |$)/.test(line);
  const isChecked = (line: string, at: number): boolean =>
    isCode(line) && !isCode(lines[at + 1] ?? '') && (lines[at + 1] ?? '').trim() !== '';
  return {
    examples: lines.filter((line) => /^\s*>>>( |$)/.test(line)).length,
    checked: lines.filter(isChecked).length,
    directives: text.match(/#\s*doctest:/g)?.length ?? 0,
  };
}
