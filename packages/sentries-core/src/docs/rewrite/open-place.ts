import type { StaleReference } from '../stale';
import type { Successors } from './successors';

/** A stale reference of a page, and what it may become. */
export interface OpenPlace {
  readonly stale: StaleReference;
  readonly successors: Successors;
}

/** Thrown inside of this room: why an edit is not taken, in words that help who wrote it. */
export class Refused extends Error {}
