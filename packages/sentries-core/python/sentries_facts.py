"""Records what happened in a pytest run as facts: one JSON object a line.

Loaded with ``-p sentries_facts``. Needs nothing but the standard library, Python 3.9 and pytest 7.
The shapes of the records are in ``src/pytest/facts.ts``. Nothing here reads or changes what pytest
prints, and nothing here calls code of the tested project (no ``repr`` of a type that is not a builtin).

Environment, all set by the runner:

SENTRIES_FACTS
    the folder for the records: one file a process, so that xdist's workers need no lock
SENTRIES_SELECT
    optional: a JSON file with the keys of the tests, or node ids of the files, that are to run
SENTRIES_PYCACHE
    optional: where byte code goes, so that nothing is written beside the sources
SENTRIES_NO_REPORTS
    optional: set where the run is a proof, whose reports would replace those of the user's own run
SENTRIES_PYTHONPATH
    optional: PYTHONPATH as it was before the runner added to it; child processes see that one
"""

import enum
import json
import os
import re
import sys
import types

import pytest

MAX_DEPTH = 8
MAX_SOURCE = 16_000
MAX_TEXT = 4_000
MAX_FRAMES = 60
MAX_ITEMS = 2_000
MAX_DERIVED = 300
MAX_LOCAL = 400
MOCKS = ("unittest.mock", "mock.mock")

if os.environ.get("SENTRIES_PYCACHE") and sys.pycache_prefix is None:
    sys.pycache_prefix = os.environ["SENTRIES_PYCACHE"]

if "SENTRIES_PYTHONPATH" in os.environ:
    os.environ["PYTHONPATH"] = os.environ.pop("SENTRIES_PYTHONPATH")
    if not os.environ["PYTHONPATH"]:
        del os.environ["PYTHONPATH"]


class NoSource(Exception):
    """A value that has no faithful source text."""


# Of the standard library: their ``repr`` is an expression, and calls nothing of the tested project.
PLAIN_TYPES = {
    "datetime": ("date", "datetime", "time", "timedelta", "timezone"),
    "decimal": ("Decimal",),
    "fractions": ("Fraction",),
    "pathlib": ("PosixPath", "PurePosixPath", "PureWindowsPath", "WindowsPath"),
    "uuid": ("UUID",),
}
APPROXIMATE = ("ApproxMapping", "ApproxScalar", "ApproxSequenceLike")


class Writer:
    """Writes a value as source text, up to a limit.

    With ``outline``, what has no source stands in its container as ``__opaque__('its.type')``.
    """

    def __init__(self, outline):
        self.outline = outline
        self.budget = MAX_SOURCE * 4

    def text(self, value, depth=0):
        if depth > MAX_DEPTH or self.budget < 0:
            raise NoSource
        text = self._builtin(value, depth)
        if text is None:
            text = self._named(value) or self._call(value, depth)
        if text is None:
            if not self.outline or depth == 0:
                raise NoSource
            text = "__opaque__(%r)" % _type_name(type(value))
        self.budget -= len(text)
        return text

    def _builtin(self, value, depth):
        kind = type(value)
        if value is None or kind is bool:
            return repr(value)
        if kind is int:
            if value.bit_length() > 4096:
                raise NoSource
            return repr(value)
        if kind is float:
            if value != value or value in (float("inf"), float("-inf")):
                raise NoSource
            return repr(value)
        if kind is str or kind is bytes:
            if len(value) > MAX_SOURCE:
                raise NoSource
            return repr(value)
        if kind not in (list, tuple, set, frozenset, dict):
            return None
        if len(value) > MAX_ITEMS:
            raise NoSource
        if kind is dict:
            return "{" + ", ".join(self._pairs(value, "%s: %s", depth, self.text)) + "}"
        parts = [self.text(item, depth + 1) for item in value]
        if kind is list:
            return "[" + ", ".join(parts) + "]"
        if kind is tuple:
            return "(" + ", ".join(parts) + ("," if len(parts) == 1 else "") + ")"
        # The order of a set is an accident of the hash seed.
        parts.sort()
        text = "{" + ", ".join(parts) + "}" if parts else "set()"
        if kind is frozenset:
            return "frozenset(" + (text if parts else "") + ")"
        return text

    def _pairs(self, mapping, form, depth, key_text=str):
        return [form % (key_text(key), self.text(item, depth + 1)) for key, item in mapping.items()]

    def _named(self, value):
        """A member of an enum, by its qualified name."""
        kind = type(value)
        if enum.Enum not in type.__getattribute__(kind, "__mro__"):
            return None
        name = object.__getattribute__(value, "__dict__").get("_name_")
        members = type.__getattribute__(kind, "__dict__").get("_member_map_")
        if type(name) is not str or type(members) is not dict or members.get(name) is not value:
            return None
        owner = _type_name(kind)
        return None if "<" in owner else "%s.%s" % (owner, name)

    def _call(self, value, depth):
        """What is made by a call: plain types, ``mock.call`` and ``pytest.approx``."""
        kind = type(value)
        module, name = _type_name(kind).rsplit(".", 1)
        home = sys.modules.get(module)
        if home is None or vars(home).get(name) is not kind:
            return None
        if name in PLAIN_TYPES.get(module.split(".")[0], ()):
            zone = value.tzinfo if name in ("datetime", "time") else None
            # The zone may be of a class of the project, whose repr is none of ours to call.
            if zone is not None and not _is_of(type(zone), "datetime", "timezone"):
                return None
            return repr(value)
        if module == "_pytest.python_api" and name in APPROXIMATE:
            expected = vars(value).get("expected")
            return "approx(" + self.text(expected, depth + 1) + ")"
        if module in MOCKS and name == "_CallList":
            return self._builtin(list(list.__iter__(value)), depth)
        if module in MOCKS and name == "_Call":
            *rest, args, kwargs = tuple.__iter__(value)
            if rest == [""] or not rest:
                return self.call(args, kwargs, depth)
        return None

    def call(self, args, kwargs, depth=0):
        if type(args) is not tuple or type(kwargs) is not dict:
            raise NoSource
        parts = [self.text(item, depth + 1) for item in args]
        parts += self._pairs(kwargs, "%s=%s", depth)
        return "call(" + ", ".join(parts) + ")"


def _is_of(kind, module, name):
    home = sys.modules.get(module)
    return home is not None and vars(home).get(name) is kind


def describe(value, write=Writer.text):
    """The type of a value and, only where it is faithful, its source text; else its outline."""
    fact = {"type": _type_name(type(value)), "source": None}
    for field, outline in (("source", False), ("outline", True)):
        try:
            source = write(Writer(outline), value)
        except (NoSource, RuntimeError):
            continue
        if len(source) <= MAX_SOURCE:
            fact[field] = source
            break
    return fact


def _type_name(kind):
    return "%s.%s" % (kind.__module__, kind.__qualname__)


def _text(value, limit=MAX_TEXT):
    """``str()`` of an exception: user code, so it may fail."""
    try:
        text = str(value)
    except Exception:  # whatever a project's __str__ raises
        return ""
    return text.encode("utf-8", "replace").decode("utf-8")[:limit]


def _owner(value):
    """What an attribute was missed on."""
    if isinstance(value, types.ModuleType):
        return {"kind": "module", "names": [value.__name__]}
    if isinstance(value, type):
        return {"kind": "class", "names": [_type_name(base) for base in value.__mro__]}
    return {"kind": "instance", "names": [_type_name(base) for base in type(value).__mro__]}


def _exception(error):
    fact = {"type": _type_name(type(error)), "message": _text(error), "name": None, "owner": None}
    if isinstance(error, (ImportError, NameError, AttributeError)):
        name = getattr(error, "name", None)
        if type(name) is str:
            fact["name"] = name
    if isinstance(error, AttributeError) and fact["name"] is not None:
        fact["owner"] = _owner(getattr(error, "obj", None))
    if type(error) is not AssertionError:
        fact["derived"] = _derived(type(error))
    return fact


def _derived(kind):
    """All classes below an exception's; null where there are too many to tell."""
    found = {}
    waiting = [kind]
    while waiting:
        for below in type.__subclasses__(waiting.pop()):
            if below not in found:
                found[below] = _type_name(below)
                waiting.append(below)
        if len(found) > MAX_DERIVED:
            return None
    return sorted(found.values())


def _frame(traceback):
    code = traceback.tb_frame.f_code
    span = None
    if hasattr(code, "co_positions"):
        position = next(
            (p for i, p in enumerate(code.co_positions()) if i == traceback.tb_lasti // 2), None
        )
        if position and None not in position:
            span = [position[0], position[2], position[1], position[3]]
    return {
        "file": os.path.abspath(code.co_filename),
        "line": traceback.tb_lineno,
        "function": code.co_name,
        "span": span,
    }


def _chain(traceback):
    found = []
    while traceback is not None:
        found.append(traceback)
        traceback = traceback.tb_next
    return found


def _frames(traceback):
    return [_frame(each) for each in _chain(traceback)[-MAX_FRAMES:]]


def _add_locals(frames, traceback, path):
    """What small names were where an assertion failed, in the frames of the test's own file."""
    for fact, each in zip(frames, _chain(traceback)[-MAX_FRAMES:]):
        if fact["file"] != path or each.tb_frame.f_code.co_name == "<module>":
            continue
        fact["locals"] = {}
        for name, value in list(each.tb_frame.f_locals.items()):
            # The rewritten assert keeps its parts under names that are no identifiers.
            if not name.isidentifier():
                continue
            writer = Writer(False)
            writer.budget = MAX_LOCAL
            try:
                source = writer.text(value)
            except (NoSource, RuntimeError):
                continue
            if len(source) <= MAX_LOCAL:
                fact["locals"][name] = source


def _check(traceback):
    """The assertion of a library that failed: its name, where it was called, and the values."""
    caller = None
    found = None
    for each in _chain(traceback):
        frame = each.tb_frame
        module = frame.f_globals.get("__name__")
        find = CHECKS.get(module) if type(module) is str else None
        if find is None:
            caller, found = each, None
        elif caller is not None:
            # In a chain of a library's own calls the last that is known tells most.
            found = find(frame.f_code, frame.f_locals, found) or found
    if found is None:
        return None
    name, values = found
    return {"name": name, "frame": _frame(caller), "values": values}


def _unittest_check(code, local, outer):
    if code.co_name == "__exit__" and "exc_type" in local:
        if local["exc_type"] is None:
            return "did not raise", {}
        regex = _field(local.get("self"), "expected_regex")
        return _match_check(regex, local.get("exc_value"))
    if outer is not None or not code.co_name.startswith("assert"):
        return None
    names = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
    values = {
        # assertCountEqual makes counters of its arguments.
        name: describe(local.get(name + "_seq", local[name]))
        for name in names
        if name in local and name not in ("self", "msg")
    }
    return code.co_name, values


def _mock_check(code, local, outer):
    if code.co_name not in ("assert_called_with", "assert_awaited_with") or "self" not in local:
        return None
    field = "call_args" if "called" in code.co_name else "await_args"
    # What stands for a function with its signature keeps the calls as the function's own attributes.
    delegate = _field(local["self"], "_mock_delegate")
    if delegate is None:
        actual = _field(local["self"], "_mock_" + field)
    else:
        actual = _field(delegate, field)
    expected = (local.get("args"), local.get("kwargs"))
    values = {"expected": describe(expected, lambda writer, pair: writer.call(*pair))}
    if actual is not None:
        values["actual"] = describe(actual)
    return code.co_name, values


def _raises_check(code, local, outer):
    if code.co_name == "match" and "regexp" in local:
        info = local.get("self")
        return _match_check(local["regexp"], getattr(info, "value", None))
    if code.co_name != "__exit__" or "exc_type" not in local:
        return None
    if local["exc_type"] is None:
        return "did not raise", {}
    pattern = _field(local.get("self"), "match")
    return _match_check(pattern, local.get("exc_val"))


def _warns_check(code, local, outer):
    checker = local.get("self")
    records = _field(checker, "_list")
    if code.co_name != "__exit__" or type(records) is not list:
        return None
    pattern = _field(checker, "match_expr")
    only = _field(records[0], "message") if len(records) == 1 else None
    return ("did not warn", {}) if only is None else _match_check(pattern, only)


def _match_check(pattern, error):
    text = pattern.pattern if type(pattern) is re.Pattern else pattern
    if type(text) is not str or not isinstance(error, BaseException):
        return None
    flags = pattern.flags & ~re.UNICODE if type(pattern) is re.Pattern else 0
    return "match", {
        "pattern": describe(text),
        "flags": describe(int(flags)),
        "text": describe(_text(error)),
    }


def _field(value, name):
    """An attribute of a library's own object, past its properties and ``__getattr__``."""
    try:
        return object.__getattribute__(value, "__dict__").get(name)
    except AttributeError:
        return None


CHECKS = {
    "unittest.case": _unittest_check,
    "unittest.mock": _mock_check,
    "mock.mock": _mock_check,
    "_pytest._code.code": _raises_check,
    "_pytest.outcomes": _raises_check,
    "_pytest.python_api": _raises_check,
    "_pytest.raises": _raises_check,
    "_pytest.recwarn": _warns_check,
}


def _syntax_frame(error):
    """Where a file can't be parsed, which is in no frame."""
    if not isinstance(error, SyntaxError) or type(error.filename) is not str:
        return []
    line = error.lineno if type(error.lineno) is int else 1
    return [
        {"file": os.path.abspath(error.filename), "line": line, "function": "<module>", "span": None}
    ]


def _unwrap(error):
    """The exception behind pytest's own wrapping of a collection or conftest error."""
    seen = set()
    while type(error).__module__.startswith("_pytest.") and id(error) not in seen:
        seen.add(id(error))
        wrapped = getattr(error, "cause", None)
        if not isinstance(wrapped, BaseException):
            wrapped = getattr(getattr(error, "excinfo", None), "value", None)
        if not isinstance(wrapped, BaseException):
            old_excinfo = getattr(error, "excinfo", None)
            wrapped = old_excinfo[1] if isinstance(old_excinfo, tuple) else None
        inner = wrapped or error.__cause__ or error.__context__
        if inner is None:
            break
        error = inner
    return error


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
        # With xdist the controller runs no test; its workers are the ones that know.
        self.is_controller = worker == "main" and bool(getattr(config.option, "dist", "no") != "no")

    def write(self, **record):
        self.file.write(json.dumps(record).encode("utf-8") + b"\n")

    def failure(self, node_id, when, error, item=None, path=None):
        error = _unwrap(error)
        frames = _frames(error.__traceback__) + _syntax_frame(error)
        if path is not None and type(error) is AssertionError:
            _add_locals(frames, error.__traceback__, os.path.abspath(str(path)))
        compare = self.compare
        self.write(
            kind="failure",
            id=node_id,
            key=_key(item) if item is not None else node_id,
            file=os.path.abspath(str(path)) if path else None,
            when=when,
            exception=_exception(error),
            frames=frames,
            compare=compare,
            check=_check(error.__traceback__),
            rows=_rows(item),
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
            roots=[] if self.is_controller else _import_roots(),
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

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, config, items):
        if self.selected is None:
            return
        chosen = [
            item
            for item in items
            if _key(item) in self.selected or item.nodeid.split("::")[0] in self.selected
        ]
        dropped = len(items) - len(chosen)
        if dropped:
            kept = set(map(id, chosen))
            config.hook.pytest_deselected(items=[item for item in items if id(item) not in kept])
            items[:] = chosen

    # -- tests --------------------------------------------------------------------------------

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item, nextitem):
        self.compare = None
        self.write(kind="start", id=item.nodeid, key=_key(item))

    @pytest.hookimpl(tryfirst=True)
    def pytest_assertrepr_compare(self, config, op, left, right):
        # Called from the rewritten assert through one function of pytest's, whose caller is the assert.
        frame = sys._getframe()
        while frame is not None and frame.f_code.co_name != "_call_reprcompare":
            frame = frame.f_back
        if frame is None or frame.f_back is None:
            return None
        place = frame.f_back
        self.compare = {
            "file": os.path.abspath(place.f_code.co_filename),
            "line": place.f_lineno,
            "op": op,
            "left": describe(left),
            "right": describe(right),
        }
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
            self.write(kind="skip", key=_key(item))


def _rows(item):
    """Parametrized argument -> the index of its row."""
    indices = getattr(getattr(item, "callspec", None), "indices", None)
    return {str(name): int(index) for name, index in indices.items()} if indices else {}


def _key(item):
    """What names a test through an edit of its parameters, which are part of its node id."""
    rows = _rows(item)
    name = getattr(item, "originalname", None)
    if not rows or not name or item.parent is None:
        return item.nodeid
    numbers = ",".join("%s=%d" % row for row in sorted(rows.items()))
    return "%s::%s[#%s]" % (item.parent.nodeid, name, numbers)


def _import_roots():
    """The folders from which modules were imported, without the interpreter's own.

    Derived from what was really imported, so that it holds for PYTHONPATH, ``.pth`` files and every
    kind of editable install alike.
    """
    own = tuple(
        os.path.abspath(prefix) + os.sep
        for prefix in {sys.prefix, sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix}
    )
    roots = set()
    for name, module in list(sys.modules.items()):
        try:
            file = module.__dict__.get("__file__")
        except AttributeError:
            continue
        if type(file) is not str:
            continue
        path = os.path.abspath(file)
        if (
            path.startswith(own)
            or "site-packages" in path
            or "dist-packages" in path
            or name in ("sentries_facts", "__main__", "conftest")
        ):
            continue
        stem, _ = os.path.splitext(path)
        parts = name.split(".")
        if os.path.basename(stem) == "__init__":
            stem = os.path.dirname(stem)
        if stem.endswith(os.sep + os.path.join(*parts)):
            roots.add(stem[: -len(os.path.join(*parts)) - 1])
    return sorted(roots)


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
