import { changeOf } from '../../change/change.fixture';
import { failureFact } from '../../pytest/facts.fixture';
import { PythonSource } from '../../python/syntax';
import { isRefusal } from '../../repair/strategy';
import { edited } from '../../repair/story.fixture';
import { loadGrammars } from '../docs.fixture';
import { exampleOutput } from './example-output';

beforeAll(loadGrammars);

const CHANGE = changeOf(
  'def greet(n):\n    return f"Hello, {n}!"\n',
  'def greet(n):\n    return f"# Good day, {n}!"\n',
);

/** What the rule makes of a page whose only example printed `Hello, Ann!`, and what it says. */
function tell(page: string, got: string, isMeant = false, file = 'docs/page.md'): string[] {
  const at = page.split('\n').findIndex((line) => line.includes('>>>'));
  const source = new PythonSource(page);
  const [code, want] = page.split('\n').slice(at, at + 2) as [string, string];
  const doctest = {
    ...{ file, line: at + 1, raises: null, got, options: [] },
    source: `${code.trim().slice(4)}\n`,
    want: `${want.trim()}\n`,
  };
  const answer = exampleOutput(() => isMeant).propose(failureFact({ doctest }), {
    change: CHANGE,
    test: () => undefined,
    text: () => source,
  });
  if (!answer) return ['not mine'];
  if (isRefusal(answer)) return [`refused: ${answer.refused}`];
  return [answer.strategy, edited(page, answer), answer.says];
}

const FENCED = '# Use\n\n```pycon\n>>> print(greet("Ann"))\nHello, Ann!\n```\n';
const BARE = `${FENCED.replace(/```(pycon)?\n/g, '')}\nThen \`acme.money.greet\`.\n`;

it('the output of an example becomes what it prints, where the change explains that', () => {
  expect(tell(FENCED, '# Good day, Ann!\n').slice(0, 2)).toEqual([
    'doc-example-output',
    `explained: ${FENCED.replace('Hello', '# Good day')}`,
  ]);
});

it('on a line that the change itself wrote nothing is explained', () => {
  const [, edit, says] = tell(FENCED, '# Good day, Ann!\n', true);
  expect(edit).toMatch(/^unexplained: /);
  expect(says).toContain('on a line that the change itself wrote');
});

it('output that would be read as markup of the page is refused', () => {
  expect(tell(BARE, '## Good day, Ann!\n')).toEqual([
    'refused: the new output would change the structure of the page around it',
  ]);
});
