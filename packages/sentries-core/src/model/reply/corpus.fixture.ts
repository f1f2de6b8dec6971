import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PythonSource } from '../../python/syntax';
import type { EditableFile, EditFormat } from './read-edits';

/** A reply as local models send it, and what is to become of it. */
export interface CorpusCase {
  /** The file of the corpus it stands in. */
  readonly about: string;
  readonly name: string;
  readonly asked: EditFormat;
  readonly reply: string;
  /** The text of each file that may be edited, by path. */
  readonly files: ReadonlyMap<string, string>;
  /** The same with the edit, or why it is refused. */
  readonly expected: ReadonlyMap<string, string> | { readonly refused: string };
}

const FOLDER = join(__dirname, 'corpus');

const PATHS: Readonly<Record<string, string>> = {
  cart: 'tests/test_cart.py',
  report: 'tests/test_report.py',
  stock: 'tests/legacy/test_stock.py',
};

/**
 * Reads the corpus. A case begins with `@@@@ its name`; its sections with `@@`: `asked` (the format, else `json`),
 * `files` (else `cart`), `crlf` (`file` or `reply`), `reply`, and `result` (for each file: lines that go, come, or
 * stand around) or `refused` (the kind).
 */
export function readCorpus(): CorpusCase[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith('.txt'))
    .flatMap((file) =>
      readFileSync(join(FOLDER, file), 'utf8')
        .split(/^@@@@ /m)
        .slice(1)
        .map((text) => readCase(file.replace('.txt', ''), text)),
    );
}

function readCase(about: string, text: string): CorpusCase {
  const name = text.slice(0, text.indexOf('\n'));
  const sections = text
    .slice(text.indexOf('\n') + 1)
    .split(/^@@ (?=\w)/m)
    .slice(1)
    .map((section) => {
      const [, key = '', value = '', body = ''] = /^(\w+) ?([^\n]*)\n?([^]*)$/.exec(section)!;
      return { key, value, body: body.replace(/\n$/, '') };
    });
  const one = (key: string) => sections.find((section) => section.key === key);
  const crlf = one('crlf')?.value;
  const withEnds = (content: string, when: string): string =>
    crlf === when ? content.replaceAll('\n', '\r\n') : content;
  const files = new Map(
    (one('files')?.value ?? 'cart')
      .split(' ')
      .map((file) => [PATHS[file]!, readFileSync(join(FOLDER, 'files', `${file}.txt`), 'utf8')]),
  );
  const results = new Map(files);
  for (const { key, value, body } of sections) {
    if (key === 'result') results.set(value, changed(name, files.get(value)!, body));
  }
  const refused = one('refused')?.value;
  const ends = (all: ReadonlyMap<string, string>): Map<string, string> =>
    new Map([...all].map(([path, content]) => [path, withEnds(content, 'file')]));
  return {
    about,
    name,
    asked: (one('asked')?.value ?? 'json') as EditFormat,
    reply: withEnds(one('reply')!.body, 'reply'),
    files: ends(files),
    expected: refused === undefined ? ends(results) : { refused },
  };
}

/** The text with the lines that begin with `-` exchanged for those with `+`; the first ones must be there once. */
function changed(name: string, text: string, change: string): string {
  const hunks: { old: string; now: string }[] = [];
  let last = '+';
  for (const line of change.split('\n')) {
    const sign = line[0] ?? '';
    if (last === '+' && sign !== '+') hunks.push({ old: '', now: '' });
    const hunk = hunks.at(-1)!;
    if (sign !== '+') hunk.old += `${line.slice(1)}\n`;
    if (sign !== '-') hunk.now += `${line.slice(1)}\n`;
    last = sign;
  }
  return hunks.reduce((result, { old, now }) => {
    if (result.split(old).length !== 2) throw new Error(`${name}: ${old} is not there once`);
    return result.replace(old, () => now);
  }, text);
}

export function editable(files: ReadonlyMap<string, string>): EditableFile[] {
  return [...files].map(([path, text]) => ({ path, source: new PythonSource(text) }));
}
