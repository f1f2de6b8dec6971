/*
 * What must come out of the demo. The project `acme-stock` has a test for each rule, and three bugs; what no rule
 * can repair is in `acme-post`.
 */

/** Test → outcome, and for a repair what found it: a rule, or a model. */
export const STORY: Readonly<Record<string, string>> = {
  'acme-api tests/test_api.py::test_invoice_over_http': 'repaired by expected-literal',
  'acme-api tests/test_api.py::test_unknown_units_are_refused': 'repaired by expected-literal',
  'acme-billing tests/test_invoice.py::test_invoice_label': 'repaired by expected-literal',
  'acme-billing tests/test_invoice.py::test_the_rebate_begins_at_forty': 'suspected-regression',
  'acme-post tests/test_postage.py::test_express_costs_twice_as_much': 'repaired by model',
  'acme-pricing tests/test_quote.py::test_label_in_the_default_currency':
    'repaired by expected-literal',
  'acme-pricing tests/test_quote.py::test_label_names_the_currency[None-8.00 EUR]':
    'repaired by parametrize-row',
  // Documentation, which is left to sentry-doc.
  'acme-stock docs/labels.rst::labels.rst': 'unrepaired',
  'acme-stock tests/test_argument_changed.py::test_a_discount_is_taken_off':
    'repaired by argument-changed',
  'acme-stock tests/test_argument_changed.py::test_items_are_counted':
    'repaired by argument-changed',
  'acme-stock tests/test_argument_list.py::test_a_shelf_is_full_in_the_end':
    'repaired by argument-list',
  'acme-stock tests/test_deprecated_symbol.py::test_the_box_weighs_too':
    'repaired by deprecated-symbol',
  'acme-stock tests/test_expected_literal.py::test_empty_slots_are_marked':
    'repaired by expected-literal',
  'acme-stock tests/test_expected_member.py::test_who_found_no_room_is_named':
    'repaired by expected-member',
  'acme-stock tests/test_expected_name.py::test_an_order_begins_as_new':
    'repaired by expected-name',
  'acme-stock tests/test_fixture_renamed.py::test_a_shelf_begins_with_tea':
    'repaired by fixture-renamed',
  'acme-stock tests/test_mock_call.py::test_orders_are_posted': 'repaired by mock-call',
  'acme-stock tests/test_moved_attribute.py::test_a_dozen_fits': 'repaired by moved-attribute',
  'acme-stock tests/test_moved_import.py': 'repaired by moved-import',
  'acme-stock tests/test_parametrize_row.py::test_limits[box-30]': 'repaired by parametrize-row',
  'acme-stock tests/test_patch_target.py::test_prices_are_added': 'repaired by patch-target',
  'acme-stock tests/test_raises_match.py::test_a_line_without_a_count_is_refused':
    'repaired by raises-match',
  'acme-stock tests/test_raises_type.py::test_an_order_of_nothing_is_refused':
    'repaired by raises-type',
  'acme-stock tests/test_removed_subject.py': 'unrepaired',
  'acme-stock tests/test_renamed_symbol.py': 'repaired by renamed-symbol',
  'acme-stock tests/test_traps.py::test_a_name_at_the_limit_is_not_below_it':
    'suspected-regression',
  'acme-stock tests/test_traps.py::test_counts_of_both_are_added': 'suspected-regression',
  'acme-stock tests/test_traps.py::test_what_came_is_positive': 'suspected-regression',
  'acme-units tests/test_convert.py': 'repaired by renamed-symbol',
  'acme-units tests/test_convert.py::test_unknown_unit_is_named': 'repaired by expected-literal',
};

/** Place in the documentation → outcome. The changelog, which tells of the past, is none of them. */
export const DOCS_STORY: Readonly<Record<string, string>> = {
  'acme-stock libs/stock/docs/labels.rst:4': 'repaired by doc-renamed-symbol',
  'acme-stock libs/stock/docs/labels.rst:8': 'repaired by doc-example-output',
  'acme-units libs/units/README.md:6': 'repaired by doc-renamed-symbol',
  'acme-units libs/units/README.md:8': 'repaired by doc-renamed-symbol',
  'acme-units libs/units/docs/guide.md:3': 'repaired by doc-renamed-symbol',
  'acme-units libs/units/src/acme_units/text.py:5': 'repaired by doc-renamed-symbol',
};

export function outcomeOf(failure: { outcome: string; strategy: string | null }): string {
  return failure.outcome === 'repaired' ? `repaired by ${failure.strategy}` : failure.outcome;
}
