"""Which changes of code there can be in a project."""

import ast
import re

from seed_source import FUNCTIONS, owner_of

OPTION_MAKERS = {"add_argument", "add_option", "option", "addoption"}
PLAIN_DECORATORS = {"staticmethod", "classmethod", "contextmanager", "wraps", "property", "lru_cache", "cache"}


def seeds(project):
    yield from symbols(project)
    for file in project.sources:
        yield from parameters(project, file)
        yield from bodies(project, file)
    yield from settings(project)
    yield from modules(project)
    yield from moves(project)


def symbols(project):
    for name, places in sorted(project.defined.items()):
        # Plain search can't tell whether such a name means the module or what is in it.
        if not project.is_plain(name) or name in project.parts_of_modules:
            continue
        kinds = {kind for kind, _, _ in places}
        kind, file, node = places[0]
        if len(kinds) > 1 or kind not in ("function", "class", "method", "attribute", "constant"):
            continue
        path, _ = owner_of(node)
        if kind == "attribute":
            owners = {(one.path, owner_of(found)[0][0]) for _, one, found in places}
            if len(owners) > 1:
                continue
            path = path[:1]
        elif len(places) > 1:
            continue
        new = project.fresh(name)
        if new:
            seed = {"kind": kind, "old": name, "new": new, "module": file.module(), "path": ".".join([*path, name])}
            yield {**seed, "texts": project.texts_with(name)}


def bodies(project, file):
    """What docs can't know of: another statement in a function, and another name of a private one."""
    for node in ast.walk(file.tree):
        path, inside = owner_of(node)
        if not isinstance(node, FUNCTIONS) or inside or len(path) > 1:
            continue
        shared = {"module": file.module(), "path": ".".join([*path, node.name]), "file": file.path, "line": node.lineno}
        first = node.body[1 if ast.get_docstring(node) is not None else 0 :]
        if first and first[0].lineno > node.lineno:
            yield {**shared, "kind": "body", "old": node.name, "new": node.name}
        if re.match(r"_[a-z]", node.name) and len(project.defined[node.name]) == 1 and project.fresh(node.name):
            yield {**shared, "kind": "private", "old": node.name, "new": f"_direct{node.name}"}


def takers(project, file):
    for node in ast.walk(file.tree):
        if not isinstance(node, FUNCTIONS):
            continue
        path, inside = owner_of(node)
        if inside or len(path) > 1:
            continue
        name = path[0] if node.name == "__init__" and path else node.name
        kinds = [kind for kind, _, _ in project.defined.get(name, [])]
        if name.startswith("_") or kinds != ["class" if node.name == "__init__" else "method" if path else "function"]:
            continue
        decorators = {(ast.unparse(one).split("(")[0]).split(".")[-1] for one in node.decorator_list}
        if decorators - PLAIN_DECORATORS:
            continue
        if node.name == "__init__" and name in project.bases:
            continue
        yield name, path, node


def parameters(project, file):
    for taker, path, node in takers(project, file):
        arguments = node.args
        positional = arguments.posonlyargs + arguments.args
        named = positional[1 if path and not any(ast.unparse(d) == "staticmethod" for d in node.decorator_list) else 0 :]
        defaults = dict(zip([one.arg for one in positional[::-1]], arguments.defaults[::-1]))
        defaults.update({one.arg: value for one, value in zip(arguments.kwonlyargs, arguments.kw_defaults) if value})
        shared = {"module": file.module(), "path": ".".join([*path, node.name]), "taker": taker, "file": file.path}
        shared["line"] = node.lineno
        inner = [one for one in ast.walk(node) if isinstance(one, (*FUNCTIONS, ast.Lambda)) and one is not node]
        dynamic = any(isinstance(one, ast.Call) and getattr(one.func, "id", "") in ("locals", "vars", "super") and not (one.args == [] and getattr(one.func, "id", "") == "super") for one in ast.walk(node))
        for one in [*named, *arguments.kwonlyargs]:
            rebinds = any(one.arg == other.arg for fn in inner for other in ast.walk(fn.args) if isinstance(other, ast.arg))
            new = None if rebinds or dynamic or len(one.arg) < 2 else f"{one.arg}_given"
            if new and new.encode() not in project.all:
                yield {**shared, "kind": "parameter", "old": one.arg, "new": new}
            value = defaults.get(one.arg)
            if isinstance(value, ast.Constant) and value.value not in (None, "", ...):
                old = file.source[slice(*file.span(value))].decode()
                other = other_value(value.value, old)
                if other:
                    yield {**shared, "kind": "default", "parameter": one.arg, "old": old, "new": other}


def other_value(value, text):
    if isinstance(value, bool):
        return str(not value)
    if isinstance(value, int) and value > 0:
        return str(value + 3)
    if isinstance(value, float) and value > 0:
        return repr(value + 1)
    if isinstance(value, str) and re.fullmatch(r"(['\"])[\w .:/%-]+\1", text):
        return f"{text[0]}{value}x{text[0]}"
    return None


def settings(project):
    options, variables = {}, {}
    for file, node in project.strings():
        call = node.parent
        if isinstance(call, ast.Call) and node in call.args and re.fullmatch(r"--[a-z][a-z0-9-]+", node.value):
            if getattr(call.func, "attr", getattr(call.func, "id", None)) in OPTION_MAKERS:
                options.setdefault(node.value, []).append((file, call))
        if re.fullmatch(r"[A-Z][A-Z0-9]*(_[A-Z0-9]+)+", node.value):
            at, around = node, ""
            for _ in range(3):
                at = getattr(at, "parent", at)
                if isinstance(at, (ast.Call, ast.Subscript, ast.Compare, ast.keyword)):
                    around += ast.unparse(at)[:200]
            if re.search(asking(file), around):
                variables.setdefault(node.value, []).append(file)
    for name, calls in sorted(options.items()):
        if len(calls) == 1 and name not in ("--help", "--version"):
            yield {"kind": "option", "old": name, "new": f"--chosen-{name[2:]}", "module": calls[0][0].module(), "path": name}
    for name, files in sorted(variables.items()):
        yield {"kind": "variable", "old": name, "new": f"{name}_SETTING", "module": files[0].module(), "path": name}


def asking(file):
    """How a file asks for variables of the environment: what a server calls `environ` and `env` is no environment."""
    forms = [r"getenv|envvar|\bos\.environ"]
    if re.search(rb"^\s*(?:import|from) os\b", file.source, re.M):
        forms.append(r"\benv\s*[=\[.]")
    if re.search(rb"from os import [^\n]*\benviron\b", file.source):
        forms.append(r"\benviron\b")
    return "|".join(forms)


def modules(project):
    last = [file.module().split(".")[-1] for file in project.sources]
    for file in project.sources:
        words = file.module().split(".")
        name = words[-1]
        if len(words) < 2 or file.path.endswith("__init__.py") or name.startswith("_") or name in project.defined:
            continue
        # Plain search can't tell which of two is meant.
        if last.count(name) > 1:
            continue
        new = f"{name}_parts"
        if new.encode() in project.all:
            continue
        yield {"kind": "module", "old": name, "new": new, "module": file.module(), "path": "", "file": file.path}


def moves(project):
    for name, places in sorted(project.defined.items()):
        kind, file, node = places[0]
        if not project.is_plain(name) or len(places) > 1 or kind not in ("function", "class"):
            continue
        package = file.module().rpartition(".")[0]
        if not package or file.path.endswith("__init__.py"):
            continue
        inside = {one for one in ast.walk(node)}
        uses = [one for one in project.names.get((file.path, name), []) if one not in inside]
        new = f"{file.module().rpartition('.')[2].lstrip('_')}_more"
        if uses or name in project.attributes or node not in file.tree.body or new.encode() in project.all:
            continue
        yield {
            "kind": "move", "old": file.module(), "new": f"{package}.{new}", "module": file.module(),
            "path": name, "file": file.path,
        }
