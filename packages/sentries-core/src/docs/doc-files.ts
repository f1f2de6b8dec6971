import { posix } from 'node:path';
import { isVendored } from './code/modules';
import { isPastFile } from './text/past';

/** Folders whose texts are no documentation, or are made by a tool. */
const LEFT_OUT =
  /(^|\/)(tests?|testing|test_.*|fixtures?|data|licen[sc]es?|templates?|_?static|_sources|_?generated|_?autosummary|apidocs?|auto_examples|gallery|reference\/generated|locales?|translations|requirements?|[^/]*\.egg-info|[^/]*\.dist-info|site-packages|node_modules|\.github|\.[^/]+)\//i;

const TEXT = /\.(md|markdown|rst)$/i;
const README = /^readme(\.txt)?$/i;

/** What a tool says of the texts that it makes, of the whole text: what a text tells of may be generated, too. */
const GENERATED = new RegExp(
  [
    String.raw`\bauto-?generated\b|\bgenerated (automatically|file)\b|\bdo not edit\b|\bdon't edit\b|@generated\b`,
    String.raw`\b(this|following)( \w+){1,3} (is|was|were|are|has been|have been)( \w+)? generated\b`,
    String.raw`^\W*(\w+ )?generated (by|from)\b`,
  ].join('|'),
  'im',
);

/** True for a text that may be documentation wherever it lies: no changelog, no list of licences. */
export function isText(path: string): boolean {
  const name = posix.basename(path);
  const isList =
    /^(authors?|contributors?|licen[sc]e|copying|security|code_of_conduct|thanks|backers|sponsors)/i;
  return (TEXT.test(name) || README.test(name)) && !isList.test(name) && !isPastFile(path);
}

/** True for a file of documentation that is for the version at hand: no changelog, no list of licences, nothing made by tools. */
export function isDocumentation(path: string): boolean {
  return isText(path) && !LEFT_OUT.test(path) && !isVendored(path);
}

/** True for Python whose docstrings are the project's own documentation. */
export const hasOwnDocstrings = (path: string): boolean =>
  path.endsWith('.py') &&
  !isVendored(path) &&
  !/(^|\/)(tests?|testing)\/|(^|\/)(test_[^/]*|conftest)\.py$/.test(path);

/** True for a page that a tool made of the sources: who mends it, mends the wrong place. */
export const isGenerated = (text: string): boolean => GENERATED.test(text.slice(0, 600));
