/*
 * What reading docs costs: the first check, the next ones, and the sentry's search, as ratios to what their Markdown
 * parser alone takes for the same pages, or to one another. Ratios of runs made in turn in one process, by the
 * processor's time.
 */
import { GFM, parser } from '@lezer/markdown';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  checkDocs,
  readCode,
  readReferences,
  searchFor,
  staleReferences,
  workingTree,
  type FileTree,
} from 'sentries-core/docs';
import { ROOT } from '../paths';
import { numberOf, run } from './command-line';
import { corpora, SYMBOLS, type Corpus } from './docs-speed-corpus';
import { median, table } from './table';

const MARKDOWN = parser.configure([GFM]);

/** Milliseconds of the processor, which others on the machine don't change, in one round. */
type Times = Readonly<Record<string, number>>;

interface Round {
  readonly times: Times;
  /** The project as it was checked last, and what was found in it. */
  readonly changed: Corpus;
  readonly found: string;
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { pairs: { type: 'string', default: '3' } },
    allowPositionals: true,
  });
  const pairs = numberOf(values.pairs);
  const folder = mkdtempSync(join(tmpdir(), 'sentries-docs-speed-'));
  try {
    for (const path of positionals)
      await project(basename(path), await loaded(path), folder, pairs);
    if (positionals.length === 0) await made(folder, pairs);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The generated projects. */
async function made(folder: string, pairs: number): Promise<void> {
  const docs = join(ROOT, 'docs');
  const written = readdirSync(docs).map((file) => readFileSync(join(docs, file), 'utf8'));
  const { markdown, rst, docstrings } = corpora(written);
  const sizes = [...markdown].filter(([path]) => path.endsWith('.md'));
  const megabytes = sizes.reduce((sum, [, text]) => sum + text.length, 0) / 1e6;
  console.log(
    `${String(sizes.length)} Markdown pages (${megabytes.toFixed(1)} MB), ${SYMBOLS.toLocaleString('en')} symbols\n`,
  );
  await project('Markdown', markdown, folder, pairs);
  await project('reStructuredText', rst, folder, pairs);
  await project('docstrings', docstrings, folder, pairs);
}

/** A folder as it is on the disk, read before anything is measured. */
async function loaded(path: string): Promise<Corpus> {
  const tree = await workingTree(path);
  const files = new Map<string, string>();
  for (const file of tree.paths) files.set(file, (await tree.read(file)) ?? '');
  return files;
}

const treeOf = (files: Corpus): FileTree => ({
  paths: new Set(files.keys()),
  read: (path) => Promise.resolve(files.get(path)),
});

const append = (files: Corpus, path: string, text: string): Corpus =>
  new Map([...files, [path, `${files.get(path) ?? ''}${text}`]]);

async function project(name: string, files: Corpus, folder: string, pairs: number): Promise<void> {
  const cacheFile = (at: number): string => join(folder, `${name}-${String(at)}.bin`);
  // A part of it makes the engine ready, and shows that keeping makes no difference.
  const part = new Map([...files].filter((_, at) => at % 10 === 0));
  const ready = await round(part, cacheFile(-1), true);
  same(ready.found, JSON.stringify(await checkDocs(treeOf(ready.changed))));
  const rounds: Times[] = [];
  for (let at = 0; at < pairs; at += 1)
    rounds.push((await round(files, cacheFile(at), at % 2 === 0)).times);
  const ratio = (above: string, below: string): string[] => {
    const all = rounds.map((one) => one[above]! / one[below]!);
    return [Math.min(...all), median(all), Math.max(...all)].map((one) => one.toFixed(3));
  };
  const hasPages = rounds.every(({ parser: ms }) => ms! > 1);
  const rows = [
    ['first check / parser alone', 'first', 'parser'],
    ['second check, nothing changed / parser alone', 'second', 'parser'],
    ['second check, nothing changed / first', 'second', 'first'],
    ['one text changed / first', 'text', 'first'],
    ['one module changed / first', 'module', 'first'],
    ['sentry-doc: what one renamed function left behind, searched / all read', 'searched', 'read'],
  ] as const;
  const shown = rows.filter(([, , below]) => hasPages || below !== 'parser');
  const lines = shown.map(([what, above, below]) => [what, ...ratio(above, below)]);
  for (const line of table([name, 'min', 'median', 'max'], lines)) console.log(line);
  console.log();
}

async function timed<T>(work: () => Promise<T>): Promise<{ ms: number; value: T }> {
  const start = process.cpuUsage();
  const value = await work();
  const { user, system } = process.cpuUsage(start);
  return { ms: (user + system) / 1000, value };
}

/** All contenders once; whatever they find must be the same. */
async function round(files: Corpus, cacheFile: string, isParserFirst: boolean): Promise<Round> {
  const check = (tree: Corpus, kept = cacheFile) =>
    timed(async () => JSON.stringify(await checkDocs(treeOf(tree), { cacheFile: kept })));
  const before = isParserFirst ? await parsed(files) : undefined;
  const first = await check(files);
  const parserAlone = before ?? (await parsed(files));
  const second = await check(files);
  same(first.value, second.value);
  const pages = [...files.keys()].filter((path) => /\.(md|rst)$/.test(path));
  const module = [...files.keys()].filter((path) => path.endsWith('.py')).at(-1)!;
  const text = await check(append(files, pages.at(-1) ?? module, '\nMore.\n'));
  const changed = append(files, module, '\n\ndef one_more(): ...\n');
  const more = await check(changed);
  return {
    times: {
      ...{ first: first.ms, parser: parserAlone, second: second.ms, text: text.ms },
      ...{ module: more.ms, ...(await renamed(files)) },
    },
    changed,
    found: more.value,
  };
}

async function parsed(files: Corpus): Promise<number> {
  const pages = [...files].filter(([path]) => path.endsWith('.md'));
  const { ms } = await timed(() => {
    for (const [, text] of pages) MARKDOWN.parse(text);
    return Promise.resolve();
  });
  return ms;
}

/** A function of one module has another name: with all docs read, and with those alone that may name it. */
async function renamed(files: Corpus): Promise<Times> {
  const modules = [...files].filter(([path]) => /^(src\/)?\w+\/\w+\.py$/.test(path));
  const [path, text] = modules.findLast(([, code]) => /^def \w{5,}/m.test(code)) ?? ['', ''];
  const head = treeOf(new Map([...files, [path, text.replace(/^def \w+/m, '$&_anew')]]));
  const find = async (isSearched: boolean): Promise<string> => {
    const now = await readCode(head);
    const old = await readCode(treeOf(files), {}, isSearched ? now : undefined);
    const options = isSearched ? { isWanted: searchFor(old, now) } : {};
    const { references } = await readReferences(head, now, options);
    return JSON.stringify(staleReferences(references, old, now));
  };
  const [searched, read] = [await timed(() => find(true)), await timed(() => find(false))];
  same(searched.value, read.value);
  return { searched: searched.ms, read: read.ms };
}

function same(one: string, other: string): void {
  if (one !== other) throw new Error('what was found is not the same');
}

run(main);
