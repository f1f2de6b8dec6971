"""A pytest plugin that writes how each test ended: one JSON list a line, into the file BENCH_OUTCOMES.

With ``--collect-only`` it writes which tests there are.
"""

import json
import os


def write(node_id, outcome):
    with open(os.environ["BENCH_OUTCOMES"], "a", encoding="utf-8") as file:
        file.write(json.dumps([node_id, outcome]) + "\n")


def pytest_runtest_logreport(report):
    if report.when == "call" or report.outcome != "passed":
        write(report.nodeid, report.outcome)


def pytest_collectreport(report):
    if report.failed:
        write(report.nodeid, "failed")


def pytest_collection_finish(session):
    if session.config.option.collectonly:
        for item in session.items:
            write(item.nodeid, "collected")
