import type { Operation } from '../../patch/operation';
import type { PythonSource } from '../../python/syntax';
import type { EditableText } from '../../repair/strategy';
import { hasBlocks, readBlocks } from './blocks';
import {
  answerOf,
  isNumbered,
  plainQuotes,
  unescaped,
  withEscapesInStrings,
  withoutNumbers,
} from './clean';
import { readFunctionBlocks } from './function-blocks';
import { placeFunctions, type Placed, type Sources } from './functions';
import { readJsonEdits } from './json-edits';
import { locateExactly, locateLines, refuseNotFound, type Wanted } from './locate';
import { onlyFile, resolvePath } from './paths';
import type { ProposedEdit, TextReplacement } from './proposed';
import { orRefusal, Refused, type Refusal } from './refusal';
import { operationsBetween, textOperations } from './result';

/** How a model is asked to write edits down. */
export type EditFormat = 'json' | 'blocks' | 'function';

/** A file that the model was shown and may edit, as it stands with the edits made so far. */
export interface EditableFile {
  readonly path: string;
  readonly source: PythonSource;
}

/**
 * Whatever a model sent, as operations that fit the files, in whichever of the formats it is; or why not, in words
 * that help the model, with the real text of the file. One edit that does not fit refuses them all.
 *
 * `loadSyntax()` must have been awaited.
 */
export function readEdits(
  reply: string,
  format: EditFormat,
  files: readonly EditableFile[],
): { readonly operations: readonly Operation[] } | Refusal {
  return orRefusal(() => {
    const sources: Sources = new Map(files.map(({ path, source }) => [path, source]));
    const edits = statedEdits(reply, format, [...sources.keys()]);
    const placed = edits.flatMap((edit) =>
      edit.kind === 'text' ? place(edit, sources) : placeFunctions(edit, sources),
    );
    const operations = [...sources].flatMap(([file, source]) =>
      operationsBetween(
        file,
        source,
        placed.filter((one) => one.file === file),
      ),
    );
    if (operations.length === 0) throw unchanged();
    return { operations };
  });
}

/**
 * The same of a text that is no code, or is to be edited as if it were none: functions are no edit of it.
 *
 * @returns one operation for each run of lines that differ.
 */
export function readTextEdits(
  reply: string,
  format: EditFormat,
  path: string,
  text: EditableText,
): { readonly operations: readonly Operation[] } | Refusal {
  return orRefusal(() => {
    const edits = statedEdits(reply, format, [path]);
    const placed = edits.map((edit) => {
      if (edit.kind === 'text') return place(edit, new Map([[path, text]]));
      throw new Refused('nothing-found', `Your reply holds functions, and ${path} is a text.`);
    });
    const operations = textOperations(path, text, placed.flat());
    if (operations.length === 0) throw unchanged();
    return { operations };
  });
}

function statedEdits(reply: string, format: EditFormat, paths: readonly string[]): ProposedEdit[] {
  const answer = answerOf(reply);
  if (answer.length > MOST_IN_ALL) throw tooLong();
  const edits = proposedEdits(answer, format, paths);
  refuseTooLong(edits);
  return edits;
}

const unchanged = (): Refused =>
  new Refused('unchanged', 'Your edit changes nothing. Say what is to become different.');

/** Far beyond what a repair of a test may have, so that no reply costs time. */
const MOST_EDITS = 100;
const MOST_CHARACTERS = 100_000;

/** Of the whole answer: prose may stand around the edits. */
const MOST_IN_ALL = 400_000;

function refuseTooLong(edits: readonly ProposedEdit[]): void {
  const size = edits.reduce(
    (sum, edit) =>
      sum + (edit.kind === 'text' ? edit.find.length + edit.replace.length : edit.code.length),
    0,
  );
  if (edits.length <= MOST_EDITS && size <= MOST_CHARACTERS) return;
  throw tooLong();
}

function tooLong(): Refused {
  return new Refused(
    'too-long',
    'Your reply is far too long. Change only what the failing test needs.',
  );
}

function proposedEdits(
  answer: string,
  format: EditFormat,
  files: readonly string[],
): ProposedEdit[] {
  const readers: Record<EditFormat, () => ProposedEdit[]> = {
    json: () => readJsonEdits(answer),
    blocks: () => readBlocks(answer, files),
    // The code inside of a block is no function to be taken as a whole.
    function: () => (hasBlocks(answer) ? [] : readFunctionBlocks(answer, files)),
  };
  const others = (['json', 'blocks', 'function'] as const).filter((other) => other !== format);
  let problem: Refused | undefined;
  for (const one of [format, ...others]) {
    try {
      const edits = readers[one]();
      if (edits.length > 0) return edits;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      problem ??= error;
    }
  }
  if (problem) throw problem;
  if (/^(?:@@ -\d|--- a\/|\+\+\+ b\/|diff --git )/m.test(answer)) {
    throw new Refused('diff', `Your reply is a diff. ${ASK[format]}`);
  }
  throw new Refused('nothing-found', `Your reply holds no edit. ${ASK[format]}`);
}

const ASK: Record<EditFormat, string> = {
  json: 'Send one JSON object: {"operations":[{"file":"…","find":"…","replace":"…"}]}.',
  blocks: 'Send search/replace blocks: the path, then <<<<<<< SEARCH, =======, >>>>>>> REPLACE.',
  function: 'Send the path::name of the function, then the whole function in one fenced block.',
};

/** The place of a text replacement: the first reading of it that fits decides. */
function place(edit: TextReplacement, sources: ReadonlyMap<string, EditableText>): Placed[] {
  const files = [...sources.keys()];
  const file = edit.file === undefined ? onlyFile(files) : resolvePath(edit.file, files);
  const source = sources.get(file)!;
  refuseUnfit(edit, file, source);
  if (edit.find === edit.replace) return [];
  for (const wanted of readings(edit, source)) {
    if (!/\w/.test(wanted.find)) continue;
    const found = locateExactly(file, source, wanted) ?? locateLines(file, source, wanted);
    if (found) return [{ file, ...found }];
  }
  return refuseNotFound(file, source, edit.find);
}

function refuseUnfit({ find }: TextReplacement, file: string, { text }: EditableText): void {
  if (!/[\p{L}\p{N}_]/u.test(find)) {
    throw new Refused(
      'unfit-find',
      'The text to be replaced is empty, or signs alone. Copy whole lines of the file.',
    );
  }
  if (find.replaceAll(/\s/g, '') === text.replaceAll(/\s/g, '')) {
    throw new Refused(
      'unfit-find',
      `You replace all of ${file}. Replace only the lines that change.`,
    );
  }
}

/** What the edit may mean, the most literal first. Later ones are for text that was damaged on its way into the reply. */
function* readings({ find, replace }: Wanted, { text }: EditableText): Generator<Wanted> {
  yield { find, replace };
  if (isNumbered(find)) yield { find: withoutNumbers(find), replace: withoutNumbers(replace) };
  const repairs: ((code: string) => string)[] = [unescaped, withEscapesInStrings];
  // In a file that has typographic quotes, it is not known which of them the model means.
  if (plainQuotes(text) === text) repairs.push(plainQuotes, (code) => plainQuotes(unescaped(code)));
  for (const repair of repairs) {
    const repaired = repair(find);
    if (repaired === find) continue;
    yield { find: repaired, replace: repair(replace) };
    if (isNumbered(repaired))
      yield { find: withoutNumbers(repaired), replace: withoutNumbers(repair(replace)) };
  }
}
