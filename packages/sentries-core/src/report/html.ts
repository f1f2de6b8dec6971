import { readFile } from 'node:fs/promises';
import type { RunRecord } from './run-record';
import { NOTES, viewOf, type FailureView, type Piece } from './view';

/**
 * `report.html`: the run and its patch for people, on one page that needs nothing but itself: no script, nothing
 * that is fetched.
 *
 * @param patch As it is in `changes.patch`; the library that shows it is loaded only where there is one.
 */
export async function htmlReport(record: RunRecord, patch: Buffer | null): Promise<string> {
  const view = viewOf(record);
  const diff = patch && record.patch && (await shownDiff(patch, record.patch.files));
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    // A text of others that became markup after all would still do nothing.
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    '<meta name="viewport" content="width=device-width">',
    `<title>${text(`${view.title} · ${view.result}`)}</title>`,
    `<style>${STYLE}${diff?.style ?? ''}</style>`,
    '</head>',
    '<body>',
    `<h1>${text(view.title)}</h1>`,
    `<p><strong class="${view.result}">${text(view.result)}</strong> · ${text(view.summary)}</p>`,
    `<p>Change: <code>${text(view.base)}</code> → <code>${text(view.head)}</code></p>`,
    ...(view.error
      ? [
          `<blockquote><pre>${text(`${view.error.message}\n\n${view.error.hint}`)}</pre></blockquote>`,
        ]
      : []),
    ...view.groups.flatMap(({ title, failures }) => [
      `<h2>${text(title)}</h2>`,
      ...failures.flatMap(section),
    ]),
    ...(view.notes.length > 0
      ? [
          `<h2>${NOTES}</h2>`,
          '<ul>',
          ...view.notes.map(
            ({ place, says }) => `<li><code>${text(place)}</code>: ${text(says)}</li>`,
          ),
          '</ul>',
        ]
      : []),
    ...(view.patch
      ? [
          '<h2>Patch</h2>',
          `<p>${inLine(view.patch.line)}</p>`,
          `<p>Verified: ${text(view.patch.verified)}</p>`,
          diff?.html ?? '',
        ]
      : []),
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

function section({ id, reason, how, points, exception }: FailureView): string[] {
  return [
    '<section>',
    `<h3><code>${text(id)}</code></h3>`,
    `<p>${text(reason)}</p>`,
    ...(how === null ? [] : [`<p>${text(how)}</p>`]),
    ...(points.length > 0
      ? ['<ul>', ...points.map((point) => `<li>${inLine(point)}</li>`), '</ul>']
      : []),
    `<pre>${text(exception)}</pre>`,
    '</section>',
  ];
}

/** @param names The names of the files, in the patch's order; there some are quoted as git does it. */
async function shownDiff(
  patch: Buffer,
  names: readonly string[],
): Promise<{ html: string; style: string }> {
  const { html, parse } = await import('diff2html');
  const files = parse(patch.toString('utf8')).map((file, at) => {
    const name = names[at] ?? file.newName;
    return { ...file, oldName: name, newName: name };
  });
  const style = await readFile(require.resolve('diff2html/bundles/css/diff2html.min.css'), 'utf8');
  return { html: html(files, { drawFileList: false, outputFormat: 'line-by-line' }), style };
}

const inLine = (pieces: readonly Piece[]): string =>
  pieces
    .map((piece) => (typeof piece === 'string' ? text(piece) : `<code>${text(piece.code)}</code>`))
    .join('');

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const text = (raw: string): string => raw.replace(/[&<>"']/g, (sign) => ENTITIES[sign]!);

const STYLE = `
body { font: 15px/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; color: #1f2328; }
code, pre { font: 13px/1.45 ui-monospace, monospace; }
pre { background: #f6f8fa; padding: .7rem; overflow-x: auto; }
code { white-space: pre-wrap; overflow-wrap: anywhere; }
section { border-left: 3px solid #d0d7de; padding-left: 1rem; margin: 1rem 0; }
strong { color: #9a6700; } .green, .repaired { color: #1a7f37; } .unrepaired, .error { color: #cf222e; }
.d2h-file-collapse { display: none !important; }
`;
