import { branchName, sentryOf } from './identity';

it('the branch of a tested commit tells the commit and its time', () => {
  const name = branchName('sentry-test', 'abcdef0123456789', new Date('2026-02-03T04:05:06Z'));
  expect(name).toBe('ai-test-fixes/abcdef012345-20260203040506');
  expect(sentryOf(name)).toBe('sentry-test');
});

it.each([
  { branch: 'ai-doc-updates/x', sentry: 'sentry-doc' },
  { branch: 'main', sentry: undefined },
  { branch: 'feature/ai-test-fixes/x', sentry: undefined },
  { branch: 'ai-test-fixes', sentry: undefined },
])('$branch is of $sentry', ({ branch, sentry }) => {
  expect(sentryOf(branch)).toBe(sentry);
});
