import type { DoctestFact } from '../../pytest/facts';
import { isPython } from '../../python/text';
import { isRefusal, type EditableText, type Refusal, type Strategy } from '../strategy';
import { linesOf, proposeLines, type LineChange, type Place } from './expected-lines';

/** The expected output of a doctest. Its prompts, its indent and its directives stay as they are. */
export const doctestOutput: Strategy = {
  id: 'doctest-output',
  propose({ doctest }, context) {
    if (!doctest) return undefined;
    const { file } = doctest;
    const source = context.text(file);
    if (!source)
      return { refused: `${notEditable(file)}: documentation is for sentry-doc to mend` };
    // An exception that nobody expected is not stale output.
    if (doctest.got === null) return undefined;
    const change = changedOutput(doctest, doctest.got);
    if (isRefusal(change)) return change;
    const place = placeOf(doctest, source);
    if (isRefusal(place)) return place;
    if (isPython(file) && /\\|"""|'''/.test(change.now.join('\n'))) {
      return { refused: 'the new output needs an escape in a docstring' };
    }
    return proposeLines(this.id, file, source, place, change, context);
  },
};

const notEditable = (file: string): string =>
  isPython(file)
    ? `the doctest stands in a docstring of ${file}, which is no test file`
    : `the doctest stands in ${file}, which is none of the test files that may be edited`;

function changedOutput(doctest: DoctestFact, got: string): LineChange | Refusal {
  const { want, raises, options } = doctest;
  const has = (name: string): boolean => options.includes(name);
  const was = linesOf(want);
  if (was.length === 0) return { refused: 'the example expects no output, and there is some now' };
  if (raises !== null) return changedException(was, raises, got);
  if (got === '') return { refused: 'the example prints nothing any more' };
  if (/^Traceback \(/m.test(got)) return { refused: 'the example ends with an exception now' };
  if (has('ELLIPSIS') && want.includes('...')) {
    return { refused: 'the expected output leaves something open by an ellipsis' };
  }
  if (has('NUMBER') && /\d\.\d/.test(want)) {
    return { refused: 'the expected output gives numbers with less precision than they have' };
  }
  if (!got.endsWith('\n') || /[\t\r]|^\s*(>>>|\.\.\.)( |$)/m.test(got)) {
    return { refused: 'the new output can not be written as the output of a doctest' };
  }
  if (has('NORMALIZE_WHITESPACE')) return inLayout(was, got);
  const now = linesOf(got);
  if (now.includes('') && has('DONT_ACCEPT_BLANKLINE')) {
    return { refused: 'the new output has an empty line' };
  }
  return { at: 0, was, now: now.map((line) => (line === '' ? BLANK : line)) };
}

const BLANK = '<BLANKLINE>';

/** Another message of the same exception, both on one line. */
function changedException(
  was: readonly string[],
  raises: string,
  got: string,
): LineChange | Refusal {
  const [before, now] = [was.at(-1)!, linesOf(got).at(-1) ?? ''];
  if (!/^Traceback \(/m.test(got)) return { refused: 'the expected exception was not raised' };
  const type = /^[\w.]+(?=: )/.exec(before)?.[0];
  const isOneLine = linesOf(raises).length === 1 && raises.trim() === before.trim();
  if (!isOneLine || type === undefined || !now.startsWith(`${type}: `) || before.includes('...')) {
    return { refused: 'the expected exception is another one, or no plain line' };
  }
  return { at: was.length - 1, was: [before], now: [now] };
}

/** Where white space does not count, the words change and the layout stays. */
function inLayout(was: readonly string[], got: string): LineChange | Refusal {
  const words = got.split(/\s+/).filter((word) => word !== '');
  const old: readonly string[] = was.join('\n').match(/\S+/g) ?? [];
  if (old.includes(BLANK) || old.length !== words.length) {
    return { refused: 'the new output has no place in the layout of the expected one' };
  }
  const now = was.map((line) => line.replace(/\S+/g, () => words.shift()!));
  return { at: 0, was, now };
}

function placeOf({ line, source, want }: DoctestFact, { lines }: EditableText): Place | Refusal {
  const NOT_THERE = { refused: 'the example is not found in its file as it ran' };
  if (line === null) return NOT_THERE;
  const indent = /^( *)>>> /.exec(lines.line(line))?.[1];
  if (indent === undefined) return NOT_THERE;
  const code = source.replace(/\n$/, '').split('\n');
  const first = line + code.length;
  const isThere =
    code.every((text, at) => lines.line(line + at).slice(indent.length + 4) === text) &&
    linesOf(want).every((text, at) => lines.line(first + at) === indent + text);
  return isThere ? { line: first, indent } : NOT_THERE;
}
