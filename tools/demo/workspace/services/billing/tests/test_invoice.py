from acme_billing import invoice


def test_small_invoices_get_no_rebate():
    assert invoice([(1, "kg"), (500, "g")]).cents == 600


def test_the_rebate_begins_at_forty():
    assert invoice([(10, "kg")]).cents == 3800


def test_invoice_label():
    assert invoice([(1, "kg")]).label() == "4.00 EUR"
