"""What pytest loads: the recorder is set up here, and the environment that the runner needed is undone."""

import os
import sys

import pytest

from .recorder import Recorder

# After the imports above: the byte code of the plugin itself stays beside it, for runs of all kinds.
if os.environ.get("SENTRIES_PYCACHE") and sys.pycache_prefix is None:
    sys.pycache_prefix = os.environ["SENTRIES_PYCACHE"]

if "SENTRIES_PYTHONPATH" in os.environ:
    os.environ["PYTHONPATH"] = os.environ.pop("SENTRIES_PYTHONPATH")
    if not os.environ["PYTHONPATH"]:
        del os.environ["PYTHONPATH"]


@pytest.hookimpl(hookwrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config):
    outcome = yield
    if outcome.excinfo is None:
        return
    error = outcome.excinfo[1]
    path = getattr(error, "path", None)
    if path is not None:
        recorder = Recorder(early_config)
        recorder.failure(str(path), "conftest", error, path=path)
        recorder.file.close()


def pytest_addoption(parser, pluginmanager):
    # The runner sets cache_dir, which a strict configuration refuses where nobody declares it.
    if pluginmanager.is_blocked("cacheprovider"):
        parser.addini("cache_dir", "not used: the cache plugin is blocked", default="")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config):
    if os.environ.get("SENTRIES_NO_REPORTS"):
        for option in ("xmlpath", "htmlpath", "report_log", "json_report_file"):
            if hasattr(config.option, option):
                setattr(config.option, option, None)
    if os.environ.get("SENTRIES_FACTS"):
        config.pluginmanager.register(Recorder(config), "sentries-facts-recorder")
