/*
 * The repair that a model is tried on: small, plain, and with one right answer. A parameter got another name,
 * and a test still uses the old one.
 */

/** The test file as the model sees it; the only one that it may edit. */
export const TEST_FILE = 'tests/test_cart.py';

export const STALE_TEST = `import pytest

from shop.cart import Cart


def test_total_is_the_sum_of_the_prices():
    cart = Cart("EUR")
    cart.add("tea", price=4)
    assert cart.total() == 4


def test_a_new_cart_is_empty():
    assert Cart("EUR").total() == 0


def test_a_negative_price_is_refused():
    with pytest.raises(ValueError):
        Cart("EUR").add("tea", -1)
`;

/** The same after the one right edit. */
export const MENDED_TEST = STALE_TEST.replace('price=4', 'unit_price=4');

/** What is told of the change and of the failure. */
export const FACTS = `What changed in shop/cart.py:
-    def add(self, item, price):
+    def add(self, item, unit_price):

What fails: ${TEST_FILE}::test_total_is_the_sum_of_the_prices, line 8
    cart.add("tea", price=4)
TypeError: Cart.add() got an unexpected keyword argument 'price'

${TEST_FILE}:
\`\`\`python
${STALE_TEST}\`\`\`
`;

/** As a planner would say it. */
export const PLAN =
  'In test_total_is_the_sum_of_the_prices, pass unit_price in place of price to cart.add. Change nothing else.';
