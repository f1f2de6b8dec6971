"""Stored snapshots that did not match: what is stored, and what the tool would store in its place."""

import os
import sys


def snapshot_fact(*sides):
    """The last question to a snapshot of syrupy, where it is one of the sides and did not match.

    (One of inline-snapshot needs no fact of its own: it asks pytest again with the values themselves.)
    """
    syrupy = sys.modules.get("syrupy.assertion")
    kind = getattr(syrupy, "SnapshotAssertion", None)
    found = [side for side in sides if kind is not None and isinstance(side, kind)]
    if len(found) != 1:
        return None
    result = found[0].executions.get(found[0].num_executions - 1)
    if result is None or result.success:
        return None
    return {
        "file": os.path.abspath(str(result.snapshot_location)),
        "name": str(result.snapshot_name),
        "stored": _text(result.recalled_data),
        "now": _text(result.asserted_data),
    }


def _text(data):
    return data if type(data) is str else None
