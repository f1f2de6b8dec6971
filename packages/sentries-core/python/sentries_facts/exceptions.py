"""An exception: its type and message, the frames it came through, and what stands behind its wrapping."""

import os
import types

from .values import small_source, text_of, type_name

MAX_FRAMES = 60
MAX_DERIVED = 300


def _owner(value):
    """What an attribute was missed on."""
    if isinstance(value, types.ModuleType):
        return {"kind": "module", "names": [value.__name__]}
    if isinstance(value, type):
        return {"kind": "class", "names": [type_name(base) for base in value.__mro__]}
    return {"kind": "instance", "names": [type_name(base) for base in type(value).__mro__]}


def exception_fact(error):
    fact = {"type": type_name(type(error)), "message": text_of(error), "name": None, "owner": None}
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
                found[below] = type_name(below)
                waiting.append(below)
        if len(found) > MAX_DERIVED:
            return None
    return sorted(found.values())


def frame_fact(traceback):
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


def chain(traceback):
    found = []
    while traceback is not None:
        found.append(traceback)
        traceback = traceback.tb_next
    return found


def frames_of(traceback):
    return [frame_fact(each) for each in chain(traceback)[-MAX_FRAMES:]]


def add_locals(frames, traceback, path):
    """What small names were where an assertion failed, in the frames of the test's own file."""
    for fact, each in zip(frames, chain(traceback)[-MAX_FRAMES:]):
        if fact["file"] != path or each.tb_frame.f_code.co_name == "<module>":
            continue
        # The rewritten assert keeps its parts under names that are no identifiers.
        named = [(n, v) for n, v in list(each.tb_frame.f_locals.items()) if n.isidentifier()]
        sources = [(name, small_source(value)) for name, value in named]
        fact["locals"] = {name: source for name, source in sources if source is not None}


def syntax_frame(error):
    """Where a file can't be parsed, which is in no frame."""
    if not isinstance(error, SyntaxError) or type(error.filename) is not str:
        return []
    line = error.lineno if type(error.lineno) is int else 1
    return [
        {"file": os.path.abspath(error.filename), "line": line, "function": "<module>", "span": None}
    ]


def unwrap(error):
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
