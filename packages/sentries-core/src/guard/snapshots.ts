/** Says in one sentence how an edit weakens a file of snapshots; undefined where it does not. */
export function weakenedSnapshots(before: string, after: string): string | undefined {
  const [old, now] = [before, after].map(names);
  return old!.join('\n') === now!.join('\n')
    ? undefined
    : 'the edit removes, adds or renames a snapshot';
}

const names = (text: string): string[] => text.match(/^# (name|serializer version): .*$/gm) ?? [];
