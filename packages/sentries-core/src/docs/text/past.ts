/*
 * Names of what is gone belong where a text tells of the past: they are not stale there.
 */

/** Headings of sections about other versions: `Changelog`, `Migrating to 2.0`, `3.1.0 (2021-05-04)`. */
const HEADING =
  /\b(change ?log|changes|changed|history|release notes?|releases?|what'?s new|news|unreleased|migrat\w+|upgrad\w+|porting|deprecat\w+|removed|removals?|renamed|backwards?[- ]incompatib\w+|breaking|legacy|roadmap|future)\b|^\W*v?\d+\.\d+/i;

export const isPastHeading = (heading: string): boolean => HEADING.test(heading);

/** Words by which a passage tells of another version, or of what is not there. */
const PASSAGE =
  /\b(deprecat\w+|remov(?:ed|al|es)|renam(?:ed|es|ing)|replac(?:ed|es) by|no longer|not any ?more|any longer|formerly|previous(?:ly)?(?! (?:section|chapter|example|page|paragraph|step|snippet|table|tutorial)s?\b)|used to be|was called|were called|old(?:er)? (?:name|version|api|style|releases?)|earlier versions?|prior to|before (?:version|v?\d+\.\d+)|until (?:version|v?\d+\.\d+)|since (?:version|v?\d+\.\d+)|(?:version|release) v?\d+|v?\d+\.x\b|in (?:version|v?\d+\.\d+)|as of (?:version|v?\d+\.\d+)|legacy|obsolete|backwards?[- ]compat\w*|will be (?:added|removed|available|renamed)|planned|does(?: not|n['’]t) exist|do(?: not|n['’]t) exist|not (?:yet )?implemented|no such|hypothetical|imaginary)\b/i;

export const isPastPassage = (text: string): boolean => PASSAGE.test(text);

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
