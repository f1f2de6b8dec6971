"""Live values as source text: only where that is faithful, and never by code of the tested project."""

import enum
import sys

MAX_DEPTH = 8
MAX_SOURCE = 16_000
MAX_TEXT = 4_000
MAX_ITEMS = 2_000
MAX_SMALL = 400
MOCKS = ("unittest.mock", "mock.mock")


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
            text = "__opaque__(%r)" % type_name(type(value))
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
        owner = type_name(kind)
        return None if "<" in owner else "%s.%s" % (owner, name)

    def _call(self, value, depth):
        """What is made by a call: plain types, ``mock.call`` and ``pytest.approx``."""
        kind = type(value)
        module, name = type_name(kind).rsplit(".", 1)
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
    fact = {"type": type_name(type(value)), "source": None}
    for field, outline in (("source", False), ("outline", True)):
        try:
            source = write(Writer(outline), value)
        except (NoSource, RuntimeError):
            continue
        if len(source) <= MAX_SOURCE:
            fact[field] = source
            break
    return fact


def small_source(value):
    """The source text of a value, where there is a faithful one and it is small."""
    writer = Writer(False)
    writer.budget = MAX_SMALL
    try:
        source = writer.text(value)
    except (NoSource, RuntimeError):
        return None
    return source if len(source) <= MAX_SMALL else None


def type_name(kind):
    return "%s.%s" % (kind.__module__, kind.__qualname__)


def text_of(value, limit=MAX_TEXT):
    """``str()`` of an exception: user code, so it may fail."""
    try:
        text = str(value)
    except Exception:  # whatever a project's __str__ raises
        return ""
    return text.encode("utf-8", "replace").decode("utf-8")[:limit]


def own_field(value, name):
    """An attribute of a library's own object, past its properties and ``__getattr__``."""
    try:
        return object.__getattribute__(value, "__dict__").get(name)
    except AttributeError:
        return None
