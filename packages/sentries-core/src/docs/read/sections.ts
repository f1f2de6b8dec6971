import { lineSpans, type Excerpt } from '../text/excerpt';
import type { Place } from '../text/piece';
import { describe, exceptions } from './descriptions';
import { readGoogleReturn, readNumpyReturn } from './returns';
import type { ReferenceSink } from './sink';

const PARAMETERS =
  /^(args|arguments|parameters|params|keyword args|keyword arguments|other parameters|kwargs)$/i;
const ATTRIBUTES = /^attributes$/i;
const RAISES = /^(raises|exceptions)$/i;
const RETURNS = /^(returns?|yields?)$/i;

interface Line {
  readonly start: number;
  readonly end: number;
  readonly indent: number;
  readonly text: string;
}

interface Section {
  readonly title: string;
  readonly style: 'google' | 'numpy';
  readonly lines: readonly Line[];
}

/** The sections of a docstring that tell parameters, attributes, exceptions and what is returned, as Google and NumPy write them. */
export function readSections(docstring: Excerpt, place: Place, sink: ReferenceSink): void {
  for (const section of sectionsOf(docstring)) {
    const first = section.lines.find(({ text }) => text !== '');
    if (!first) continue;
    if (RETURNS.test(section.title)) {
      readReturns(section, first, docstring, place, sink);
      continue;
    }
    const entries = section.lines.filter(
      ({ text, indent }) => text !== '' && indent === first.indent,
    );
    for (const entry of entries) {
      const last = section.lines.findLast(
        (line) =>
          line.start >= entry.start &&
          !entries.some((other) => entry.start < other.start && other.start <= line.start),
      )!;
      const own = docstring.pick([{ start: entry.start + entry.indent, end: last.end }]);
      readEntry(own, section, { ...place, part: 'field' }, sink);
    }
  }
}

/** A section that tells one thing; several are told of as parts of a tuple, with names of their own. */
function readReturns(
  { title, style, lines }: Section,
  first: Line,
  docstring: Excerpt,
  place: Place,
  sink: ReferenceSink,
): void {
  const own = docstring.pick([{ start: first.start + first.indent, end: first.end }]);
  const others = lines.filter(({ text, start }) => text !== '' && start > first.start);
  const kind = /^y/i.test(title) ? 'yield' : 'return';
  const at: Place = { ...place, part: 'field' };
  if (style === 'google') readGoogleReturn(kind, own, others.length === 0, at, sink);
  else if (others.every(({ indent }) => indent > first.indent))
    readNumpyReturn(kind, own, at, sink);
}

const GOOGLE = /^(\w+)\s*(?:\(.*?\))?\s*:(?=\s|$)/;
const NUMPY = /^(\w+(?:\s*,\s*\w+)*)\s*(?:$|:(?=\s|$))/;
const EXCEPTION = /^([A-Za-z_][\w.]*(?:\s*,\s*[A-Za-z_][\w.]*)*)\s*(?::|$)/;

function readEntry(
  entry: Excerpt,
  { title, style }: Section,
  place: Place,
  sink: ReferenceSink,
): void {
  const line = entry.text.split('\n', 1)[0]!.trimEnd();
  if (RAISES.test(title)) {
    const names = EXCEPTION.exec(line)?.[1];
    if (names !== undefined) exceptions(entry, 0, names, place, sink);
    return;
  }
  const found = (style === 'google' ? GOOGLE : NUMPY).exec(line);
  if (!found) return;
  const rest = entry.pick([{ start: found[1]!.length, end: entry.text.length }]);
  for (const { 0: name, index } of found[1]!.matchAll(/\w+/g)) {
    // `size, optional`: the second is no name.
    if (!/^[A-Za-z_]/.test(name) || (index > 0 && /^(optional|required)$/.test(name))) continue;
    if (PARAMETERS.test(title)) describe(name, entry, index, rest, place, sink);
    else {
      const span = { start: index, end: index + name.length };
      sink.add(
        {
          kind: 'name',
          name: `${place.describes!}.${name}`,
          span,
          evidence: ['owner', 'docstring'],
        },
        entry,
        place,
      );
    }
  }
}

function sectionsOf({ text }: Excerpt): Section[] {
  const lines = lineSpans(text).map(({ start, end }): Line => {
    const line = text.slice(start, end);
    return { start, end, indent: line.length - line.trimStart().length, text: line.trim() };
  });
  return lines.flatMap((line, at): Section[] => {
    const under = lines[at + 1];
    const isNumpy =
      under !== undefined && /^-{3,}$/.test(under.text) && under.indent === line.indent;
    const title = isNumpy ? line.text : /^([A-Za-z ]+):$/.exec(line.text)?.[1];
    if (
      title === undefined ||
      ![PARAMETERS, ATTRIBUTES, RAISES, RETURNS].some((one) => one.test(title))
    )
      return [];
    const from = at + (isNumpy ? 2 : 1);
    const rest = lines.slice(from);
    const end = rest.findIndex((other, index) =>
      isNumpy
        ? /^[-=]{3,}$/.test(rest[index + 1]?.text ?? '') ||
          (other.text !== '' && other.indent < line.indent)
        : other.text !== '' && other.indent <= line.indent,
    );
    return [
      { title, style: isNumpy ? 'numpy' : 'google', lines: end < 0 ? rest : rest.slice(0, end) },
    ];
  });
}
