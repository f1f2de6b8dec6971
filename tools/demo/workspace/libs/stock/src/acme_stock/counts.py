"""Counting what is there."""


def below(counts, limit):
    """The names of which there are fewer than `limit`."""
    return [name for name, count in counts.items() if count < limit]


def merged(first, second):
    total = dict(first)
    for name, count in second.items():
        total[name] = total.get(name, 0) + count
    return total


def difference(before, after):
    return {name: after[name] - before[name] for name in before}
