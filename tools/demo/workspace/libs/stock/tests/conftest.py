import pytest

from acme_stock.shelves import Shelf


@pytest.fixture
def shelf():
    return Shelf().put("tea", 2)
