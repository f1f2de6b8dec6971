import * as fc from 'fast-check';
import { AXES } from '../tools/matrix/axes';
import { allPairs, pairwise, type Axes, type Row } from '../tools/matrix/pairwise';

/** The pairs that stand in a row. */
const met = (row: Row<Axes>): string[] =>
  allPairs(Object.fromEntries(Object.entries(row).map(([axis, value]) => [axis, [value]])));

it('any two values of different axes meet in a row, and no row is in vain', () => {
  const someAxes = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 2, maxLength: 6 });
  fc.assert(
    fc.property(someAxes, (sizes) => {
      const axes: Axes = Object.fromEntries(
        sizes.map((size, at) => [`axis ${at}`, Array.from({ length: size }, (_, n) => `v${n}`)]),
      );
      const rows = pairwise(axes);
      expect(new Set(rows.flatMap(met))).toEqual(new Set(allPairs(axes)));
      expect(rows.length).toBeLessThanOrEqual(allPairs(axes).length);
      const seen = new Set<string>();
      for (const row of rows) {
        expect(met(row).some((pair) => !seen.has(pair))).toBe(true);
        for (const pair of met(row)) seen.add(pair);
      }
    }),
  );
});

it('the matrix of supported versions takes few rows', () => {
  const rows = pairwise(AXES);
  const [most, second] = Object.values(AXES)
    .map(({ length }) => length)
    .toSorted((a, b) => b - a);
  expect(rows.length).toBeGreaterThanOrEqual(most! * second!);
  expect(rows.length).toBeLessThanOrEqual(most! * second! + 3);
  expect(pairwise(AXES)).toEqual(rows);
});
