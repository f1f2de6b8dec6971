import { lineSpans, type Excerpt } from '../text/excerpt';
import type { Place } from '../text/piece';
import type { ReferenceSink } from './sink';

/** The keys below `[tool.…]` in an example of a `pyproject.toml`. */
export function readConfigKeys(text: Excerpt, place: Place, sink: ReferenceSink): void {
  let table: string | undefined;
  for (const { start, end } of lineSpans(text.text)) {
    const line = text.text.slice(start, end);
    const header = /^\s*\[+(tool\.[\w.-]+)\]+/.exec(line);
    if (/^\s*\[/.test(line)) table = header?.[1];
    const key = /^\s*([\w-]+)\s*=/.exec(line);
    if (table === undefined || !key) continue;
    const at = start + line.indexOf(key[1]!);
    const span = { start: at, end: at + key[1]!.length };
    sink.add(
      { kind: 'config-key', name: `${table}.${key[1]!}`, span, part: 'example' },
      text,
      place,
    );
  }
}
