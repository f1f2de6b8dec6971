import { readCode, readReferences } from './check';
import { treeOf } from './docs.fixture';
import { staleReferences } from './stale';

export type Files = Readonly<Record<string, string>>;

/** What of the docs a change of the code made stale: `text: what it was → what it is now`. */
export async function stale(base: Files, head: Files, docs: Files): Promise<string[]> {
  const [before, after] = [treeOf({ ...base, ...docs }), treeOf({ ...head, ...docs })];
  const [old, now] = [await readCode(before), await readCode(after)];
  const { references } = await readReferences(after, now);
  return staleReferences(references, old, now).map(
    ({ reference, was, now: { kind } }) => `${reference.text}: ${was.name}, ${kind}`,
  );
}

export const MONEY =
  'def convert_all(amount, unit="EUR"): ...\n\nclass Account:\n    def close(self): ...\n';
export const base = {
  'acme/__init__.py': 'from .money import Account\n',
  'acme/money.py': MONEY,
  'docs/guide.md': '',
  'guide.py': '',
};
