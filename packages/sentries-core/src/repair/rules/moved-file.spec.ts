import { changedFile } from '../../change/change.fixture';
import { ChangeSet } from '../../change/change-set';
import { loadSyntax } from '../../python/syntax';
import { tell, type Story } from '../story.fixture';
import { movedFile } from './moved-file';

beforeAll(loadSyntax);

const moving = (oldPath: string, path: string): ChangeSet =>
  new ChangeSet([{ ...changedFile('x = 1\n', 'x = 1\n', path), status: 'renamed', oldPath }]);
const MOVED = moving('libs/money/tool.py', 'libs/money/tools/run.py');
const story = (line: string, change = MOVED): Story => ({
  test: `def test_a():\n    ${line}\n    assert out == "tool.py"\n`,
  at: line,
  exception: { type: 'builtins.OSError' },
  change,
});

it.each([
  ['a script', 'out = run([sys.executable, "tool.py", "-v"])', MOVED, 'tools/run.py'],
  [
    'a file of data, in the folder of the tests',
    "out = open('tool.py').read()",
    moving('libs/money/tests/tool.py', 'libs/money/tests/data/tool.py'),
    'data/tool.py',
  ],
  [
    'a file named from the root of the workspace',
    'out = open("libs/money/tool.py").read()',
    MOVED,
    'libs/money/tools/run.py',
  ],
])('%s that was moved is named where it is now', (_, line, change, now) => {
  const given = story(line, change);
  const after = line.replace(/(libs\/money\/)?tool\.py/, now);
  expect(tell(movedFile, given)).toBe(`mechanical: ${given.test.replace(line, after)}`);
});

it.each([
  [
    'another file of that name was moved',
    story('out = open("tool.py")', moving('apps/tool.py', 'apps/run.py')),
  ],
  ['the string is put together', story('out = open(f"{x}tool.py")')],
  ['the string is no path of it', story('out = open("mytool.py")')],
  ['nothing was moved', story('out = open("tool.py")', new ChangeSet([]))],
])('it is none of its own where %s', (_, given) => {
  expect(tell(movedFile, given)).toBe('not mine');
});

it('it is refused where the file is not below the folder that the path is from', () => {
  const given = story('out = open("tool.py")', moving('libs/money/tool.py', 'libs/tool.py'));
  expect(tell(movedFile, given)).toBe(
    'refused: tool.py was moved to libs/tool.py, which is not below libs/money/',
  );
});
