/** How an edit is justified, from the strongest. Apart from the schema, whose library is slow to load. */
export const TIERS = ['mechanical', 'explained', 'unexplained', 'generated'] as const;

export type Tier = (typeof TIERS)[number];

/** The weakest of some tiers; undefined of none. */
export function weakest(tiers: Iterable<Tier>): Tier | undefined {
  const some = new Set(tiers);
  return TIERS.findLast((tier) => some.has(tier));
}
