"""A closer look at a few tests: in the reverse order, and with the lines of some files that each of them executes.

Loaded with ``-p sentries_look`` beside the facts plugin. Needs nothing but the standard library and Python 3.9.

SENTRIES_LOOK, set by the runner, names a JSON file:

``reversed``
    whether the tests run in the reverse of their order
``files``, ``folders``
    absolute paths: whose lines are told; none where both are empty
``out``
    the folder for ``<process>.json``: ``{"tests": {key: {file: [line]}}, "imported": {file: [line]}}``. The
    line where a function begins (its first decorator's) stands for entering it. What runs outside of all tests
    is ``imported``. No file where something else traces the process already, or where the run breaks off.

Lines come from ``sys.monitoring`` (CPython 3.12), before that from ``sys.settrace``.
"""

import json
import os
import sys
import threading

import pytest
from sentries_facts.items import key_of

#: Neither a debugger's, nor coverage's, nor a profiler's.
TOOL_IDS = (4, 3)


class Lines:
    def __init__(self, files, folders):
        self.files = set(files)
        self.folders = tuple(folder + os.sep for folder in folders)
        self.named = {}
        self.imported = {}
        self.tests = {}
        self.current = self.imported

    def file_of(self, code):
        """The file of a code object, by its absolute path; None where its lines are not asked for."""
        name = code.co_filename
        if name not in self.named:
            path = os.path.abspath(name)
            # What is made of text at run time has a name in angle brackets.
            is_asked = path in self.files or (path.startswith(self.folders) and name[0] != "<")
            self.named[name] = path if is_asked else None
        return self.named[name]

    def add(self, file, line):
        self.current.setdefault(file, set()).add(line)

    def begin(self, key):
        # A test that a plugin runs again adds to what it executed before.
        self.current = self.tests.setdefault(key, {})

    def end(self):
        self.current = self.imported

    def told(self):
        def plain(files):
            return {file: sorted(lines) for file, lines in files.items()}

        return {
            "tests": {key: plain(files) for key, files in self.tests.items()},
            "imported": plain(self.imported),
        }


class Monitor(Lines):
    """Each line is told once a test, then costs nothing."""

    def start(self):
        monitoring = sys.monitoring
        self.tool = next((one for one in TOOL_IDS if monitoring.get_tool(one) is None), None)
        if self.tool is None:
            return False
        monitoring.use_tool_id(self.tool, "sentries")
        events = monitoring.events
        monitoring.register_callback(self.tool, events.PY_START, self.on_start)
        monitoring.register_callback(self.tool, events.LINE, self.on_line)
        monitoring.set_events(self.tool, events.PY_START)
        return True

    def begin(self, key):
        super().begin(key)
        sys.monitoring.restart_events()

    def on_start(self, code, offset):
        file = self.file_of(code)
        if file is not None:
            self.add(file, code.co_firstlineno)
            sys.monitoring.set_local_events(self.tool, code, sys.monitoring.events.LINE)
        return sys.monitoring.DISABLE

    def on_line(self, code, line):
        self.add(self.file_of(code), line)
        return sys.monitoring.DISABLE


class Tracer(Lines):
    def start(self):
        if sys.gettrace() is not None:
            return False
        threading.settrace(self.on_call)
        sys.settrace(self.on_call)
        return True

    def on_call(self, frame, event, arg):
        file = self.file_of(frame.f_code)
        if file is None:
            return None
        self.add(file, frame.f_code.co_firstlineno)

        def on_line(frame, event, arg):
            if event == "line":
                self.add(file, frame.f_lineno)
            return on_line

        return on_line


class Look:
    def __init__(self, asked):
        self.asked = asked
        self.lines = None
        if asked["files"] or asked["folders"]:
            kind = Monitor if hasattr(sys, "monitoring") else Tracer
            lines = kind(asked["files"], asked["folders"])
            # From now on: a conftest may import what is asked about before pytest is configured.
            self.lines = lines if lines.start() else None

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items):
        if self.asked["reversed"]:
            items.reverse()

    @pytest.hookimpl(hookwrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item):
        if self.lines is not None:
            self.lines.begin(key_of(item))
        yield
        if self.lines is not None:
            self.lines.end()

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self):
        if self.lines is None:
            return
        process = os.environ.get("PYTEST_XDIST_WORKER", "main")
        with open(os.path.join(self.asked["out"], process + ".json"), "w", encoding="utf-8") as out:
            json.dump(self.lines.told(), out)


if os.environ.get("SENTRIES_LOOK"):
    with open(os.environ["SENTRIES_LOOK"], encoding="utf-8") as handle:
        LOOK = Look(json.load(handle))


def pytest_configure(config):
    if os.environ.get("SENTRIES_LOOK"):
        config.pluginmanager.register(LOOK, "sentries-look")
