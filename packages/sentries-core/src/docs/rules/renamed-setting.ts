import { posix } from 'node:path';
import type { ChangeSet } from '../../change/change-set';
import type { ChangedFile } from '../../change/changed-file';
import { hunksOf } from '../../change/line-hunks';
import { tokensWithin } from '../../change/tokens';
import { ancestry, type Node, type PythonSource, type Span } from '../../python/syntax';
import type { Evidence } from '../../report/run-record';
import type { MadeName } from '../code/declared-options';
import type { ProjectCode } from '../code/project-code';
import type { Settings } from '../code/settings';
import type { Reference } from '../reference';
import { otherUser } from './other-user';
import { replacement, type DocContext, type DocRule } from './rule';

/** An option of a command line, a variable of the environment, or a key of the configuration that has another name now. */
export const renamedSetting: DocRule = {
  id: 'doc-renamed-setting',
  propose(stale, context) {
    const { reference, was } = stale;
    const kind = reference.kind === 'config-key' ? reference.kind : was.kind;
    const isSetting = kind === 'option' || kind === 'env' || kind === 'config-key';
    if (!isSetting || reference.text !== was.name) return undefined;
    const { change, base, head } = context;
    const exchanged = [
      ...fromLiterals(change, was.name),
      ...fromLines(change, was.name),
      ...fromNames(was.name, context),
    ];
    const [now, ...others] = new Set(exchanged.map((one) => one.now));
    const what = WHAT[kind];
    if (now === undefined) return { refused: `the change removed the ${what} ${was.name}` };
    if (others.length > 0)
      return { refused: `${was.name} may be any of ${[now, ...others].join(', ')} now` };
    if (!SPELLED[kind].test(now) || !has(head.settings, kind, now) || has(base.settings, kind, now))
      return { refused: `nothing says that ${now} is what ${was.name} was` };
    if (!keepsUses(change, was.name, now))
      return { refused: `${now} is used in another way than ${was.name} was` };
    const other = otherUser(was.name, reference, context);
    if (other !== undefined)
      return { refused: `${was.name} became ${now}, and \`${other}\` takes one of that name, too` };
    return {
      strategy: this.id,
      tier: 'explained',
      operations: [replacement(reference, now, context)],
      evidence: exchanged[0]!.evidence,
      causes: [],
      says: `the ${what} ${was.name} is called ${now}`,
      leadsTo: now,
    };
  },
};

const WHAT = { option: 'option', env: 'variable', 'config-key': 'key' } as const;
const SPELLED = {
  option: /^--?[A-Za-z][\w-]*$/,
  env: /^[A-Z][A-Z0-9_]*$/,
  'config-key': /^[A-Za-z][\w-]*$/,
} as const;

const has = (settings: Settings, kind: Reference['kind'], name: string): boolean =>
  kind === 'option'
    ? settings.options.has(name)
    : (kind === 'env' ? settings.variable(name) : settings.string(name, 'variable')) !== undefined;

/** A name that the change wrote where another one stood. */
interface Exchange {
  readonly now: string;
  readonly evidence: readonly Evidence[];
}

function fromLiterals({ files, literals }: ChangeSet, name: string): Exchange[] {
  return literals.flatMap((one): Exchange[] => {
    const file = files.find(({ path }) => path === one.file)!;
    const isExchanged = one.kind === 'string' && one.old === name;
    if (!isExchanged || !isSameAround(file, one.oldSpan, one.span, name, one.new)) return [];
    const was = { file: one.file, line: one.oldLine, text: one.oldText };
    const is = { file: one.file, line: one.newLine, text: one.newText };
    return [exchange(name, one.new, was, is)];
  });
}

/** True where each line with the variable that an option is read from is the same but for its name. */
function keepsUses({ files }: ChangeSet, old: string, now: string): boolean {
  if (!old.startsWith('--')) return true;
  const word = new RegExp(`\\b${variableOf(old)}\\b`, 'g');
  const used = new RegExp(`\\.${variableOf(old)}\\b`);
  return files.flatMap(hunksOf).every(({ removed, added }) => {
    const after = new Set(added.map((line) => line.trim()));
    const uses = removed.filter((line) => used.test(line));
    return uses.every((line) => after.has(line.trim().replace(word, variableOf(now))));
  });
}

/** What follows from the name of a parameter or of a field follows its renaming. */
function fromNames(name: string, { change, base, head, folder }: DocContext): Exchange[] {
  const made = base.settings.madeOf(name);
  if (!made) return [];
  const { owner, word } = made;
  const file = posix.join(folder, made.file);
  const words = [
    ...change.signatures
      .filter(({ file: own, old }) => own.oldPath === file && old.path === owner)
      .map(({ now }) => now.get(word)?.name),
    ...change.renames
      .filter((one) => one.file === file && one.owner === owner && one.oldName === word)
      .map(({ newName }) => newName),
  ];
  return words.flatMap((other): Exchange[] => {
    const spelled = name.startsWith('--')
      ? `--${(other ?? '').replaceAll('_', '-')}`
      : name.slice(0, name.length - word.length) + (other ?? '').toUpperCase();
    const now = head.settings.madeOf(spelled);
    if (other === undefined || other === word || now?.word !== other) return [];
    const lines = (code: ProjectCode, one: MadeName): Line => {
      const { source } = code.moduleOf(one.file)!;
      const text = source.lines.line(one.line).trim();
      return { file: posix.join(folder, one.file), line: one.line, text };
    };
    return [exchange(name, spelled, lines(base, made), lines(head, now))];
  });
}

/** A key, as in `os.environ["NAME"]`, is no literal that stands for a value: here the rest of its line must be the same. */
function fromLines({ files }: ChangeSet, name: string): Exchange[] {
  return files.flatMap((file) =>
    hunksOf(file).flatMap(({ old, new: now, removed, added }) =>
      removed.length !== added.length
        ? []
        : removed.flatMap((line, at): Exchange[] => {
            const quoted = /["']/.exec(line[line.indexOf(name) - 1] ?? '')?.[0];
            const [before, after, more] = line.split(`${quoted}${name}${quoted}`);
            const other = added[at]!;
            if (quoted === undefined || after === undefined || more !== undefined) return [];
            const middle = other.slice(before!.length, other.length - after.length);
            const isSame = before! + middle + after === other && /^(["'])[\w-]+\1$/.test(middle);
            const next = middle.slice(1, -1);
            if (!isSame || next === name || !file.old || !file.new) return [];
            const spans = [old.start, now.start].map((start, side): Span => {
              const lines = (side === 0 ? file.old! : file.new!).lines;
              const begin = lines.lineStart(start + at) + before!.length + 1;
              return { start: begin, end: begin + (side === 0 ? name : next).length };
            }) as [Span, Span];
            if (!isSameAround(file, ...spans, name, next)) return [];
            const was = { file: file.oldPath, line: old.start + at, text: line.trim() };
            const is = { file: file.path, line: now.start + at, text: other.trim() };
            return [exchange(name, next, was, is)];
          }),
    ),
  );
}

/**
 * True where the whole expression is the same but for the name. A variable that is called by it may follow, or stay, and the old
 * one may be named now, since else the new name would give it another.
 */
function isSameAround(file: ChangedFile, was: Span, is: Span, old: string, now: string): boolean {
  // Of a list, one may go and another one come.
  const isListed = file.old!.nodeAt(was).parent?.parent?.type ?? '';
  if (/^(list|tuple|set|expression_list)$/.test(isListed)) return false;
  const words = (source: PythonSource, span: Span): string[] => {
    const { startIndex, endIndex } = expressionAround(source.nodeAt(span));
    return tokensWithin(source, startIndex, endIndex).map(({ text }) => text);
  };
  const [before, after] = [words(file.old!, was), words(file.new!, is)];
  const follows = new Map([
    [old, now],
    [variableOf(old), variableOf(now)],
  ]);
  const isSame = (some: readonly string[]): boolean =>
    some.length === before.length &&
    some.every((word, at) => word === before[at] || word === follows.get(before[at]!));
  return isSame(after) || pinsOf(variableOf(old)).some((pin) => isSame(without(after, pin)));
}

/** How argparse and click are told, by one more argument, which variable an option is kept in. */
const pinsOf = (variable: string): string[][] => [
  [',', 'dest', '=', '"', variable, '"'],
  [',', '"', variable, '"'],
];

/** Words without the first run of these, whichever quotes they have. */
function without(words: readonly string[], run: readonly string[]): readonly string[] {
  const isRun = (at: number): boolean =>
    run.every((word, next) => words[at + next]?.replace("'", '"') === word);
  const start = words.findIndex((_, at) => isRun(at));
  return start < 0 ? words : words.toSpliced(start, run.length);
}

const variableOf = (name: string): string => name.replace(/^-+/, '').replaceAll('-', '_');

function expressionAround(node: Node): Node {
  const isPart = ({ parent }: Node): boolean =>
    parent !== null &&
    !/^(module|block|decorator|parameters|dictionary)$|_(statement|clause|definition)$/.test(
      parent.type,
    );
  return [...ancestry(node)].find((one) => !isPart(one))!;
}

type Line = Pick<Evidence, 'file' | 'line' | 'text'>;

const exchange = (old: string, now: string, was: Line, is: Line): Exchange => ({
  now,
  evidence: [
    { ...was, side: 'base', says: `${old} stood here` },
    { ...is, side: 'head', says: `${now} stands here now` },
  ],
});
