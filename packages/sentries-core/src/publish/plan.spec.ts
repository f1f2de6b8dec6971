import * as fc from 'fast-check';
import { plan, type Actual, type Step, type Wanted } from './plan';
import { actualOf, BRANCH, branchOf, metadataOf, openOf, pullOf } from './plan.fixture';

const LIMITS = { maxOpen: 3, maxPerHour: 2 };
const WANTED: Wanted = { branch: BRANCH, key: 'key', isGenerated: false };
const OTHER = 'ai-test-fixes/eeeeeeeeeeee-20250101000000';

const planned = (actual: Partial<Actual>, wanted: Wanted | null = WANTED) =>
  plan('sentry-test', actualOf(actual), wanted, LIMITS);
const verbs = (steps: readonly Step[]): string[] => steps.map((step) => step.do);

describe('without a pull request', () => {
  it('a patch is pushed, and one is opened for it', () => {
    expect(planned({})).toEqual({
      outcome: 'opened',
      pull: undefined,
      steps: [
        { do: 'push', branch: BRANCH, expected: undefined },
        { do: 'open', branch: BRANCH },
      ],
    });
  });

  it('a branch that was pushed by somebody who came no further is used', () => {
    expect(verbs(planned({ orphans: [branchOf()] }).steps)).toEqual(['open']);
  });

  it('such a branch with another patch is pushed anew, where it has not moved meanwhile', () => {
    const { steps } = planned({ orphans: [branchOf({ key: 'older', tip: 'old tip' })] });
    expect(steps[0]).toEqual({ do: 'push', branch: BRANCH, expected: 'old tip' });
  });

  it('left-over branches of ours go, after what matters is done', () => {
    expect(verbs(planned({ orphans: [branchOf({ name: OTHER })] }).steps)).toEqual([
      'push',
      'open',
      'delete',
    ]);
  });

  it('nothing is done where no patch is needed', () => {
    expect(planned({}, null)).toEqual({ outcome: 'nothing', pull: undefined, steps: [] });
  });

  it.each([
    { openAnywhere: 3, openedThisHour: 0 },
    { openAnywhere: 0, openedThisHour: 2 },
  ])('none is opened beyond the limits: %j', (counts) => {
    expect(planned(counts)).toMatchObject({ outcome: 'limited', steps: [] });
  });
});

describe('with an open pull request', () => {
  it('the same patch changes nothing', () => {
    expect(planned({ open: [openOf()] })).toMatchObject({ outcome: 'unchanged', steps: [] });
  });

  it('the limits do not stand in the way of what is open already', () => {
    const { outcome } = planned({ open: [openOf()], openAnywhere: 9, openedThisHour: 9 });
    expect(outcome).toBe('unchanged');
  });

  it('another patch takes the place of the one before, only if nobody pushed meanwhile', () => {
    const { outcome, steps } = planned({ open: [openOf()] }, { ...WANTED, key: 'new' });
    expect(outcome).toBe('updated');
    expect(steps).toEqual([
      { do: 'push', branch: BRANCH, expected: branchOf().tip },
      { do: 'update', number: 7 },
    ]);
  });

  it('a label comes and goes with what a model wrote', () => {
    const made = planned({ open: [openOf()] }, { ...WANTED, key: 'new', isGenerated: true });
    expect(made.steps).toContainEqual({
      do: 'label',
      number: 7,
      add: ['ai-generated'],
      remove: [],
    });
    const labels = [...pullOf().labels, 'ai-generated'];
    const undone = planned(
      { open: [openOf({ pull: pullOf({ labels }) })] },
      { ...WANTED, key: 'new' },
    );
    expect(undone.steps).toContainEqual({
      do: 'label',
      number: 7,
      add: [],
      remove: ['ai-generated'],
    });
  });

  it('one that was opened and not labelled is labelled', () => {
    const open = [openOf({ pull: pullOf({ labels: [] }) })];
    expect(verbs(planned({ open }).steps)).toEqual(['label']);
  });

  it('a label that a person took away does not come back while nothing changes', () => {
    const open = [openOf({ pull: pullOf({ labels: ['tests-sentry:done'] }) })];
    expect(planned({ open }).steps).toEqual([]);
  });

  it('what was pushed by somebody who came no further is told in it', () => {
    const open = [openOf({ branch: branchOf({ key: 'new' }) })];
    expect(verbs(planned({ open }, { ...WANTED, key: 'new' }).steps)).toEqual(['update']);
  });

  it('a body that a person emptied is written again', () => {
    expect(verbs(planned({ open: [openOf({ metadata: undefined })] }).steps)).toEqual(['update']);
  });

  it('a commit of somebody else freezes it, which is said', () => {
    const open = [openOf({ branch: branchOf({ ours: false }) })];
    for (const wanted of [{ ...WANTED, key: 'new' }, null]) {
      const { outcome, steps } = planned({ open }, wanted);
      expect(outcome).toBe('frozen');
      expect(steps).toMatchObject([{ do: 'say', mark: 'frozen' }]);
    }
  });

  it('a patch that is no longer needed is closed with a sentence, and its branch deleted', () => {
    const { outcome, steps } = planned({ open: [openOf()] }, null);
    expect(outcome).toBe('closed');
    expect(verbs(steps)).toEqual(['say', 'label', 'close', 'delete']);
    expect(steps[1]).toEqual({
      do: 'label',
      number: 7,
      add: ['tests-sentry:noop'],
      remove: ['tests-sentry:done'],
    });
  });

  it('of two the older stays', () => {
    const twin = openOf({
      pull: pullOf({ number: 8, branch: OTHER }),
      branch: branchOf({ name: OTHER }),
    });
    const { pull, steps } = planned({ open: [twin, openOf()] });
    expect(pull?.number).toBe(7);
    expect(steps.slice(0, 2)).toMatchObject([
      { do: 'say', number: 8, mark: 'twin' },
      { do: 'close', number: 8 },
    ]);
    expect(steps[2]).toEqual({ do: 'delete', branch: OTHER, expected: branchOf().tip });
  });

  it('of two the one with a person’s commits stays, whichever is older', () => {
    const theirs = openOf({
      pull: pullOf({ number: 8, branch: OTHER }),
      branch: branchOf({ name: OTHER, ours: false }),
    });
    const { pull, outcome } = planned({ open: [openOf(), theirs] });
    expect({ number: pull?.number, outcome }).toEqual({ number: 8, outcome: 'frozen' });
  });
});

it('nothing of a person is ever written to, closed or deleted', () => {
  const someBranch = fc.record({
    name: fc.constantFrom(BRANCH, `${OTHER}-2`, `${OTHER}-10`),
    tip: fc.constantFrom('t1', 't2'),
    ours: fc.boolean(),
    base: fc.constant('main'),
    key: fc.constantFrom('key', 'other'),
  });
  const someOpen = fc.tuple(someBranch, fc.boolean()).map(([branch, has]) => ({
    pull: pullOf({ number: branch.name.length, branch: branch.name }),
    branch,
    metadata: has ? metadataOf() : undefined,
  }));
  const someWanted = fc.option(
    fc.record({
      branch: fc.constant(BRANCH),
      key: fc.constantFrom('key', 'new'),
      isGenerated: fc.boolean(),
    }),
  );
  fc.assert(
    fc.property(
      // A branch has one pull request for a base.
      fc.uniqueArray(someOpen, { selector: ({ branch }) => branch.name, maxLength: 3 }),
      fc.uniqueArray(someBranch, { selector: ({ name }) => name, maxLength: 3 }),
      someWanted,
      (open, orphans, wanted) => {
        // A name stands for one branch.
        const known = new Map(orphans.map((one) => [one.name, one]));
        const real = open.map((one) => ({
          ...one,
          branch: known.get(one.branch.name) ?? one.branch,
        }));
        for (const { branch } of real) known.set(branch.name, branch);
        const taken = new Set(real.map(({ pull }) => pull.branch));
        const free = orphans.filter(({ name, ours }) => ours && !taken.has(name));
        fc.pre(![...known.values()].some(({ name, ours }) => !ours && name === wanted?.branch));
        const { steps } = planned({ open: real, orphans: free }, wanted);
        const theirs = [...known.values()].filter(({ ours }) => !ours);
        for (const step of steps) {
          if (step.do === 'delete' || step.do === 'push')
            expect(theirs.map(({ name }) => name)).not.toContain(step.branch);
          if (step.do === 'close' || step.do === 'update') {
            const { branch } = real.find(({ pull }) => pull.number === step.number)!;
            expect(branch.ours).toBe(true);
          }
        }
      },
    ),
  );
});
