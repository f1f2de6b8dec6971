"""How shelves are filled."""

from acme_stock.labels import sku_for


class Shelf:
    def __init__(self, capacity=12):
        self.capacity = capacity
        self.items = []

    def put(self, name, quantity=1):
        if len(self.items) + quantity > self.capacity:
            raise OverflowError(f"the shelf is full: {name}")
        self.items += [sku_for(name)] * quantity
        return self

    @property
    def is_full(self):
        return len(self.items) >= self.capacity


def restock(shelf, names):
    for name in names:
        shelf.put(name, quantity=1)
    return shelf
