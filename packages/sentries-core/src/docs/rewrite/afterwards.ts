import type { Operation } from '../../patch/operation';
import type { Span } from '../../python/syntax';
import type { ProjectCode } from '../code/project-code';
import type { Reference } from '../reference';
import { resolve } from '../resolve/resolve';
import { isNounFor } from './line';
import { Refused, type OpenPlace } from './open-place';

/**
 * What stands in the place of a stale reference once the page is edited: a reference to what the change shows.
 *
 * @param start Where it stands.
 * @param words The nouns beside it that the edit put there.
 * @param references Those of the edited page.
 * @returns the name of what it leads to.
 * @throws Refused where it is something else.
 */
export function successorAt(
  start: number,
  text: string,
  words: readonly string[],
  { stale: { reference, was }, successors }: OpenPlace,
  references: readonly Reference[],
  head: ProjectCode,
): string {
  const there = references.filter(
    ({ span }) => span.start === start && span.end === start + text.length,
  );
  const own = there.find(({ kind }) => kind === reference.kind) ?? there[0];
  const means = own && resolve(own, head);
  if (means?.kind !== 'found')
    throw new Refused(`\`${text}\` leads to nothing in the project's code.`);
  const { name, kind } = means.symbol;
  if (!successors.names.has(name))
    throw new Refused(
      `\`${text}\` leads to ${name}, and nothing in the change shows that it stands for ${was.name} now.`,
    );
  const owner = head.lookup(name.split('.').slice(0, -1));
  const isMember = owner.kind === 'found' && owner.symbol.kind === 'class';
  const noun = words.find((word) => !isNounFor(word, kind, isMember));
  if (noun !== undefined) throw new Refused(`${name} is a ${kind}, no ${noun}.`);
  return name;
}

/**
 * Outside of the changed lines, the page names the same as before.
 *
 * @param before The references of the page before the operations.
 * @param now Those after them.
 * @throws Refused where it does not.
 */
export function refuseOthers(
  operations: readonly Operation[],
  before: readonly Reference[],
  now: readonly Reference[],
): void {
  const old = operations.map(({ span }) => span);
  let moved = 0;
  const spans = operations.map(({ span, before: { length }, after }) => {
    const start = span.start + moved;
    moved += after.length - length;
    return { start, end: start + after.length };
  });
  if (outside(before, old) !== outside(now, spans))
    throw new Refused('With the edit other lines of the page mean something else.');
}

/** What references say that begin in none of the spans. */
const outside = (references: readonly Reference[], spans: readonly Span[]): string =>
  references
    .filter(({ span }) => !spans.some(({ start, end }) => start <= span.start && span.start < end))
    .map(({ kind, text }) => `${kind} ${text}`)
    .join('\n');
