"""Doctests: the example that failed, where it stands, and what it printed."""

import os
import sys


def failed_example(error):
    """The failure of one example behind the exception of a doctest; None for anything else.

    With ``--doctest-continue-on-failure`` pytest collects all failures of a text: the first is told.
    """
    doctest = sys.modules.get("doctest")
    if doctest is None:
        return None
    if type(error).__module__ == "_pytest.doctest":
        found = getattr(error, "failures", None)
        error = found[0] if found else None
    is_one = isinstance(error, (doctest.DocTestFailure, doctest.UnexpectedException))
    return error if is_one else None


def doctest_fact(failure, item):
    """The example as it is written, and what it printed; None for that where it raised instead."""
    doctest = sys.modules["doctest"]
    test, example = failure.test, failure.example
    flags = getattr(getattr(item, "runner", None), "optionflags", 0)
    for flag, is_set in example.options.items():
        flags = flags | flag if is_set else flags & ~flag
    named = doctest.OPTIONFLAGS_BY_NAME.items()
    return {
        "file": os.path.abspath(test.filename),
        "line": None if test.lineno is None else test.lineno + example.lineno + 1,
        "source": example.source,
        "want": example.want,
        "raises": example.exc_msg,
        "got": getattr(failure, "got", None),
        "options": sorted(name for name, flag in named if flags & flag),
    }


def in_their_file(frames, test):
    """Frames in the code of examples, which is compiled line by line, as frames in the file they stand in."""
    if test.lineno is None or not test.filename:
        return frames
    starts = {
        os.path.abspath("<doctest %s[%d]>" % (test.name, number)): test.lineno + example.lineno
        for number, example in enumerate(test.examples)
    }
    return [_moved(frame, os.path.abspath(test.filename), starts.get(frame["file"])) for frame in frames]


def _moved(frame, file, lines):
    if lines is None:
        return frame
    span = frame["span"]
    return {
        "file": file,
        "line": frame["line"] + lines,
        "function": frame["function"],
        "span": span and [span[0] + lines, span[1], span[2] + lines, span[3]],
    }
