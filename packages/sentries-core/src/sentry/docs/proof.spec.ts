import { loadGrammars } from '../../docs/docs.fixture';
import { changedReturn } from '../../docs/rules/changed-return';
import { sensed } from '../../docs/rules/rules.fixture';
import { applyOperations } from '../../patch/operation';
import { findingsOf } from './finding';
import { operationsOf, proofOf } from './proof';

beforeAll(loadGrammars);

describe('an edit of a type that is returned', () => {
  const page =
    '.. function:: acme.money.find(amount) -> list[int]\n\n   Finds them.\n\n   :rtype: List[int]\n';
  const code = (type: string): string =>
    `def find(amount) -> "${type}":\n    return [amount, amount]\n`;
  const story = {
    base: {
      'src/acme/__init__.py': '',
      'src/acme/money.py': code('list[int]'),
      'docs/page.rst': page,
    },
    change: { 'src/acme/money.py': code('tuple[int, int]') },
  };

  /** Why the two findings of the page are not borne out by the edits, each with another text. */
  async function failed(after: string): Promise<string[]> {
    const { stale, context } = await sensed(story);
    const findings = findingsOf(stale, context, new Set(['explained']), [changedReturn]).map(
      (one) => {
        const { proposal, edits } = one.planned!;
        const operations = proposal.operations.map((own) => ({ ...own, after }));
        return { ...one, planned: { proposal: { ...proposal, operations }, edits } };
      },
    );
    expect(findings.map(({ id }) => id)).toEqual(['docs/page.rst:1', 'docs/page.rst:5']);
    const edited = applyOperations(page, operationsOf(findings));
    const before = { text: page, encoding: 'utf8' as const };
    const proof = proofOf({ path: 'docs/page.rst', before, after: edited }, findings, context);
    return [...proof.failed.values()];
  }

  it.each(['tuple[int, int]', 'Tuple[ int,int ]'])('holds with %j', async (after) => {
    expect(await failed(after)).toEqual([]);
  });

  it.each(['tuple[int, str]', 'pair', 'tuple of ints'])('does not with %j', async (after) => {
    const why = 'with the edit it does not lead to acme.money.find()';
    expect(await failed(after)).toEqual([why, why]);
  });

  it.each(['list[int]', 'str'])('does not with %j, which the code contradicts', async (after) => {
    const why = `on its line \`${after}\` would still lead nowhere`;
    expect(await failed(after)).toEqual([why, why]);
  });
});
