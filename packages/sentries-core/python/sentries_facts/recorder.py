"""Writes the records: what pytest does, one JSON object a line."""

import json
import os
import sys

import pytest

from .checks import check_fact
from .comparisons import compare_fact
from .doctests import doctest_fact, failed_example, in_their_file
from .exceptions import add_locals, exception_fact, frames_of, syntax_frame, unwrap
from .items import key_of, rows_of
from .roots import import_roots


class Recorder:
    def __init__(self, config):
        worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
        path = os.path.join(os.environ["SENTRIES_FACTS"], worker + ".jsonl")
        # Unbuffered: a crash must not swallow the name of the test that crashed.
        self.file = open(path, "ab", buffering=0)
        self.compare = None
        select = os.environ.get("SENTRIES_SELECT")
        self.selected = None
        if select:
            with open(select, encoding="utf-8") as handle:
                self.selected = set(json.load(handle))
        only = os.environ.get("SENTRIES_ONLY")
        self.only = None
        if only:
            with open(only, encoding="utf-8") as handle:
                self.only = set(json.load(handle))
        # With xdist the controller runs no test; its workers are the ones that know.
        self.is_controller = worker == "main" and bool(getattr(config.option, "dist", "no") != "no")

    def write(self, **record):
        self.file.write(json.dumps(record).encode("utf-8") + b"\n")

    def failure(self, node_id, when, error, item=None, path=None):
        example = failed_example(error)
        # What an example raised is the failure, not that it raised.
        raised = getattr(example, "exc_info", None)
        error = unwrap((raised and raised[1]) or example or error)
        frames = frames_of(error.__traceback__) + syntax_frame(error)
        if path is not None and type(error) is AssertionError:
            add_locals(frames, error.__traceback__, os.path.abspath(str(path)))
        if example is not None:
            frames = in_their_file(frames, example.test)
        self.write(
            kind="failure",
            id=node_id,
            key=key_of(item) if item is not None else node_id,
            file=os.path.abspath(str(path)) if path else None,
            when=when,
            exception=exception_fact(error),
            frames=frames,
            compare=self.compare,
            check=check_fact(error.__traceback__),
            doctest=None if example is None else doctest_fact(example, item),
            rows=rows_of(item),
            function=getattr(item, "originalname", None) if item is not None else None,
        )

    # -- session ------------------------------------------------------------------------------

    @pytest.hookimpl(trylast=True)
    def pytest_sessionstart(self, session):
        config = session.config
        ini = getattr(config, "inipath", None)
        self.write(
            kind="session",
            python="%d.%d.%d" % sys.version_info[:3],
            pytest=pytest.__version__,
            rootdir=str(config.rootpath),
            ini=str(ini) if ini else None,
            testpaths=[str(path) for path in config.getini("testpaths")],
        )

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session, exitstatus):
        self.write(
            kind="finish",
            exit=int(exitstatus),
            roots=[] if self.is_controller else import_roots(),
        )

    # -- collection ---------------------------------------------------------------------------

    @pytest.hookimpl(hookwrapper=True)
    def pytest_make_collect_report(self, collector):
        outcome = yield
        report = outcome.get_result()
        call = getattr(report, "call", None)
        if report.failed and call is not None and call.excinfo is not None:
            path = getattr(collector, "path", None)
            self.failure(report.nodeid, "collect", call.excinfo.value, path=path)

    @pytest.hookimpl(tryfirst=True)
    def pytest_ignore_collect(self, collection_path):
        if self.only is None or collection_path.is_dir():
            return None
        return None if str(collection_path) in self.only else True

    def is_chosen(self, item):
        if self.only is not None and str(item.path) not in self.only:
            return False
        if self.selected is None:
            return True
        return key_of(item) in self.selected or item.nodeid.split("::")[0] in self.selected

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, config, items):
        if self.selected is None and self.only is None:
            return
        chosen = [item for item in items if self.is_chosen(item)]
        dropped = len(items) - len(chosen)
        if dropped:
            kept = set(map(id, chosen))
            config.hook.pytest_deselected(items=[item for item in items if id(item) not in kept])
            items[:] = chosen

    # -- tests --------------------------------------------------------------------------------

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item, nextitem):
        self.compare = None
        self.write(kind="start", id=item.nodeid, key=key_of(item))

    @pytest.hookimpl(tryfirst=True)
    def pytest_assertrepr_compare(self, config, op, left, right):
        self.compare = compare_fact(op, left, right) or self.compare
        return None

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_makereport(self, item, call):
        outcome = yield
        report = outcome.get_result()
        if report.failed:
            if call.excinfo is not None:
                self.failure(item.nodeid, call.when, call.excinfo.value, item, item.path)
            else:
                # A strict xfail that passed: failed with no exception at all.
                self.failure(item.nodeid, call.when, AssertionError("XPASS(strict)"), item, item.path)
        elif report.skipped:
            self.write(kind="skip", key=key_of(item))
