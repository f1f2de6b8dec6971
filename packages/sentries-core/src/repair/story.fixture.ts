import { changeOf } from '../change/change.fixture';
import { ChangeSet } from '../change/change-set';
import { applyOperations } from '../patch/operation';
import type { FailureFact } from '../pytest/facts';
import { PythonSource } from '../python/syntax';
import { isRefusal, type Proposal, type RepairContext, type Strategy } from './strategy';

const TEST_FILE = 'libs/money/tests/test_money.py';

/** A failing test, and the change after which it fails. */
export interface Story {
  readonly test: string;
  /** A text of the failing line; the first assert where left out. */
  readonly at?: string;
  /** Type and message of the exception; a failed assert where left out. */
  readonly exception?: Partial<FailureFact['exception']>;
  /** The source texts of both sides of the failed `==`. */
  readonly sides?: readonly [left: string | null, right: string | null];
  /** The operator of that comparison; `==` where left out. */
  readonly operator?: string;
  /** The assertion of a library that failed at that line, with the source texts of its values. */
  readonly check?: { readonly name: string; readonly values: Readonly<Record<string, string>> };
  /** The source before and after the change. */
  readonly change?: readonly [old: string, now: string] | ChangeSet;
  readonly failure?: Partial<FailureFact>;
}

export function failureOf(story: Story): FailureFact {
  const { test, at, exception, sides, check, operator = '==', failure } = story;
  const line = test.slice(0, test.indexOf(at ?? 'assert')).split('\n').length;
  const side = (source: string | null) => ({ type: 'acme.Thing', source });
  return {
    kind: 'failure',
    id: `${TEST_FILE}::test_a`,
    key: `${TEST_FILE}::test_a`,
    file: TEST_FILE,
    when: 'call',
    exception: {
      type: 'builtins.AssertionError',
      message: '',
      name: null,
      owner: null,
      ...exception,
    },
    frames: [{ file: TEST_FILE, line, function: 'test_a', span: null }],
    compare: sides
      ? { file: TEST_FILE, line, op: operator, left: side(sides[0]), right: side(sides[1]) }
      : null,
    check: check && {
      name: check.name,
      frame: { file: TEST_FILE, line, function: 'test_a', span: null },
      values: Object.fromEntries(
        Object.entries(check.values).map(([name, source]) => [name, side(source)]),
      ),
    },
    rows: {},
    function: 'test_a',
    ...failure,
  };
}

export function contextOf({ test, change }: Story): RepairContext {
  const source = new PythonSource(test, TEST_FILE);
  const changed = change instanceof ChangeSet ? change : change ? changeOf(...change) : undefined;
  return {
    change: changed ?? new ChangeSet([]),
    test: (file) => (file === TEST_FILE ? source : undefined),
    text: (file) => (file === TEST_FILE ? source : undefined),
  };
}

/** What a strategy makes of a story: the edited test and its tier, why it refuses, or that it is none of its own. */
export function tell(strategy: Strategy, story: Story): string {
  const answer = strategy.propose(failureOf(story), contextOf(story));
  if (!answer) return 'not mine';
  return isRefusal(answer) ? `refused: ${answer.refused}` : edited(story.test, answer);
}

export function edited(test: string, { tier, operations }: Proposal): string {
  return `${tier}: ${applyOperations(test, operations)}`;
}
