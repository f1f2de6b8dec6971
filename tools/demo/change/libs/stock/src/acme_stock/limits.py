"""How much fits where."""

MAX_ITEMS = 12


def batches(items, size):
    return [items[start : start + size] for start in range(0, len(items), size)]
