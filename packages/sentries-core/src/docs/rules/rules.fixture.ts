import { ChangeSet } from '../../change/change-set';
import { changedFile } from '../../change/change.fixture';
import type { ChangedFile } from '../../change/changed-file';
import { applyOperations, type Operation } from '../../patch/operation';
import { isRefusal } from '../../repair/strategy';
import { readCode, readReferences } from '../check';
import { treeOf } from '../docs.fixture';
import { outgrownSignatures } from '../outgrown';
import { staleExceptions } from '../stale-exceptions';
import { staleReturns } from '../stale-returns';
import { staleReferences, type StaleReference } from '../stale';
import type { DocContext, DocRule } from './rule';
import { toldBy } from './told';

type Texts = Readonly<Record<string, string | null>>;

/** A project, what a change made of some of its files, and which of them git calls moved: old path → new path. */
export interface DocStory {
  readonly base: Readonly<Record<string, string>>;
  /** Null for a file that is gone. */
  readonly change: Texts;
  readonly moved?: Readonly<Record<string, string>>;
}

/** A story as it is told to rules: what the change made stale, and what they may look at. */
export async function sensed({
  base,
  change,
  moved = {},
}: DocStory): Promise<{ stale: StaleReference[]; context: DocContext; page: string }> {
  const after = Object.fromEntries(
    Object.entries({ ...base, ...change }).filter(
      (entry): entry is [string, string] => entry[1] !== null,
    ),
  );
  const [old, head] = [await readCode(treeOf(base)), await readCode(treeOf(after))];
  const renamed = new Set(Object.values(moved));
  const files = Object.keys(change)
    .filter((path) => !renamed.has(path))
    .map((path): ChangedFile => {
      const now = moved[path];
      const isCode = path.endsWith('.py');
      const [before, then] = [base[path] ?? null, after[now ?? path] ?? null];
      const file = changedFile(isCode ? before : null, isCode ? then : null, path);
      return now === undefined ? file : { ...file, status: 'renamed', path: now };
    });
  const context: DocContext = {
    change: new ChangeSet(files, [], textsIn(base, after)),
    base: old,
    head,
    folder: '.',
    links: [],
    text: (file) => after[file] ?? '',
  };
  const { references } = await readReferences(treeOf(after), head);
  const told = toldBy(context.change, old, head, '.');
  const gone = staleReferences(references, old, head, told);
  const known = new Set(gone.map(({ reference }) => reference));
  const beside = [outgrownSignatures, staleExceptions].flatMap((sense) =>
    sense(references, known, old, head),
  );
  const returns = staleReturns(references, known, old, head, context.change);
  const stale = [...gone, ...beside, ...returns];
  return { stale, context, page: Object.keys(after).find((path) => /page\.\w+$/.test(path))! };
}

/** What a rule makes of the page `docs/page.md` or `docs/page.rst`: the page, and why it refused. */
export async function mended(rule: DocRule, story: DocStory): Promise<string[]> {
  const { stale: all, context, page } = await sensed(story);
  const operations: Operation[] = [];
  const refused: string[] = [];
  for (const stale of all) {
    const answer = rule.propose(stale, context);
    if (!answer) continue;
    if (isRefusal(answer)) refused.push(`refused: ${answer.refused}`);
    else operations.push(...answer.operations);
  }
  return [applyOperations(context.text(page), operations), ...refused];
}

const func = (name: string): string =>
  `def ${name}(amount, rate):\n    return round(amount * rate, 2)\n`;

/** `convert` of `acme.money` becomes `exchange`; the page is Markdown unless it is said to be RST. */
export const renaming = (page: string, name = 'convert', format = 'md'): DocStory => ({
  base: {
    'src/acme/__init__.py': '',
    'src/acme/money.py': func(name),
    [`docs/page.${format}`]: page,
  },
  change: { 'src/acme/money.py': func('exchange') },
});

/** A function of `acme.money` gets another head line. */
export const resigning = (old: string, now: string, page: string, format = 'md'): DocStory => ({
  base: {
    'src/acme/__init__.py': '',
    'src/acme/money.py': `${old}\n    return 1\n`,
    [`docs/page.${format}`]: page,
  },
  change: { 'src/acme/money.py': `${now}\n    return 1\n` },
});

const RATES = 'TABLE = {"EUR": 1.0, "USD": 1.1}\n\n\ndef rate(unit):\n    return TABLE[unit]\n';

/** The module `acme.rates` becomes `acme.tables`. */
export const moving = (page: string, format = 'md'): DocStory => ({
  base: {
    'src/acme/__init__.py': '',
    'src/acme/rates.py': RATES,
    [`docs/page.${format}`]: page,
  },
  change: { 'src/acme/rates.py': null, 'src/acme/tables.py': RATES },
  moved: { 'src/acme/rates.py': 'src/acme/tables.py' },
});

/** `rate` leaves `acme.rates` for `acme.tables`, and `other` stays. */
export const leaving = (page: string): DocStory => {
  const rate = 'def rate(unit, day):\n    return {"EUR": day}[unit] * 2\n';
  const other = 'def other(amount):\n    return amount + 1\n';
  return {
    base: {
      'src/acme/__init__.py': '',
      'src/acme/rates.py': `${rate}\n\n${other}`,
      'src/acme/tables.py': '',
      'docs/page.md': page,
    },
    change: { 'src/acme/rates.py': other, 'src/acme/tables.py': rate },
  };
};

/** The texts of a project before and after a change, as the change set reads them. */
const textsIn = (
  base: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): ChangedFile[] =>
  Object.keys(after)
    .filter((path) => path.endsWith('.md') && base[path] !== after[path])
    .map((path) => changedFile(base[path] ?? null, after[path]!, path));
