import { createRequire } from 'node:module';
import type * as SmolToml from 'smol-toml';

let loaded: typeof SmolToml | undefined;

/** The library for TOML; loaded where a text is new, since it is a fifth of what the plugin takes to load. */
export function toml(): typeof SmolToml {
  return (loaded ??= createRequire(__filename)('smol-toml') as typeof SmolToml);
}
