import { Account } from './limits';

const account = (): Account =>
  new Account('model.perFailure', { requests: 2, tokens: 100, seconds: 10 });

describe('what a failure may cost', () => {
  it('has room at first', () => {
    expect(account().exceededBy(100)).toBeUndefined();
  });

  it.each([
    {
      cost: { requests: 2, tokens: 10, seconds: 1 },
      says: 'the limit model.perFailure.requests of 2 is reached',
    },
    {
      cost: { requests: 1, tokens: 95, seconds: 1 },
      says: 'the limit model.perFailure.tokens of 100 is reached',
    },
    {
      cost: { requests: 1, tokens: 10, seconds: 10 },
      says: 'the limit model.perFailure.seconds of 10 is reached',
    },
  ])('$says', ({ cost, says }) => {
    const own = account();
    own.spend(cost);
    expect(own.exceededBy(6)).toBe(says);
  });
});
