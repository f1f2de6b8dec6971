"""The comparison that a rewritten ``assert`` made."""

import os
import sys

from .snapshots import snapshot_fact
from .values import describe


def compare_fact(op, left, right):
    """The two values and the line of the ``assert``; None where pytest does not ask for one.

    The values are told at once: they can be changed later.
    """
    # Called from the rewritten assert through one function of pytest's, whose caller is the assert.
    frame = sys._getframe()
    while frame is not None and frame.f_code.co_name != "_call_reprcompare":
        frame = frame.f_back
    if frame is None or frame.f_back is None:
        return None
    place = frame.f_back
    return {
        "file": os.path.abspath(place.f_code.co_filename),
        "line": place.f_lineno,
        "op": op,
        "left": describe(left),
        "right": describe(right),
        "snapshot": snapshot_fact(left, right),
    }
