import type { LineIndex } from '../../python/text';
import type { Span } from '../../python/syntax';
import type { Reference, ReferenceContext, ReferenceKind } from '../reference';
import type { Excerpt } from '../text/excerpt';
import type { Place } from '../text/piece';

/** What a reader says of a reference; the rest follows from where it stands. */
export interface Found extends Partial<Pick<Reference, 'of' | 'parameter' | 'call' | 'evidence'>> {
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
    const { kind, name, of = null, parameter = null, call = null, evidence = [] } = found;
    this.references.push({
      file: this.file,
      span,
      line: this.lines.lineOf(span.start),
      kind,
      text: this.lines.text.slice(span.start, span.end),
      name,
      ...{ of, parameter, call, evidence },
      context: contextOf(place, found),
    });
  }
}

function contextOf(place: Place, { markup, part }: Found): ReferenceContext {
  const { format, headings, column, module, describes, directive, passage, isPast } = place;
  const [start, end] = [
    passage.sourceOf(0),
    passage.sourceOf(Math.max(0, passage.text.length - 1)),
  ];
  return {
    ...{ format, headings, column, module, describes, directive, isPast },
    isCounter: place.isCounter ?? false,
    markup: markup ?? null,
    part: part ?? place.part,
    passage: { start, end: passage.text.length > 0 ? end + 1 : start },
  };
}
