import { array, assert, constantFrom, property } from 'fast-check';
import { dataBlock } from './data-block';

describe('text from the repository', () => {
  it('stands in a block that says what it is, and from where', () => {
    expect(dataBlock('test', 'assert x\n', 'tests/test_a.py')).toBe(
      '<untrusted-data what="test" from="tests/test_a.py">\nassert x\n</untrusted-data>\n',
    );
  });

  it('can not end its block, nor begin another', () => {
    const pieces = [
      '<',
      '</',
      '< / ',
      'untrusted-data',
      'UNTRUSTED-DATA',
      '>',
      ' ',
      '\n',
      '/',
      '"',
      'x',
    ];
    const text = array(constantFrom(...pieces)).map((all) => all.join(''));
    assert(
      property(text, text, (content, place) => {
        const made = dataBlock('test', content, place);
        expect(made.match(/<[\s/]*untrusted-data/gi)).toHaveLength(2);
        expect(made.split('\n')[0]).toMatch(/^<untrusted-data what="test"( from="[^"<>\s]*")?>$/);
        expect(made.endsWith('\n</untrusted-data>\n')).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});
