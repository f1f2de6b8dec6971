import type { Checked, Finding } from './check';

/** What `sentries docs check` says, for people. */
export function checkText({ projects, broken }: Checked): string {
  const sum = (count: (one: Checked['projects'][number]) => number): string =>
    projects.reduce((total, one) => total + count(one), 0).toLocaleString('en');
  const read = `${sum(({ references }) => references)} references in ${sum(({ files }) => files)} files`;
  const found =
    broken.length === 1 ? '1 is broken' : `${broken.length.toLocaleString('en')} are broken`;
  if (broken.length === 0) return `${read}, none is broken`;
  return [...broken.flatMap(findingLines), '', `${read}, ${found}`].join('\n');
}

function findingLines({ file, line, text, reason, candidates, certainty }: Finding): string[] {
  const doubt = certainty === 'likely' ? ' (likely)' : '';
  const near = candidates.map((one) => `${one.name} (${one.file}:${String(one.line)})`).join(', ');
  return [
    `${file}:${String(line)}  ${text}${doubt}: ${reason}`,
    ...(near === '' ? [] : [`    near: ${near}`]),
  ];
}
