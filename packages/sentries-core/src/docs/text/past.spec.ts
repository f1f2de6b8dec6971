import { isHistoryHeading, leadsIntoHistory, sentenceAt, tellsHistory } from './past';

describe('a sentence tells how it was', () => {
  it.each([
    ['`convert` was renamed'],
    ['formerly `convert`'],
    ['This was called `convert` once.'],
    ['`convert` was removed in favour of that.'],
    ['The ``rate`` and ``unit`` parameters were removed.'],
    ['`convert()` does not exist any more'],
    ['In 1.2 there was `convert`.'],
    ['Previously, `convert` did that.'],
    ['It is deprecated since 1.2: use `convert`.'],
  ])('%s', (text) => {
    expect(tellsHistory(text)).toBe(true);
  });

  it.each([
    ['With `drop` the last line is removed.'],
    ['If the file does not exist, `convert` makes it.'],
    ['What was called there is given to `convert`.'],
    ['Like `convert` on the previous page.'],
    ['It clears all previously defined rates.'],
    ['`deprecated` shows `acme._deprecated.renamed`.'],
    ['Iterate over :class:`Rate` in Version.parse("3.4.5")'],
    ['It is deprecated: use `convert`.'],
    ['Like `convert`, but gives a `Rate` if it does not exist.'],
    ['Blanks `_` are replaced by dashes.'],
  ])('but not: %s', (text) => {
    expect(tellsHistory(text)).toBe(false);
  });

  it('is what stands between two ends, in a passage', () => {
    const passage = 'One, e.g. `a.b`. Two `c. d`\nis here! Three\n\n- four\n- five.';
    const at = (word: string): string => sentenceAt(passage, passage.indexOf(word)).trim();
    expect(['a.b', 'here', 'Three', 'four', 'five'].map(at)).toEqual([
      'One, e.g. `a.b`.',
      'Two `c. d`\nis here!',
      'Three',
      '- four',
      '- five.',
    ]);
  });

  it('leads into an example of it, but for what is there since', () => {
    expect(leadsIntoHistory('In version 1.2, this was:')).toBe(true);
    expect(leadsIntoHistory('Added in version 1.2:')).toBe(false);
    expect(leadsIntoHistory('Since 1.2, you may write:')).toBe(false);
  });

  it('stands below such headings', () => {
    const headings = ['Changelog', '2.0 (2020)', 'Releases', 'Making a release', 'Legacy ways'];
    expect(headings.filter(isHistoryHeading)).toEqual(['Changelog', '2.0 (2020)', 'Releases']);
  });
});
