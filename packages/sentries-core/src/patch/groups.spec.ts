import fc from 'fast-check';
import { groupsOf, withGroups } from './groups';
import { content } from './patch.fixture';
import { readPatch, unifiedDiff, type PatchSection } from './unified-diff';

function sectionOf(before: Buffer, after: Buffer): PatchSection | undefined {
  return readPatch(unifiedDiff([{ path: 'a', before, after }]).text)![0];
}

const section = (before: string, after: string): PatchSection =>
  sectionOf(Buffer.from(before), Buffer.from(after))!;

describe('a patch is cut', () => {
  it('at each group of adjacent changed lines', () => {
    expect(groupsOf(section('a\nb\nc\nd\ne\n', 'A\nb\nc\nnew\nd\n'))).toEqual([
      { line: 1, removed: ['a\n'], added: ['A\n'], hunk: 0 },
      { line: 4, removed: [], added: ['new\n'], hunk: 0 },
      { line: 5, removed: ['e\n'], added: [], hunk: 0 },
    ]);
  });

  it('with the end of the file as it was, and as it will be', () => {
    expect(groupsOf(section('a\nb', 'a\nb\n'))).toEqual([
      { line: 2, removed: ['b'], added: ['b\n'], hunk: 0 },
    ]);
    expect(groupsOf(section('', 'a'))).toEqual([{ line: 1, removed: [], added: ['a'], hunk: 0 }]);
  });

  it('and is whole again once all groups are in, in whatever order they came in', () => {
    const cut = fc.record({ before: content, after: content, first: fc.func(fc.boolean()) });
    fc.assert(
      fc.property(cut, ({ before, after, first }) => {
        const found = sectionOf(before, after);
        fc.pre(found !== undefined);
        const groups = groupsOf(found);
        expect(withGroups(before, groups)).toEqual(after);
        expect(withGroups(before, groups.toReversed())).toEqual(after);
        expect(withGroups(before, [])).toEqual(before);
        // What is put in later finds its lines where those put in before it left them.
        const some = groups.filter((group) => first(group.line, group.added));
        const middle = withGroups(before, some)!;
        const then = sectionOf(middle, after);
        expect(then ? withGroups(middle, groupsOf(then)) : middle).toEqual(after);
      }),
      { numRuns: 1000, seed: 6 },
    );
  });
});

it('nothing is put where other lines stand', () => {
  const groups = groupsOf(section('a\nb\nc\n', 'a\nB\nc\n'));
  expect(withGroups(Buffer.from('a\nX\nc\n'), groups)).toBeUndefined();
  expect(withGroups(Buffer.from('a\n'), groups)).toBeUndefined();
});

it('a page with more lines than a call takes arguments is put together, too', () => {
  const [before, after] = ['a\n', 'b\n'].map((line) =>
    Buffer.from(`${line}${'x\n'.repeat(300_000)}`),
  ) as [Buffer, Buffer];
  expect(withGroups(before, groupsOf(sectionOf(before, after)!))!.equals(after)).toBe(true);
});
