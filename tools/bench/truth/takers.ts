import type { Seed } from './page';
import type { Search } from './search';

/** In a docstring of what takes it; `__init__` and its class tell the same. */
export function isAboutTaker({ docstring, seed }: Search): boolean {
  if (docstring?.module !== seed.module) return false;
  const plain = (path: string): string => path.replace(/\.__init__$/, '');
  return plain(docstring.path) === plain(seed.path);
}

export const isOfTaker = (name: string, { taker }: Seed): boolean =>
  name.split('.').at(-1) === taker;
