from acme_api import post_invoice


def test_invoice_over_http():
    status, body = post_invoice({"parcels": [{"amount": 2, "unit": "kg"}]})
    assert status == 200
    assert body == {"total": "8.00 EUR"}


def test_unknown_units_are_refused():
    assert post_invoice({"parcels": [{"amount": 2, "unit": "stone"}]}) == (
        422,
        {"error": "unknown unit: stone"},
    )
