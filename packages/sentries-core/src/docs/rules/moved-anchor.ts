import type { Evidence } from '../../report/run-record';
import { LineIndex } from '../../python/text';
import {
  labelKey,
  labelsIn,
  placeOf,
  slugAfter,
  SLUGS,
  type PageAnchors,
  type Pages,
  type PlaceOnPage,
} from '../code/pages';
import type { Reference } from '../reference';
import { anchorTarget } from '../resolve/anchors';
import { replacement, type DocContext, type DocRule } from './rule';

/** A heading, or a label, that has another name at the same place now: links to it, and `:ref:`. */
export const movedAnchor: DocRule = {
  id: 'doc-moved-anchor',
  propose({ reference, was }, context) {
    if (reference.kind !== 'anchor') return undefined;
    const isLabel = was.kind === 'label';
    const found = isLabel
      ? exchangedLabel(reference, was.file, context)
      : exchangedHeading(reference, context);
    const what = isLabel ? `the label ${was.name}` : `the heading of ${was.name}`;
    if (!found) return { refused: `nothing says what became of ${what}` };
    const { old, now, name } = found;
    const { base, head } = context;
    return {
      strategy: this.id,
      tier: 'mechanical',
      operations: [replacement(reference, name, context)],
      evidence: [
        line(was.file, old, 'base', base.pages, context),
        line(was.file, now, 'head', head.pages, context),
      ],
      causes: [],
      says: `${what} became that of ${name}`,
      leadsTo: isLabel ? labelKey(name) : `${was.file}#${name}`,
    };
  },
};

interface Exchange {
  readonly old: PlaceOnPage;
  readonly now: PlaceOnPage;
  /** What a link must say. */
  readonly name: string;
}

/** The one place of a list that has another name in another list; all else is the same. */
function onlyChange(
  old: readonly PlaceOnPage[],
  now: readonly PlaceOnPage[],
): Pick<Exchange, 'old' | 'now'> | undefined {
  const pairs = old.map((one, at) => ({ old: one, now: now[at]! }));
  const other = pairs.filter((pair) => pair.old.text !== pair.now?.text);
  const [only] = other;
  const isOne = old.length === now.length && other.length === 1;
  return isOne && only?.old.level === only?.now.level ? only : undefined;
}

function exchangedHeading(reference: Reference, context: DocContext): Exchange | undefined {
  const target = anchorTarget(reference);
  if (!target) return undefined;
  const { page, anchor } = target;
  const [base, head] = [context.base.pages.anchors(page), context.head.pages.anchors(page)];
  const place = placeOf(base, anchor);
  if (!place) return undefined;
  if (place.level === 0) {
    const named = onlyChange(base.named, head.named);
    const isOwn = named?.old === place && isSameAround(named, page, context);
    return isOwn && reference.text === anchor ? { ...named, name: named.now.text } : undefined;
  }
  const changed = onlyChange(base.headings, head.headings);
  if (changed?.old !== place || !keepsBody(changed, page, base, head, context)) return undefined;
  const name = slugAfter(reference.text, changed.old.text, changed.now.text);
  if (name === undefined) return undefined;
  // A second one of a name gets a number.
  const isAlone = (list: readonly PlaceOnPage[], text: string): boolean =>
    list.filter((one) => SLUGS.some((slug) => slug(one.text) === text)).length === 1;
  return isAlone(base.headings, reference.text) && isAlone(head.headings, name)
    ? { ...changed, name }
    : undefined;
}

/** True where the line of a named place is the same but for the name. */
function isSameAround(
  { old, now }: Pick<Exchange, 'old' | 'now'>,
  page: string,
  context: DocContext,
) {
  const [was, is] = [lineAt(context.base.pages, page, old), lineAt(context.head.pages, page, now)];
  return was.replace(old.text, '') === is.replace(now.text, '');
}

/** True where half of what stood below a heading stands there still: it is the same section. */
function keepsBody(
  { old, now }: Pick<Exchange, 'old' | 'now'>,
  page: string,
  base: PageAnchors,
  head: PageAnchors,
  { base: { pages }, head: { pages: later } }: DocContext,
): boolean {
  const [was, is] = [body(pages.text(page), old, base), body(later.text(page), now, head)];
  const kept = was.filter((line) => is.includes(line)).length;
  // Where nothing stands below, what it holds says that it is the same one.
  const next = base.headings[base.headings.indexOf(old) + 1];
  const holds = next !== undefined && next.level > old.level;
  return kept * 2 >= was.length && (was.length > 0 || (is.length === 0 && holds));
}

function body(text: string, { line }: PlaceOnPage, { headings }: PageAnchors): string[] {
  const next = headings.find((other) => other.line > line)?.line ?? Infinity;
  const lines = text.split('\n').slice(line, next - 1);
  return lines.map((one) => one.trim()).filter((one) => /[\p{L}\p{N}]/u.test(one));
}

function exchangedLabel(
  { name: written }: Reference,
  file: string,
  { base, head }: DocContext,
): Exchange | undefined {
  const changed = onlyChange(labelsIn(base.pages.text(file)), labelsIn(head.pages.text(file)));
  if (!changed || labelKey(changed.old.text) !== labelKey(written)) return undefined;
  // What it labels must be the same.
  const [was, is] = [below(base.pages, file, changed.old), below(head.pages, file, changed.now)];
  const isNew = !base.pages.labels.has(labelKey(changed.now.text));
  return was === is && isNew ? { ...changed, name: changed.now.text } : undefined;
}

const lineAt = (pages: Pages, file: string, { line: at }: PlaceOnPage): string =>
  new LineIndex(pages.text(file)).line(at).trim();

const below = (pages: Pages, file: string, { line: at }: PlaceOnPage): string | undefined =>
  pages
    .text(file)
    .split('\n')
    .slice(at)
    .map((one) => one.trim())
    .find((one) => one !== '');

function line(
  file: string,
  place: PlaceOnPage,
  side: Evidence['side'],
  pages: Pages,
  { folder }: DocContext,
): Evidence {
  const says = side === 'base' ? 'it led here' : 'this stands there now';
  const path = folder === '.' ? file : `${folder}/${file}`;
  return { file: path, line: place.line, side, text: lineAt(pages, file, place), says };
}
