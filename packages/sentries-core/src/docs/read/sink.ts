import type { LineIndex } from '../../python/text';
import type { Span } from '../../python/syntax';
import type { Reference, ReferenceContext, ReferenceKind } from '../reference';
import type { Excerpt } from '../text/excerpt';
import { sentenceAt, tellsHistory } from '../text/past';
import type { Place } from '../text/piece';

/** What a reader says of a reference; the rest follows from where it stands. */
export interface Found extends Partial<
  Pick<Reference, 'of' | 'parameter' | 'call' | 'evidence' | 'stars'>
> {
  readonly kind: ReferenceKind;
  readonly name: string;
  /** In the excerpt that it was found in. */
  readonly span: Span;
  readonly markup?: string;
  readonly part?: ReferenceContext['part'];
}

/** Takes what readers find in a file, and makes references of it. */
export class ReferenceSink {
  readonly references: Reference[] = [];
  readonly #taken = new Set<string>();

  constructor(
    private readonly file: string,
    private readonly lines: LineIndex,
  ) {}

  /** Of two references at one place, the first one counts. What spans left-out text is none. */
  add(found: Found, excerpt: Excerpt, place: Place): void {
    const span = excerpt.spanOf(found.span);
    if (!span || span.start === span.end) return;
    const key = `${span.start} ${span.end}`;
    if (this.#taken.has(key)) return;
    this.#taken.add(key);
    const {
      kind,
      name,
      of = null,
      parameter = null,
      call = null,
      evidence = [],
      stars = [],
    } = found;
    this.references.push({
      file: this.file,
      span,
      line: this.lines.lineOf(span.start),
      kind,
      text: this.lines.text.slice(span.start, span.end),
      name,
      ...{ of, parameter, call, evidence, stars },
      context: this.contextOf(place, found, span),
    });
  }

  private contextOf(place: Place, found: Found, at: Span): ReferenceContext {
    const { format, headings, column, module, describes, directive, isPast } = place;
    const part = found.part ?? place.part;
    const passage = sourceSpan(place.passage);
    const isTold = (): boolean => {
      if (!isPast || isOfNow(found, part)) return false;
      const text = this.lines.text.slice(passage.start, passage.end);
      return tellsHistory(sentenceAt(text, at.start - passage.start));
    };
    return {
      ...{ format, headings, column, module, describes, directive, isPast },
      isHistory: !isLive(found, part) && (place.isHistory || isTold()),
      isCounter: place.isCounter ?? false,
      markup: found.markup ?? null,
      ...{ part, passage },
    };
  }
}

/** What tools follow or read from the code at hand must lead somewhere, whatever the text around tells of. */
const isLive = ({ kind, markup }: Found, part: ReferenceContext['part']): boolean =>
  kind === 'anchor' ||
  (kind === 'path' && (part === 'link' || markup !== undefined)) ||
  /^(auto|:::|click)/.test(markup ?? '');

/** What a text documents, or shows in an example, is there by that: its words tell of something else. */
const isOfNow = ({ evidence }: Found, part: ReferenceContext['part']): boolean =>
  part === 'directive' || part === 'example' || evidence?.includes('owner') === true;

/** Where a passage stands in its file. */
function sourceSpan(passage: Excerpt): Span {
  const start = passage.sourceOf(0);
  const { length } = passage.text;
  return { start, end: length > 0 ? passage.sourceOf(length - 1) + 1 : start };
}
