import { changeOf, changedFile } from '../../change/change.fixture';
import { ChangeSet } from '../../change/change-set';
import type { SnapshotFact } from '../../pytest/facts';
import { failureFact } from '../../pytest/facts.fixture';
import { loadSyntax, PythonSource } from '../../python/syntax';
import { edited } from '../story.fixture';
import { isRefusal } from '../strategy';
import { snapshotFile } from './snapshot-file';

beforeAll(loadSyntax);

const FILE = 'lib/tests/__snapshots__/test_a.ambr';
const CHANGE = changeOf(
  'def f():\n    return "Hello", 2\n',
  'def f():\n    return "Good day", 3\n',
);

/** A file with the snapshot of the failing test between two others. */
const ambr = (lines: string): string =>
  `# serializer version: 1\n# name: test_0\n  'Hello'\n# ---\n# name: test_a\n${lines.replace(/^/gm, '  ')}\n# ---\n# name: test_a.1\n  2\n# ---\n`;

interface Story extends Partial<SnapshotFact> {
  readonly text?: string;
  readonly change?: ChangeSet;
  readonly frame?: string;
}

function tell(stored: string | null, now: string | null, story: Story = {}): string {
  const {
    text = ambr(stored ?? ''),
    change = CHANGE,
    frame = 'lib/tests/test_a.py',
    ...fact
  } = story;
  const value = { type: 'builtins.str', source: null };
  const failure = failureFact({
    frames: [{ file: frame, line: 5, function: 'test_a', span: null }],
    compare: {
      ...{ file: 'lib/tests/test_a.py', line: 5, op: '==', left: value, right: value },
      snapshot: { file: FILE, name: 'test_a', stored, now, ...fact },
    },
  });
  const source = new PythonSource(text);
  const answer = snapshotFile.propose(failure, {
    change,
    test: () => undefined,
    text: (path) => (path === FILE ? source : undefined),
  });
  if (!answer) return 'not mine';
  return isRefusal(answer) ? `refused: ${answer.refused}` : edited(text, answer);
}

describe('a stored snapshot becomes what syrupy would store', () => {
  it.each([
    ['a text', "'Hello'", "'Good day'"],
    ['a number', '2', '3'],
    [
      'items of a dict',
      "dict({\n  'a': 'Hello',\n  'b': 2,\n})",
      "dict({\n  'a': 'Good day',\n  'b': 3,\n})",
    ],
    ['a text of several lines', "'''\n  Hello,\n  you\n'''", "'''\n  Good day,\n  you\n'''"],
  ])('%s, in its own entry alone', (_, stored, now) => {
    expect(tell(stored, now)).toBe(`explained: ${ambr(now)}`);
  });

  it.each([
    ['nothing in the change shows it', '2', '4'],
    [
      'one of its lines is explained, and another is not',
      "list([\n  2,\n  'x',\n])",
      "list([\n  3,\n  'y',\n])",
    ],
    ['it has more lines now', 'list([\n  2,\n])', 'list([\n  2,\n  2,\n])'],
  ])('unexplained, where %s', (_, stored, now) => {
    expect(tell(stored, now)).toBe(`unexplained: ${ambr(now)}`);
  });

  it('unexplained, where the change wrote the snapshot itself', () => {
    const change = new ChangeSet(CHANGE.files, [changedFile(ambr('1'), ambr('2'), FILE)]);
    expect(tell('2', '3', { change })).toContain('unexplained: ');
  });
});

describe('a stored snapshot is left alone', () => {
  it.each<[string, string | null, string | null, Story, string]>([
    ['that is not there yet', null, '3', {}, 'no snapshot test_a yet'],
    ['where nothing could be stored', '2', null, {}, 'could not be stored'],
    ['in another format', '2', '3', { file: 'lib/tests/__snapshots__/a.json' }, 'format'],
    ['outside of the tests', '2', '3', { file: 'lib/src/a.ambr' }, 'none of the test files'],
    ['that stands there otherwise', '2', '3', { text: ambr('1') }, 'does not stand in'],
    ['that stands there twice', '2', '3', { text: ambr('2') + ambr('2') }, 'does not stand in'],
  ])('%s', (_, stored, now, story, says) => {
    expect(tell(stored, now, story)).toMatch(/^refused: /);
    expect(tell(stored, now, story)).toContain(says);
  });

  it('where the test failed at another place than that comparison', () => {
    expect(tell('2', '3', { frame: 'lib/tests/helpers.py' })).toBe('not mine');
  });
});
