import type { PlaceOutcome, SeedOutcome } from './docs-seeded';
import type { Agreement, PairOutcome } from './docs-pairs';
import { percent, type Section } from './table';

/** What seeded changes show: by the kind of change, and by package. */
export function seededSections(outcomes: readonly SeedOutcome[]): Section[] {
  const by = (what: string, keyOf: (one: SeedOutcome) => string): Section => {
    const keys = [...new Set(outcomes.map(keyOf))].sort();
    return {
      title: `Seeded changes by ${what}`,
      header: [
        what,
        'changes',
        'places',
        'found',
        'repaired',
        'wrong edits',
        'beyond',
        'elsewhere',
      ],
      rows: [
        ...keys.map((key) =>
          seededRow(
            key,
            outcomes.filter((one) => keyOf(one) === key),
          ),
        ),
        seededRow('**all**', outcomes),
      ],
      notes: [],
    };
  };
  return [by('kind', ({ seed }) => seed.kind), by('package', ({ package_ }) => package_)];
}

function seededRow(key: string, own: readonly SeedOutcome[]): string[] {
  const places = own.flatMap((one) => one.places);
  const count = (...ends: PlaceOutcome['end'][]): number =>
    places.filter(({ end }) => ends.includes(end)).length;
  const sum = (list: (one: SeedOutcome) => readonly string[]): string =>
    String(own.reduce((total, one) => total + list(one).length, 0));
  return [
    key,
    String(own.length),
    String(places.length),
    percent(count('repaired', 'found'), places.length),
    percent(count('repaired'), places.length),
    sum(({ wrong }) => wrong),
    sum(({ beyond }) => beyond),
    sum(({ elsewhere }) => elsewhere),
  ];
}

/** Changes of which no page and no docstring knows: nothing may be found. */
export function silentSection(outcomes: readonly SeedOutcome[]): Section {
  const isQuiet = ({ elsewhere, wrong }: SeedOutcome): boolean =>
    elsewhere.length + wrong.length === 0;
  const kinds = [...new Set(outcomes.map(({ seed }) => seed.kind))].sort();
  const row = (key: string, own: readonly SeedOutcome[]): string[] => {
    const quiet = own.filter(isQuiet).length;
    return [
      key,
      String(own.length),
      String(quiet),
      percent(quiet, own.length),
      String(own.flatMap(({ wrong }) => wrong).length),
    ];
  };
  return {
    title: 'Changes that docs do not know of',
    header: ['kind', 'changes', 'nothing found', 'share', 'edits'],
    rows: [
      ...kinds.map((kind) =>
        row(
          kind,
          outcomes.filter(({ seed }) => seed.kind === kind),
        ),
      ),
      row('**all**', outcomes),
    ],
    notes: [],
  };
}

/** Newer docs on newer source, over the older release: what had to be done has been done. */
export function updatedSection(outcomes: readonly PairOutcome[]): Section {
  const quiet = outcomes.filter(({ found }) => found.length === 0).length;
  return {
    title: 'Releases with their own docs',
    header: ['releases', 'found', 'edited lines'],
    rows: [
      ...outcomes
        .filter(({ found }) => found.length > 0)
        .map((one) => [one.pair, String(one.found.length), String(one.edits.length)]),
      [
        `**all** (${quiet} of ${outcomes.length} with nothing)`,
        String(outcomes.flatMap(({ found }) => found).length),
        String(outcomes.flatMap(({ edits }) => edits).length),
      ],
    ],
    notes: [],
  };
}

const AGREEMENTS: readonly Agreement[] = ['same', 'reworded', 'kept', 'gone'];

/** Older docs on newer source. */
export function releasesSection(outcomes: readonly PairOutcome[]): Section {
  const row = (key: string, own: readonly PairOutcome[]): string[] => {
    const found = own.flatMap((one) => one.found);
    const repaired = found.filter(({ outcome }) => outcome === 'repaired');
    const edits = own.flatMap((one) => one.edits);
    return [
      key,
      String(found.length),
      String(repaired.length),
      String(edits.length),
      ...AGREEMENTS.map((wanted) =>
        String(edits.filter(({ agreement }) => agreement === wanted).length),
      ),
    ];
  };
  return {
    title: 'Older docs on newer source',
    header: ['releases', 'found', 'repaired', 'edited lines', ...AGREEMENTS],
    rows: [...outcomes.map((one) => row(one.pair, [one])), row('**all**', outcomes)],
    notes: [],
  };
}
