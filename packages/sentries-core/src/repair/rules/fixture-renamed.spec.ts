import { changedFile } from '../../change/change.fixture';
import { ChangeSet } from '../../change/change-set';
import { loadSyntax } from '../../python/syntax';
import { tell, type Story } from '../story.fixture';
import { fixtureRenamed } from './fixture-renamed';

beforeAll(loadSyntax);

const fixture = (name: string, decorator = '@pytest.fixture'): string =>
  `${decorator}\ndef ${name}():\n    return Account(balance=100, owner="ann")\n`;
const conftest = (old: string, now: string): ChangeSet =>
  new ChangeSet([], [changedFile(old, now, 'libs/money/tests/conftest.py')]);
const asking = (test: string, change = conftest(fixture('account'), fixture('wallet'))): Story => ({
  test,
  at: 'def',
  exception: { type: '_pytest.fixtures.FixtureLookupError' },
  change,
  failure: { when: 'setup', frames: [] },
});

describe('a renamed fixture is asked for by its new name', () => {
  it.each([
    ['as a parameter', 'def test_a(x, account):\n    assert account.close(1) == f(account)\n'],
    ['as a parameter with a type', 'def test_a(account: A):\n    assert account\n'],
    ['in all tests of the file', 'def test_a(account): pass\ndef test_b(account): account()\n'],
    ['by a mark', '@pytest.mark.usefixtures("account")\ndef test_a(): pass\n'],
    [
      'by a mark of the module',
      'pytestmark = pytest.mark.usefixtures("x", "account")\ndef test_a(): pass\n',
    ],
    ['by name', 'def test_a(request):\n    request.getfixturevalue("account")\n'],
    [
      'by another fixture',
      '@pytest.fixture\ndef rich(account):\n    return account\ndef test_a(rich): pass\n',
    ],
  ])('%s', (_, test) => {
    expect(tell(fixtureRenamed, asking(test))).toBe(
      `mechanical: ${test.replaceAll('account', 'wallet')}`,
    );
  });

  it('and nothing else is', () => {
    const test =
      'def test_a(account):\n    x.account = f(account=account)\ndef helper(account): pass\n';
    const expected =
      'def test_a(wallet):\n    x.account = f(account=wallet)\ndef helper(account): pass\n';
    expect(tell(fixtureRenamed, asking(test))).toBe(`mechanical: ${expected}`);
  });
});

it('several renamed fixtures are asked for by their new names at once', () => {
  const other = (name: string): string =>
    `@pytest.fixture\ndef ${name}():\n    return [one for one in table if one.known]\n`;
  const change = conftest(fixture('account') + other('rates'), fixture('wallet') + other('prices'));
  const test = 'def test_a(account, rates):\n    assert account.close(rates)\n';
  expect(tell(fixtureRenamed, asking(test, change))).toBe(
    `mechanical: ${test.replaceAll('account', 'wallet').replaceAll('rates', 'prices')}`,
  );
});

describe('it is refused', () => {
  it('where rows are given to it', () => {
    const test =
      '@pytest.mark.parametrize("account", [1], indirect=True)\ndef test_a(account): pass\n';
    expect(tell(fixtureRenamed, asking(test))).toBe(
      'refused: account was renamed to wallet, but rows are given to it: they would be other tests',
    );
  });

  it.each([
    ['wallet = 1', 'wallet already means something else in test_a'],
    ['account = 1', 'account is bound again in test_a'],
  ])('where the test says %s', (line, says) => {
    const test = `def test_a(account):\n    ${line}\n`;
    expect(tell(fixtureRenamed, asking(test))).toBe(`refused: ${says}`);
  });
});

it.each<[string, Story]>([
  [
    'a fixture that makes something else, though the change exchanged the names',
    asking(
      'def test_a(account): pass\n',
      conftest(
        `${fixture('account')}def names(request): return request.get(account)\n`,
        `${fixture('guest').replace('ann', 'bob')}def names(request): return request.get(guest)\n`,
      ),
    ),
  ],
  ['another fixture', asking('def test_a(other): pass\n')],
  [
    'a fixture of another folder',
    asking(
      'def test_a(account): pass\n',
      new ChangeSet(
        [],
        [changedFile(fixture('account'), fixture('wallet'), 'libs/money/tests/deep/conftest.py')],
      ),
    ),
  ],
  ['a fixture of the file', asking(`${fixture('account')}def test_a(account): pass\n`)],
  [
    'a function that is no fixture',
    asking(
      'def test_a(account): pass\n',
      conftest(fixture('account', '@cache'), fixture('wallet', '@cache')),
    ),
  ],
  [
    'a fixture with a name of its own',
    asking(
      'def test_a(account): pass\n',
      conftest(
        fixture('account', '@pytest.fixture(name="x")'),
        fixture('wallet', '@pytest.fixture(name="x")'),
      ),
    ),
  ],
  [
    'a parameter of a row',
    asking('@pytest.mark.parametrize("account", [1])\ndef test_a(account): pass\n'),
  ],
  ['another exception', { ...asking('def test_a(account): pass\n'), exception: {} }],
])('%s is none of its own', (_, story) => {
  expect(tell(fixtureRenamed, story)).toBe('not mine');
});
