/*
 * Names of what is gone belong where a text tells of the past: they are not stale there. Where nothing else is known than
 * that a name leads nowhere, a hint in the passage will do. Where it led somewhere until just now, the text told of what
 * was there: then only its own sentence counts, and only words that tell of versions, or that the name is gone.
 */

/** Headings of sections about other versions: `Changelog`, `Migrating to 2.0`, `3.1.0 (2021-05-04)`. */
const HEADING =
  /\b(change ?log|changes|changed|history|release notes?|releases?|what'?s new|news|unreleased|migrat\w+|upgrad\w+|porting|deprecat\w+|removed|removals?|renamed|backwards?[- ]incompatib\w+|breaking|legacy|roadmap|future)\b|^\W*v?\d+\.\d+/i;

export const isPastHeading = (heading: string): boolean => HEADING.test(heading);

/** The same without what may be told of the version at hand: `Making a release`, `Legacy syntax`. */
const HISTORY_HEADING =
  /\b(change ?log|changes|changed|history|release notes?|what'?s new|news|unreleased|migrat\w+|upgrad\w+|porting|deprecat\w+|removed|removals?|renamed|backwards?[- ]incompatib\w+|breaking|roadmap)\b|^\W*releases?\W*$|^\W*v?\d+\.\d+/i;

export const isHistoryHeading = (heading: string): boolean => HISTORY_HEADING.test(heading);

/** Words by which a passage tells of another version, or of what is not there. */
const PASSAGE =
  /\b(deprecat\w+|remov(?:ed|al|es)|renam(?:ed|es|ing)|replac(?:ed|es) by|no longer|not any ?more|any longer|formerly|previous(?:ly)?(?! (?:section|chapter|example|page|paragraph|step|snippet|table|tutorial)s?\b)|used to be|was called|were called|old(?:er)? (?:name|version|api|style|releases?)|earlier versions?|prior to|before (?:version|v?\d+\.\d+)|until (?:version|v?\d+\.\d+)|since (?:version|v?\d+\.\d+)|(?:version|release) v?\d+|v?\d+\.x\b|in (?:version|v?\d+\.\d+)|as of (?:version|v?\d+\.\d+)|legacy|obsolete|backwards?[- ]compat\w*|will be (?:added|removed|available|renamed)|planned|does(?: not|n['’]t) exist|do(?: not|n['’]t) exist|not (?:yet )?implemented|no such|hypothetical|imaginary)\b/i;

export const isPastPassage = (text: string): boolean => PASSAGE.test(text);

/** Words by which a sentence tells of another version of the code. */
const HISTORY =
  /\b(deprecat\w+ (?:in|since|as of|with) (?:version |release )?v?\d|renam(?:ed|es|ing)|formerly|used to be|older? (?:name|version|api|style|releases?)|earlier versions?|previous (?:\w+ ){0,2}(?:versions?|releases?|names?|api|behaviou?r)|prior to (?:version|release|v?\d)|before (?:version|release|v?\d+\.\d+)|until (?:version|release|v?\d+\.\d+)|(?:version|release) v?\d+|v?\d+\.x\b|in v?\d+\.\d+|(?:was|were|had|did) previously|(?:was|were) (?:called|named)(?= [`*:])|replaced by(?= [`*:]))\b|\bpreviously(?=,| (?:called|named|known|available|not|it|this|the|these|there|you|we|was|were|used)\b)/i;

/** What stands as code, and is said to be gone: `` the `close` method was removed ``, ``Removed: `close` ``. */
const GONE =
  /[`*](?:\(\))?(?:\s+(?:function|method|class|module|argument|parameter|option|attribute|field|property|alias|name|command|setting)(?:e?s)?)?(?:\s+(?:was|were|is|are|has|have|had|been|be|will|also|now)){0,3}\s+(?:removed|no longer|not any ?more|(?:does|do)(?:\s+not|n['’]t) exist)\b|\b[Rr]emoved:?\s+(?:the\s+)?[`*:]/;

const CODE = /(`+)([^`]|(?!\1)`)+\1/g;

/** Without what stands as code: names have such words, too. */
const prose = (text: string): string =>
  text.replace(
    CODE,
    (code, marks: string) => marks + '_'.repeat(code.length - 2 * marks.length) + marks,
  );

/** True for a sentence that tells how it was. */
export function tellsHistory(sentence: string): boolean {
  const text = prose(sentence);
  return HISTORY.test(text) || GONE.test(text);
}

/** True for a paragraph whose example or list is of another version; what is new in one is there still. */
export const leadsIntoHistory = (paragraph: string): boolean =>
  tellsHistory(
    paragraph.replace(
      /\b(added|new|introduced|available|supported) (in|since|with) \S+( \S*\d\S*)?/gi,
      '',
    ),
  );

/** Ends of sentences; of what ends in a short form, and of items of lists. */
const END = /(?<!\b(?:e\.g|i\.e|etc|vs|cf|resp))[.!?]["')\]`*]*\s+|\n\s*\n|\n\s*(?=[-*+] )/g;

/** The sentence of a passage that a place stands in. */
export function sentenceAt(passage: string, at: number): string {
  let start = 0;
  for (const { 0: end, index } of prose(passage).matchAll(END)) {
    if (index >= at) return passage.slice(start, index + end.length);
    start = index + end.length;
  }
  return passage.slice(start);
}

/** Signs that a quotation is of somebody's words, which stay as they were said. */
const CITATION = /\b(wrote|writes|said|says|asked|quot(?:e[sd]?|ing))\b|^[>\s]*(?:[—–]|--)\s/im;

export const isCitation = (quotation: string): boolean => CITATION.test(quotation);

/** Words by which an example is said to be how not to do it. */
const COUNTER =
  /\b(wrong|incorrect|bad|do(?:n['’]t| not)|avoid|instead of|fails?|errors?|invalid|broken|won['’]t|(?:does|do)(?:n['’]t| not) work|cannot|can['’]t|impossible)\b/i;

export const isCounterExample = (text: string): boolean => COUNTER.test(text);

/** Directives whose text is about versions. */
export const PAST_DIRECTIVES = new Set([
  'deprecated',
  'deprecated-removed',
  'versionchanged',
  'versionremoved',
  'versionadded',
]);

/** Files and folders that tell what was, version by version. */
const FILE =
  /(^|[/_.-])(change(s|d|log|logs|_log)?|changelog\w*|history|news|newsfragments?|releases?|release[-_ ]?notes?|relnotes|what'?s[-_ ]?new|whatsnew|migrat\w*|upgrad\w*|porting|announce(ments?)?|deprecat\w*|removed|roadmap|todo|proposals?|rfcs?|peps?|adr|v?\d+(\.\d+)+|\d\.x)([/_.-]|$)|(^|\/)docs?\/v\d+\//i;

/** Folders, and pages, of dated texts. Within a longer name these words say something else: `pre_and_post_processing`. */
const DATED = /(^|\/)(blog|posts?|archive[ds]?)(\/|$)/i;

export const isPastFile = (path: string): boolean =>
  [FILE, DATED].some((pattern) => pattern.test(path.replace(/\.\w+$/, '')));
