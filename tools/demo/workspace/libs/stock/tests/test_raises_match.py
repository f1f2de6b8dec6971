import pytest

from acme_stock.orders import parse


def test_a_line_without_a_count_is_refused():
    with pytest.raises(ValueError, match="needs a separator"):
        parse("TEA")
