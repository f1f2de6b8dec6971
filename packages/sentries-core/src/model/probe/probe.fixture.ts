import type { EditFormat } from '../reply/read-edits';
import { TEST_FILE } from './story';

/** The right answer in each format, as models that handle it write it. */
export const GOOD_EDITS: Readonly<Record<EditFormat, string>> = {
  json: JSON.stringify({
    operations: [
      {
        file: TEST_FILE,
        find: 'cart.add("tea", price=4)',
        replace: 'cart.add("tea", unit_price=4)',
      },
    ],
  }),
  blocks: [
    TEST_FILE,
    '```',
    '<<<<<<< SEARCH',
    '    cart.add("tea", price=4)',
    '=======',
    '    cart.add("tea", unit_price=4)',
    '>>>>>>> REPLACE',
    '```',
  ].join('\n'),
  function: [
    `${TEST_FILE}::test_total_is_the_sum_of_the_prices`,
    '```python',
    'def test_total_is_the_sum_of_the_prices():',
    '    cart = Cart("EUR")',
    '    cart.add("tea", unit_price=4)',
    '    assert cart.total() == 4',
    '```',
  ].join('\n'),
};

export const STALE_VERDICT = JSON.stringify({
  verdict: 'stale-test',
  reason: 'The parameter has a new name.',
  steps: ['Pass unit_price.'],
});
