import { statusLine } from '../status/text';
import type { Cleaned } from './clean-up-workspace';

/** What goes or went, and what stays, each with its reason. */
export function cleanupText({ entries, folders, deleted }: Cleaned): string {
  const going = entries.filter(({ goes }) => goes);
  const staying = entries.filter(({ goes }) => !goes);
  const lines = [
    ...going.map(({ status, why }) => `  ${statusLine(status)}\n          ${why}`),
    ...folders.map((folder) => `  ${folder}`),
  ];
  const title = deleted ? 'Deleted:' : 'Would be deleted:';
  const text = lines.length > 0 ? [title, ...lines] : ['There is nothing to delete.'];
  if (staying.length > 0)
    text.push(
      'Stays:',
      ...staying.map(({ status, why }) => `  ${statusLine(status)}\n          ${why}`),
    );
  return text.join('\n');
}
