import { loadSyntax } from '../python/syntax';
import { propose } from './propose';
import { contextOf, edited, failureOf, type Story } from './story.fixture';
import { failingTestFrame, type Strategy } from './strategy';

beforeAll(loadSyntax);

const STORY: Story = {
  test: '@pytest.mark.parametrize("n", [1, 2])\ndef test_a(n):\n    assert n == 1\n',
  sides: ['2', '1'],
};

/** What all rules together make of a story. */
function told(story: Story): string {
  const answer = propose(failureOf(story), contextOf(story));
  return 'refused' in answer ? answer.refused.join('; ') : edited(story.test, answer);
}

describe('the rules', () => {
  it('give the first proposal that one of them is sure of', () => {
    expect(told(STORY)).toBe(`unexplained: ${STORY.test.replace('n == 1', 'n == 2')}`);
  });

  it('ask for the row before the literal', () => {
    const story = { ...STORY, failure: { rows: { n: 1 } } };
    expect(told(story)).toBe(`unexplained: ${STORY.test.replace('[1, 2]', '[1, 1]')}`);
  });

  it('say nothing of a failure that none of them knows', () => {
    expect(told({ ...STORY, exception: { type: 'builtins.KeyError' } })).toBe('');
  });

  it('name themselves where they refuse', () => {
    expect(told({ test: 'assert f() == 1\n', sides: [null, '1'] })).toBe(
      'expected-literal: the observed value (a acme.Thing) has no faithful source form',
    );
  });
});

describe('strategies', () => {
  const context = contextOf(STORY);
  const failure = failureOf(STORY);
  const strategy = (id: string, answer: ReturnType<Strategy['propose']>): Strategy => ({
    id,
    propose: () => answer,
  });
  const proposal = {
    strategy: 'b',
    tier: 'mechanical',
    operations: [{ file: 'a.py', span: { start: 0, end: 1 }, before: '1', after: '2' }],
    evidence: [],
    causes: [],
    says: '',
  } as const;

  it('are asked in turn until one is sure', () => {
    const asked = [
      strategy('none', undefined),
      strategy('a', { refused: 'not sure' }),
      strategy('b', proposal),
      strategy('c', { ...proposal, strategy: 'c' }),
    ];
    expect(propose(failure, context, asked)).toBe(proposal);
  });

  it('have all their refusals told', () => {
    const asked = [strategy('a', { refused: 'one' }), strategy('b', { refused: 'two' })];
    expect(propose(failure, context, asked)).toEqual({ refused: ['a: one', 'b: two'] });
  });
});

describe('the frame of a failing test', () => {
  it('is the innermost one, where that is in a test file', () => {
    const failure = failureOf(STORY);
    expect(failingTestFrame(failure, contextOf(STORY))?.frame).toEqual(failure.frames[0]);
  });

  it('is none where the exception came from elsewhere', () => {
    const failure = failureOf(STORY);
    const deeper = { ...failure.frames[0]!, file: 'src/m.py' };
    const frames = [...failure.frames, deeper];
    expect(failingTestFrame({ ...failure, frames }, contextOf(STORY))).toBeUndefined();
    expect(failingTestFrame({ ...failure, frames: [] }, contextOf(STORY))).toBeUndefined();
  });
});
