import type { RunRecord } from 'sentries-core';
import { judgePage } from './doc-judge';
import type { SeedField, Sowing } from './doc-seeds';
import type { DocPage, TruthPlace } from './truth/page';
import type { Texts } from './doc-workspace';
import { git } from './repair-git';

/** What a sentry made of a place that a seed left behind. */
export interface PlaceOutcome {
  readonly end: 'repaired' | 'found' | 'missed';
  /** `file:line`, with the line's text. */
  readonly where: string;
  readonly reason: string;
}

/** What became of a seeded change. */
export interface SeedOutcome extends Sowing {
  readonly places: readonly PlaceOutcome[];
  /** Lines that were changed otherwise than the seed demands. */
  readonly wrong: readonly string[];
  /** Lines on which a word was exchanged of which plain search can't tell what it names: to be read. */
  readonly beyond: readonly string[];
  /** Places that were found where the word does not stand. */
  readonly elsewhere: readonly string[];
  readonly error: string | null;
}

/** Sows the changes of a package one after the other, and asks the sentry about each. */
export async function sow(
  field: SeedField,
  sowings: readonly Sowing[],
  tell: (outcome: SeedOutcome) => void,
): Promise<SeedOutcome[]> {
  const { workspace } = field;
  const made = field.made(sowings.map(({ seed }) => seed));
  const outcomes: SeedOutcome[] = [];
  for (const [at, sowing] of sowings.entries()) {
    const one = made[at];
    if (!one) continue;
    workspace.write(one.texts);
    git(workspace.root, 'add', '--all', '--force');
    const pages = field.pages(one.texts, one.docstrings);
    const record = await workspace.run();
    workspace.applyPatch();
    const patched = changedTexts(field, pages);
    workspace.reset();
    const known = new Set(pages.map(({ file }) => file));
    const unread = Object.keys(patched).filter((file) => !known.has(file));
    const others = unread.map((file): DocPage => ({ file, text: workspace.read(file) }));
    const outcome = outcomeOf(sowing, record, [...pages, ...others], patched, (page) =>
      // Of pages that nothing is expected of, nothing is known but what may be exchanged on them.
      field
        .placesOn(page, sowing.seed)
        .map((place) => (known.has(page.file) ? place : { ...place, isNamed: false })),
    );
    outcomes.push(outcome);
    tell(outcome);
  }
  return outcomes;
}

/** The files that the patch changed, beside what the seed had written. */
function changedTexts({ workspace }: SeedField, pages: readonly DocPage[]): Texts {
  const names = git(workspace.root, 'diff', '--name-only', '-z').split('\0').filter(Boolean);
  const known = new Map(pages.map(({ file, text }) => [file, text]));
  return Object.fromEntries(
    names
      .filter((file) => known.get(file) !== workspace.read(file))
      .map((file) => [file, workspace.read(file)]),
  );
}

function outcomeOf(
  sowing: Sowing,
  record: RunRecord,
  pages: readonly DocPage[],
  patched: Texts,
  placesOn: (page: DocPage) => readonly TruthPlace[],
): SeedOutcome {
  const places: PlaceOutcome[] = [];
  const wrong: string[] = [];
  const beyond: string[] = [];
  const told = new Set<string>();
  for (const page of pages) {
    const truth = placesOn(page);
    const text = patched[page.file] ?? page.text;
    const { exchanged, wrong: lines } = judgePage(page.text, text, truth);
    wrong.push(...lines.map((line) => `${page.file}: ${line.trim()}`));
    for (const place of truth) {
      const line = lineAt(page.text, place.start);
      const where = `${page.file}:${line.number}  ${line.text}`;
      const failures = record.failures.filter(
        (one) => one.place?.file === page.file && one.place.line === line.number,
      );
      told.add(`${page.file}:${line.number}`);
      const isExchanged = exchanged.has(place);
      if (!place.isNamed) {
        const isDue = truth.some((one) => one.with === place);
        if (isExchanged && !isDue) beyond.push(where);
        continue;
      }
      const end = isExchanged ? 'repaired' : failures.length > 0 ? 'found' : 'missed';
      places.push({ end, where, reason: isExchanged ? '' : (failures[0]?.reason ?? '') });
    }
  }
  const elsewhere = record.failures
    .filter(
      ({ place, outcome }) =>
        outcome !== 'repaired' && place !== null && !told.has(`${place.file}:${place.line}`),
    )
    .map((one) => `${one.place!.file}:${one.place!.line}  ${one.exception.message}`);
  return { ...sowing, places, wrong, beyond, elsewhere, error: record.error?.message ?? null };
}

function lineAt(text: string, at: number): { readonly number: number; readonly text: string } {
  const before = text.slice(0, at).split('\n');
  return { number: before.length, text: (text.split('\n')[before.length - 1] ?? '').trim() };
}
