"""The assertions of libraries: unittest's methods, mocks, ``pytest.raises`` and ``pytest.warns``."""

import re

from .exceptions import chain, frame_fact
from .values import describe, own_field, text_of, type_name


def check_fact(traceback):
    """The assertion of a library that failed: its name, where it was called, and the values."""
    caller = None
    found = None
    for each in chain(traceback):
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
    return {"name": name, "frame": frame_fact(caller), "values": values}


def _unittest_check(code, local, outer):
    if code.co_name == "__exit__" and "exc_type" in local:
        if local["exc_type"] is None:
            return "did not raise", {}
        regex = own_field(local.get("self"), "expected_regex")
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
    delegate = own_field(local["self"], "_mock_delegate")
    if delegate is None:
        actual = own_field(local["self"], "_mock_" + field)
    else:
        actual = own_field(delegate, field)
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
    pattern = own_field(local.get("self"), "match")
    return _match_check(pattern, local.get("exc_val"))


def _warns_check(code, local, outer):
    checker = local.get("self")
    records = own_field(checker, "_list")
    if code.co_name != "__exit__" or type(records) is not list:
        return None
    kinds = {own_field(record, "category") for record in records}
    expected = own_field(checker, "expected_warning")
    if len(kinds) == 1 and type(expected) is tuple:
        (kind,) = kinds
        if isinstance(kind, type) and not any(one in kind.__mro__ for one in expected):
            wider = any(kind in one.__mro__ for one in expected)
            return "warned", {"category": describe(type_name(kind)), "wider": describe(wider)}
    pattern = own_field(checker, "match_expr")
    only = own_field(records[0], "message") if len(records) == 1 else None
    return ("did not warn", {}) if only is None else _match_check(pattern, only)


def _match_check(pattern, error):
    text = pattern.pattern if type(pattern) is re.Pattern else pattern
    if type(text) is not str or not isinstance(error, BaseException):
        return None
    flags = pattern.flags & ~re.UNICODE if type(pattern) is re.Pattern else 0
    return "match", {
        "pattern": describe(text),
        "flags": describe(int(flags)),
        "text": describe(text_of(error)),
    }


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
