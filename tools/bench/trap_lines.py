"""A pytest plugin that writes which lines of the folder BENCH_SOURCES ran within a test: ``[file, [lines]]``."""

import json
import os
import sys
import threading

ROOT = os.path.realpath(os.environ["BENCH_SOURCES"]) + os.sep
# By the name of the code's file; None for one of no interest.
ran = {}


def trace_lines(frame, event, _):
    if event == "line":
        ran[frame.f_code.co_filename].add(frame.f_lineno)
    return trace_lines


def trace(frame, event, _):
    file = frame.f_code.co_filename
    if file not in ran:
        ran[file] = set() if os.path.realpath(file).startswith(ROOT) else None
    return None if ran[file] is None else trace_lines


def pytest_sessionstart():
    threading.settrace(trace)
    sys.settrace(trace)


def pytest_runtest_call():
    sys.settrace(trace)


def pytest_sessionfinish():
    sys.settrace(None)
    with open(os.environ["BENCH_OUTCOMES"], "a", encoding="utf-8") as file:
        for name, lines in ran.items():
            if lines is None:
                continue
            path = os.path.relpath(os.path.realpath(name), ROOT).replace(os.sep, "/")
            file.write(json.dumps([path, sorted(lines)]) + "\n")
