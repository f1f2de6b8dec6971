"""How shelves are filled."""

from acme_stock.labels import sku_of

MAX_ITEMS = 12


def batches(items, size):
    return [items[start : start + size] for start in range(0, len(items), size)]


class Shelf:
    def __init__(self, capacity=10):
        self.capacity = capacity
        self.items = []

    def put(self, name, amount=1):
        if len(self.items) + amount > self.capacity:
            raise OverflowError(f"no room for {name}")
        self.items += [sku_of(name)] * amount
        return self

    def is_full(self):
        return len(self.items) >= self.capacity


def restock(shelf, names):
    for name in names:
        shelf.put(name, amount=1)
    return shelf
