"""What names a test: its key, and the rows of its parameters."""


def rows_of(item):
    """Parametrized argument -> the index of its row."""
    indices = getattr(getattr(item, "callspec", None), "indices", None)
    return {str(name): int(index) for name, index in indices.items()} if indices else {}


def key_of(item):
    """What names a test through an edit of its parameters, which are part of its node id."""
    rows = rows_of(item)
    name = getattr(item, "originalname", None)
    if not rows or not name or item.parent is None:
        return item.nodeid
    numbers = ",".join("%s=%d" % row for row in sorted(rows.items()))
    return "%s::%s[#%s]" % (item.parent.nodeid, name, numbers)
