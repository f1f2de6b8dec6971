/** Words for what a model leaves out, with the dots that mostly stand beside them. */
const LEFT_OUT =
  /\b(?:existing|unchanged|omitted|brevity|remaining|remainder|rest of|the rest|same as|as before|as is|original|previous|other tests|more tests|no changes?|not shown|truncated|snip(?:ped)?)\b/i;

/** A comment that is nothing but such words. */
const ONLY_LEFT_OUT =
  /^\W*(?:(?:and|keep|all|the|your|my|any)\s+)*(?:(?:rest|remainder|remaining|existing|previous|original|other)\b[\w\s,'/()-]{0,60}|(?:[\w\s]{0,40}\s)?(?:unchanged|omitted|same as (?:before|above|original|previous)|as before|as is|(?:remains?|stays?|is|are) the same|not shown|truncated|snip(?:ped)?|no changes?(?: needed| here| required)?)|same|same (?:code|test|body|setup|assertions?|tests)|(?:[\w\s]{0,30}\s)?(?:code|implementation|logic|body|tests?|content) (?:goes )?here|[\w\s]{0,40}for brevity|existing code[\w\s]{0,40})\W*$/i;

/** Behind code such words may praise the line itself (`x = 1  # unchanged`); these tell of other lines. */
const OTHER_LINES =
  /^\W*(?:(?:the\s+)?(?:rest|remainder|remaining|existing|other)\b|same (?:body|code))/i;

/** Whether a comment stands for code that was left out. `text` begins with its sign. */
export function isElidingComment(text: string, isAlone: boolean): boolean {
  const said = text
    .replace(/^(?:#+|\/\/+|\/\*+|<!--+|--+)\s*/, '')
    .replace(/\s*(?:\*\/|--+>)$/, '');
  if (said.length > 200) return false;
  if (/^[[({<]?\s*(?:\.{3,}|…)/.test(said)) return true;
  if (/(?:\.{3,}|…)\s*[\])}>]?$/.test(said) && LEFT_OUT.test(said)) return true;
  return isAlone ? ONLY_LEFT_OUT.test(said) : OTHER_LINES.test(said) && ONLY_LEFT_OUT.test(said);
}

/** Whether a line of text that may not be code stands for lines that were left out. */
export function isElidingLine(line: string): boolean {
  const text = line.trim();
  if (text.length > 200) return false;
  if (/^[[({<]?\s*(?:\.{3,}|…)\s*[\])}>]?[,;]?$/.test(text)) return true;
  if (/^(?:#|\/\/|\/\*|<!--|--\s)/.test(text)) return isElidingComment(text, true);
  return isElidingText(text);
}

/** The same where any text may stand, as in a string: only dots together with words for what is left out. */
export function isElidingText(line: string): boolean {
  const text = line.trim();
  return (
    text.length <= 200 &&
    /^\W{0,4}(?:\.{3,}|…)|(?:\.{3,}|…)\W{0,4}$/.test(text) &&
    LEFT_OUT.test(text)
  );
}
