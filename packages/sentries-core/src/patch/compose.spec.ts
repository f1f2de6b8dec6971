import fc from 'fast-check';
import { composed, sharedGroups, withoutGroups } from './compose';
import { groupsOf } from './groups';
import { content } from './patch.fixture';
import { readPatch, unifiedDiff, type PatchSection } from './unified-diff';

function sectionOf(before: Buffer, after: Buffer): PatchSection | undefined {
  return readPatch(unifiedDiff([{ path: 'a', before, after }]).text)![0];
}

/** What patches make together of a content; what they are is said by the contents that each leads to. */
function together(before: string, ...afters: readonly string[]): string | undefined {
  const old = Buffer.from(before);
  const sections = afters.map((after) => sectionOf(old, Buffer.from(after))!);
  const groups = sharedGroups(sections);
  return groups && composed(old, sections, groups)?.toString();
}

describe('two patches of one file', () => {
  it('are made together, whatever they do to the number of lines', () => {
    expect(together('1\n2\n3\n4\n', 'a\nb\n2\n3\n4\n', '1\n2\n3\nd\n')).toBe('a\nb\n2\n3\nd\n');
    expect(together('1\n2\n3\n4\n', '2\n3\n4\n', '1\n2\n3\n4\nend')).toBe('2\n3\n4\nend');
    expect(together('1\n2\n', 'a\n2\n', '1\nb\n')).toBe('a\nb\n');
  });

  it('have in common what both of them change alike', () => {
    expect(together('1\n2\n3\n', 'a\n2\nc\n', 'a\n2\n3\n')).toBe('a\n2\nc\n');
  });

  it.each([
    { what: 'change one line in two ways', afters: ['a\n2\n3\n', 'b\n2\n3\n'] },
    { what: 'put lines at one place', afters: ['1\na\n2\n3\n', '1\nb\n2\n3\n'] },
    { what: 'take away what the other changes', afters: ['1\nb\n3\n', '3\n'] },
  ])('that $what are not put together', ({ afters }) => {
    expect(together('1\n2\n3\n', ...afters)).toBeUndefined();
  });
});

it('what was put in is taken out again', () => {
  fc.assert(
    fc.property(content, content, (before, after) => {
      const section = sectionOf(before, after);
      fc.pre(section !== undefined);
      expect(withoutGroups(after, groupsOf(section))).toEqual(before);
    }),
    { numRuns: 1000, seed: 7 },
  );
});

it('a patch that does not lead to what it says spoils all', () => {
  const before = Buffer.from('1\n2\n');
  const [one, other] = ['a\n2\n', '1\nb\n'].map((after) => sectionOf(before, Buffer.from(after))!);
  const damaged = { ...other!, after: '0'.repeat(40) };
  expect(composed(before, [one!, damaged], sharedGroups([one!, damaged])!)).toBeUndefined();
});
