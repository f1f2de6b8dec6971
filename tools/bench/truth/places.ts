import { defaultPlaces } from './defaults';
import { modulePlaces } from './modules';
import { movePlaces } from './moves';
import { pastOf, sectionsOf, type DocPage, type Seed, type TruthPlace } from './page';
import { parameterPlaces } from './parameters';
import type { Search } from './search';
import { settingPlaces } from './settings';
import { symbolPlaces } from './symbols';

/**
 * The places of a page where a seed's thing stands, by plain search: none in lists of what was changed. Of several that lie
 * in each other the first one counts; a named one comes before others.
 */
export function placesOf(page: DocPage, seed: Seed, packages: readonly string[]): TruthPlace[] {
  const found = sectionsOf(page)
    .flatMap((section) => placesIn({ page, seed, packages, ...section }))
    .filter(({ start }) => !pastOf(page).some((past) => past.start <= start && start < past.end));
  const named = found.filter(({ isNamed }) => isNamed);
  const others = found.filter(
    (one) => !one.isNamed && !named.some(({ start, end }) => start < one.end && one.start < end),
  );
  const unique = new Map([...named, ...others].map((one) => [one.start, one]));
  return [...unique.values()].toSorted((a, b) => a.start - b.start);
}

function placesIn(search: Search): TruthPlace[] {
  switch (search.seed.kind) {
    case 'parameter':
      return parameterPlaces(search);
    case 'default':
      return defaultPlaces(search);
    case 'option':
    case 'variable':
      return settingPlaces(search);
    case 'module':
      return modulePlaces(search);
    case 'move':
      return movePlaces(search);
    case 'file':
    case 'body':
      return [];
    default:
      return symbolPlaces(search);
  }
}
