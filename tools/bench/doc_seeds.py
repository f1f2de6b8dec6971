"""Changes of code that leave documentation behind: which there can be, and how the code looks with one.

Reads ``{"root", "files", "wanted"}`` from standard input: Python files by their paths from the root, and the
changes to make, or null. Without wanted ones it writes ``{"seeds", "docstrings"}``: all changes that can be made,
and where docstrings stand. Otherwise it writes, for each wanted one, ``{"texts", "docstrings"}``: the texts of the files
that it changes (null for one that is gone), and where docstrings stand in them.

A name is only taken where the project's sources define it once: then all its tokens mean the same thing.
Docstrings and comments are never changed.
"""

import ast
import builtins
import io
import json
import keyword
import os
import re
import sys
import tokenize

BESIDE = re.compile(r"(^|/)(tests?|testing|docs?|examples?|benchmarks?|scripts?|tools?|build|noxfile\.py|setup\.py|conftest\.py)(/|$)|(^|/)test_[^/]*$")
OPTION_MAKERS = {"add_argument", "add_option", "option", "addoption"}
PLAIN_DECORATORS = {"staticmethod", "classmethod", "contextmanager", "wraps", "property", "lru_cache", "cache"}


def common_names():
    """Names that objects of anybody's have: where one stands behind a dot, nobody knows whose it is."""
    import argparse, collections, datetime, decimal, email.message, io, itertools, json, logging, os, pathlib, random, re, string, subprocess, sys, threading, time, typing, unittest

    names = set(dir(builtins)) | set(keyword.kwlist)
    holders = [str, bytes, dict, list, set, tuple, int, float, object, type, Exception, property]
    holders += [argparse, collections, datetime, decimal, email.message, io, itertools, json, logging, os, os.path, pathlib, random, re]
    holders += [string, subprocess, sys, threading, time, typing, unittest, unittest.TestCase]
    for holder in list(holders):
        for name in dir(holder):
            names.add(name)
            if isinstance(getattr(holder, name, None), type):
                names.update(dir(getattr(holder, name)))
    return names


class File:
    def __init__(self, path, source):
        self.path = path
        self.source = source
        self.tree = ast.parse(self.source)
        self.starts = [0]
        for line in self.source.splitlines(keepends=True):
            self.starts.append(self.starts[-1] + len(line))
        self.is_source = not BESIDE.search(path)
        for node in ast.walk(self.tree):
            for child in ast.iter_child_nodes(node):
                child.parent = node

    def at(self, line, column):
        return self.starts[line - 1] + column

    def span(self, node):
        return self.at(node.lineno, node.col_offset), self.at(node.end_lineno, node.end_col_offset)

    def tokens(self, name):
        """The tokens of a name, those within f-strings too."""
        found = set()
        if name.encode() not in self.source:
            return []
        for token in tokenize.tokenize(io.BytesIO(self.source).readline):
            if token.type == tokenize.NAME and token.string == name:
                column = len(token.line[: token.start[1]].encode())
                start = self.at(token.start[0], column)
                found.add((start, start + len(name.encode())))
        for joined in ast.walk(self.tree):
            if isinstance(joined, ast.JoinedStr):
                start, end = self.span(joined)
                text = self.source[start:end]
                if any(name in (getattr(node, "id", None), getattr(node, "attr", None)) for node in ast.walk(joined)):
                    for hole in re.finditer(rb"\{([^{}]*)\}", text):
                        for one in re.finditer(rb"(?<![\w])" + name.encode() + rb"(?![\w])", hole.group(1)):
                            at = start + hole.start(1) + one.start()
                            found.add((at, at + len(name.encode())))
        return sorted(found)

    def module(self):
        inside = re.sub(r"^(src|lib)/", "", self.path)
        words = re.sub(r"(/?__init__)?\.py$", "", inside).split("/")
        return ".".join(words)


def is_docstring(node):
    return isinstance(getattr(node, "parent", None), ast.Expr)


def owner_of(node):
    """The names of what a node stands in, and whether one of them is a function."""
    path, inside = [], False
    at = getattr(node, "parent", None)
    while at is not None:
        if isinstance(at, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
            path.insert(0, at.name)
            inside = inside or not isinstance(at, ast.ClassDef)
        at = getattr(at, "parent", None)
    return path, inside


def exported_texts(file):
    """The constants in what a module assigns to ``__all__``."""
    for node in ast.walk(file.tree):
        targets = getattr(node, "targets", [getattr(node, "target", None)])
        if isinstance(node, (ast.Assign, ast.AugAssign, ast.AnnAssign)) and any(getattr(one, "id", None) == "__all__" for one in targets):
            yield from (one for one in ast.walk(node) if isinstance(one, ast.Constant))


def keys_of(file):
    """The texts by which a file keeps something: keys of dictionaries and of what is looked up; types are no such texts."""
    for node in ast.walk(file.tree):
        found = []
        if isinstance(node, ast.Dict):
            found = node.keys
        elif isinstance(node, ast.Subscript) and not ast.unparse(node.value).split(".")[-1][:1].isupper():
            found = [node.slice]
        for key in found:
            if isinstance(key, ast.Constant) and isinstance(key.value, str) and re.fullmatch(r"[\w.]+", key.value):
                yield key.value


FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
DEFINING = (*FUNCTIONS, ast.ClassDef, ast.arg, ast.keyword, ast.Name, ast.Attribute, ast.alias, ast.ExceptHandler)


class Project:
    def __init__(self, root, paths):
        self.root = root
        self.files = []
        for path in paths:
            try:
                with open(os.path.join(root, path), "rb") as file:
                    self.files.append(File(path, file.read()))
            except (SyntaxError, ValueError):
                continue
        self.sources = [file for file in self.files if file.is_source]
        self.common = common_names()
        self.all = b"\n".join(file.source for file in self.files)
        self.parts_of_modules = {word for file in self.sources for word in file.module().split(".")}
        self.attributes, self.bases, self.names = set(), set(), {}
        self.defined, self.said = {}, {}
        for file in self.sources:
            self.collect(file)

    def collect(self, file):
        def add(name, kind, node):
            self.defined.setdefault(name, []).append((kind, file, node))

        for node in ast.walk(file.tree):
            if isinstance(node, ast.Attribute):
                self.attributes.add(node.attr)
            elif isinstance(node, ast.Name):
                self.names.setdefault((file.path, node.id), []).append(node)
            elif isinstance(node, ast.ClassDef):
                self.bases.update(getattr(base, "id", getattr(base, "attr", None)) for base in node.bases)
            if not isinstance(node, DEFINING):
                continue
            path, inside = owner_of(node)
            if isinstance(node, FUNCTIONS):
                add(node.name, "local" if inside else "method" if path else "function", node)
            elif isinstance(node, ast.ClassDef):
                add(node.name, "local" if path else "class", node)
            elif isinstance(node, ast.arg):
                add(node.arg, "arg", node)
            elif isinstance(node, ast.keyword) and node.arg:
                add(node.arg, "keyword", node)
            elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                add(node.id, "local" if inside else "attribute" if path else "constant", node)
            elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
                own = isinstance(node.value, ast.Name) and node.value.id == "self"
                add(node.attr, "attribute" if own else "foreign", node)
            elif isinstance(node, ast.alias) and (node.asname or self.is_foreign(file, node)):
                add(node.asname or node.name.split(".")[0], "alias", node)
            elif isinstance(node, ast.ExceptHandler) and node.name:
                add(node.name, "local", node)

    def is_foreign(self, file, alias):
        """Whether a name is imported from somewhere else."""
        statement = alias.parent
        module = self.target(file, statement) if isinstance(statement, ast.ImportFrom) else alias.name
        return (module or "").split(".")[0] not in self.parts_of_modules

    def is_plain(self, name):
        return not name.startswith("_") and len(name) > 2 and name not in self.common

    def texts_with(self, name):
        """Keys in the sources that are a name, or have it behind or before a dot: docs may mean the key."""
        if not self.said:
            for file in self.sources:
                for key in keys_of(file):
                    for word in key.split("."):
                        self.said.setdefault(word, set()).add(key)
        return sorted(self.said.get(name, ()))

    def fresh(self, name):
        """Another name in the same style that is nowhere in the project."""
        for word in ("primary", "direct", "native", "central"):
            if re.fullmatch(r"[A-Z][A-Z0-9_]*", name):
                other = f"{word.upper()}_{name}"
            elif name[0].isupper():
                other = word.capitalize() + name
            else:
                other = f"{word}_{name}"
            if other.encode() not in self.all:
                return other
        return None

    # What can be changed ------------------------------------------------------------------------------------------

    def seeds(self):
        yield from self.symbols()
        for file in self.sources:
            yield from self.parameters(file)
            yield from self.bodies(file)
        yield from self.settings()
        yield from self.modules()
        yield from self.moves()

    def symbols(self):
        for name, places in sorted(self.defined.items()):
            # Plain search can't tell whether such a name means the module or what is in it.
            if not self.is_plain(name) or name in self.parts_of_modules:
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
            new = self.fresh(name)
            if new:
                seed = {"kind": kind, "old": name, "new": new, "module": file.module(), "path": ".".join([*path, name])}
                yield {**seed, "texts": self.texts_with(name)}

    def bodies(self, file):
        """What docs can't know of: another statement in a function, and another name of a private one."""
        for node in ast.walk(file.tree):
            path, inside = owner_of(node)
            if not isinstance(node, FUNCTIONS) or inside or len(path) > 1:
                continue
            shared = {"module": file.module(), "path": ".".join([*path, node.name]), "file": file.path, "line": node.lineno}
            first = node.body[1 if ast.get_docstring(node) is not None else 0 :]
            if first and first[0].lineno > node.lineno:
                yield {**shared, "kind": "body", "old": node.name, "new": node.name}
            if re.match(r"_[a-z]", node.name) and len(self.defined[node.name]) == 1 and self.fresh(node.name):
                yield {**shared, "kind": "private", "old": node.name, "new": f"_direct{node.name}"}

    def takers(self, file):
        for node in ast.walk(file.tree):
            if not isinstance(node, FUNCTIONS):
                continue
            path, inside = owner_of(node)
            if inside or len(path) > 1:
                continue
            name = path[0] if node.name == "__init__" and path else node.name
            kinds = [kind for kind, _, _ in self.defined.get(name, [])]
            if name.startswith("_") or kinds != ["class" if node.name == "__init__" else "method" if path else "function"]:
                continue
            decorators = {(ast.unparse(one).split("(")[0]).split(".")[-1] for one in node.decorator_list}
            if decorators - PLAIN_DECORATORS:
                continue
            if node.name == "__init__" and name in self.bases:
                continue
            yield name, path, node

    def parameters(self, file):
        for taker, path, node in self.takers(file):
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
                if new and new.encode() not in self.all:
                    yield {**shared, "kind": "parameter", "old": one.arg, "new": new}
                value = defaults.get(one.arg)
                if isinstance(value, ast.Constant) and value.value not in (None, "", ...):
                    old = file.source[slice(*file.span(value))].decode()
                    other = self.other_value(value.value, old)
                    if other:
                        yield {**shared, "kind": "default", "parameter": one.arg, "old": old, "new": other}

    @staticmethod
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

    def strings(self, files=None):
        for file in files or self.sources:
            for node in ast.walk(file.tree):
                if isinstance(node, ast.Constant) and isinstance(node.value, str) and not is_docstring(node):
                    yield file, node

    def settings(self):
        options, variables = {}, {}
        for file, node in self.strings():
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
                if re.search(r"environ|getenv|envvar|env\b", around):
                    variables.setdefault(node.value, []).append(file)
        for name, calls in sorted(options.items()):
            if len(calls) == 1 and name not in ("--help", "--version"):
                yield {"kind": "option", "old": name, "new": f"--chosen-{name[2:]}", "module": calls[0][0].module(), "path": name}
        for name, files in sorted(variables.items()):
            yield {"kind": "variable", "old": name, "new": f"{name}_SETTING", "module": files[0].module(), "path": name}

    def modules(self):
        for file in self.sources:
            words = file.module().split(".")
            name = words[-1]
            if len(words) < 2 or file.path.endswith("__init__.py") or name.startswith("_") or name in self.defined:
                continue
            new = f"{name}_parts"
            if new.encode() in self.all:
                continue
            yield {"kind": "module", "old": name, "new": new, "module": file.module(), "path": "", "file": file.path}

    def moves(self):
        for name, places in sorted(self.defined.items()):
            kind, file, node = places[0]
            if not self.is_plain(name) or len(places) > 1 or kind not in ("function", "class"):
                continue
            package = file.module().rpartition(".")[0]
            if not package or file.path.endswith("__init__.py"):
                continue
            inside = {one for one in ast.walk(node)}
            uses = [one for one in self.names.get((file.path, name), []) if one not in inside]
            new = f"{file.module().rpartition('.')[2].lstrip('_')}_more"
            if uses or name in self.attributes or node not in file.tree.body or new.encode() in self.all:
                continue
            yield {
                "kind": "move", "old": file.module(), "new": f"{package}.{new}", "module": file.module(),
                "path": name, "file": file.path,
            }

    # How it looks then --------------------------------------------------------------------------------------------

    def texts(self, seed):
        kind, old, new = seed["kind"], seed["old"], seed["new"]
        if kind == "body":
            (own,) = [file for file in self.files if file.path == seed["file"]]
            (node,) = [one for one in ast.walk(own.tree) if isinstance(one, FUNCTIONS) and one.lineno == seed["line"]]
            first = node.body[1 if ast.get_docstring(node) is not None else 0]
            line = min([first.lineno, *[one.lineno for one in getattr(first, "decorator_list", [])]])
            start = own.at(line, 0)
            return self.written({own: [(start, start, " " * first.col_offset + "pass\n")]})
        if kind in ("function", "class", "method", "attribute", "constant", "private"):
            return self.written({file: self.renamed(file, old, new) for file in self.files})
        if kind in ("parameter", "default"):
            return self.resigned(seed)
        if kind in ("option", "variable"):
            return self.reset(seed)
        if kind == "module":
            return self.remodelled(seed)
        return self.moved(seed)

    def written(self, edits):
        texts = {}
        for file, own in edits.items():
            if own:
                source = file.source
                for start, end, text in sorted(own, reverse=True):
                    source = source[:start] + text.encode() + source[end:]
                texts[file.path] = source.decode()
                ast.parse(source)
        return texts

    def renamed(self, file, old, new):
        edits = [(*span, new) for span in file.tokens(old)]
        for one in exported_texts(file):
            if one.value == old:
                start, end = file.span(one)
                edits.append((start + 1, end - 1, new))
        return edits

    def resigned(self, seed):
        (own,) = [file for file in self.files if file.path == seed["file"]]
        (node,) = [one for one in ast.walk(own.tree) if isinstance(one, FUNCTIONS) and one.lineno == seed["line"]]
        edits = {own: []}
        if seed["kind"] == "default":
            arguments = node.args
            positional = arguments.posonlyargs + arguments.args
            defaults = dict(zip([one.arg for one in positional[::-1]], arguments.defaults[::-1]))
            defaults.update({one.arg: value for one, value in zip(arguments.kwonlyargs, arguments.kw_defaults) if value})
            edits[own].append((*own.span(defaults[seed["parameter"]]), seed["new"]))
            return self.written(edits)
        for one in ast.walk(node):
            if isinstance(one, ast.arg) and one.arg == seed["old"]:
                start, _ = own.span(one)
                edits[own].append((start, start + len(seed["old"]), seed["new"]))
            elif isinstance(one, ast.Name) and one.id == seed["old"]:
                edits[own].append((*own.span(one), seed["new"]))
        for file in self.files:
            for one in ast.walk(file.tree):
                if isinstance(one, ast.Call) and getattr(one.func, "attr", getattr(one.func, "id", None)) == seed["taker"]:
                    for argument in one.keywords:
                        if argument.arg == seed["old"]:
                            start = file.at(argument.lineno, argument.col_offset)
                            edits.setdefault(file, []).append((start, start + len(seed["old"]), seed["new"]))
        return self.written({file: sorted(set(own)) for file, own in edits.items()})

    def reset(self, seed):
        edits = {}
        for file, node in self.strings(self.files):
            if node.value != seed["old"]:
                continue
            start, end = file.span(node)
            if file.source[start + 1 : end - 1].decode() != seed["old"]:
                continue
            edits.setdefault(file, []).append((start + 1, end - 1, seed["new"]))
            call = node.parent
            name = getattr(getattr(call, "func", None), "attr", getattr(getattr(call, "func", None), "id", None))
            if seed["kind"] != "option" or not isinstance(call, ast.Call) or name not in OPTION_MAKERS:
                continue
            first = [one for one in call.args if isinstance(one, ast.Constant) and str(one.value).startswith("--")][:1]
            if first != [node]:
                continue
            stored = seed["old"][2:].replace("-", "_")
            if name == "option":
                if not any(isinstance(one, ast.Constant) and re.match(r"\w", str(one.value)) for one in call.args):
                    edits[file].append((end, end, f', "{stored}"'))
            elif not any(one.arg == "dest" for one in call.keywords):
                last = max([*call.args, *[one.value for one in call.keywords]], key=lambda one: file.span(one)[1])
                after = file.span(last)[1]
                edits[file].append((after, after, f', dest="{stored}"'))
        return self.written(edits)

    def remodelled(self, seed):
        edits = {file: [(*span, seed["new"]) for span in file.tokens(seed["old"])] for file in self.files}
        dotted = re.compile(rf"(?<![\w.]){re.escape(seed['module'])}(?![\w])".encode())
        for file, node in self.strings(self.files):
            start, end = file.span(node)
            for one in dotted.finditer(file.source, start, end):
                edits[file].append((one.end() - len(seed["old"]), one.end(), seed["new"]))
        texts = self.written({file: sorted(set(own)) for file, own in edits.items()})
        (own,) = [file for file in self.files if file.path == seed["file"]]
        texts[own.path[: -len(f"{seed['old']}.py")] + f"{seed['new']}.py"] = texts.pop(own.path, own.source.decode())
        texts[own.path] = None
        for manifest in ("pyproject.toml", "setup.cfg", "setup.py"):
            place = os.path.join(self.root, manifest)
            if os.path.exists(place) and manifest not in texts:
                with open(place, encoding="utf-8") as file:
                    text = file.read()
                other = re.sub(rf"(?<![\w.]){re.escape(seed['module'])}(?![\w])", seed["new"].join([seed["module"][: -len(seed["old"])], ""]), text)
                if other != text:
                    texts[manifest] = other
        return texts

    def moved(self, seed):
        name, old, new = seed["path"], seed["old"], seed["new"]
        (own,) = [file for file in self.files if file.path == seed["file"]]
        (node,) = [one for one in own.tree.body if getattr(one, "name", None) == name]
        start = own.at(min([node.lineno, *[one.lineno for one in node.decorator_list]]), 0)
        end = own.starts[node.end_lineno]
        imports = [one for one in own.tree.body if isinstance(one, (ast.Import, ast.ImportFrom))]
        used = {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}
        top = {one.name for one in own.tree.body if isinstance(one, (*FUNCTIONS, ast.ClassDef))}
        for one in own.tree.body:
            for target in getattr(one, "targets", [getattr(one, "target", None)]):
                if isinstance(target, ast.Name):
                    top.add(target.id)
        needed = sorted((used & top) - {name})
        lines = [own.source[slice(*own.span(one))].decode() for one in imports]
        if needed:
            lines.append(f"from .{old.rpartition('.')[2]} import {', '.join(needed)}")
        text = "\n".join(lines) + "\n\n\n" + own.source[start:end].decode()
        edits = {own: [(start, end, "")]}
        for one in ast.walk(own.tree):
            if isinstance(one, ast.Constant) and one.value == name and isinstance(one.parent, (ast.List, ast.Tuple)):
                here = own.span(one)
                more = re.compile(rb"\s*,").match(own.source, here[1])
                edits[own].append((here[0], more.end() if more else here[1], ""))
        for file in self.files:
            for one in ast.walk(file.tree):
                if not isinstance(one, ast.ImportFrom) or self.target(file, one) != old:
                    continue
                names = [alias for alias in one.names if alias.name == name]
                star = any(alias.name == "*" for alias in one.names)
                if not names and not (star and file.path.endswith("__init__.py")):
                    continue
                rest = [ast.unparse(alias) for alias in one.names if alias.name != name]
                kept = own.source and f"from {'.' * one.level}{one.module or ''} import {', '.join(rest)}" if rest else None
                module = f"{'.' * one.level}{one.module or ''}"
                other = module[: len(module) - len(old.rpartition(".")[2])] + new.rpartition(".")[2]
                added = f"from {other} import {', '.join(ast.unparse(alias) for alias in names) or name}"
                indent = " " * one.col_offset
                edits.setdefault(file, []).append((*file.span(one), f"\n{indent}".join(filter(None, [kept, added]))))
        texts = self.written(edits)
        folder = own.path.rpartition("/")[0]
        target = f"{folder}/{new.rpartition('.')[2]}.py"
        ast.parse(text)
        texts[target] = text
        return texts

    @staticmethod
    def target(file, node):
        if node.level == 0:
            return node.module
        words = file.module().split(".")
        if not file.path.endswith("__init__.py"):
            words = words[:-1]
        words = words[: len(words) - (node.level - 1)] if node.level > 1 else words
        return ".".join([*words, *([node.module] if node.module else [])])


def docstrings(files):
    found = []
    for file in files:
        for node in ast.walk(file.tree):
            if isinstance(node, (*FUNCTIONS, ast.ClassDef, ast.Module)) and ast.get_docstring(node, clean=False):
                path, inside = owner_of(node)
                if inside or not file.is_source:
                    continue
                text, own = node.body[0].value, [] if isinstance(node, ast.Module) else [node.name]
                place = {"file": file.path, "first": text.lineno, "last": text.end_lineno}
                found.append({**place, "module": file.module(), "path": ".".join([*path, *own])})
    return found


if __name__ == "__main__":
    asked = json.load(sys.stdin)
    project = Project(asked["root"], asked["files"])
    if asked["wanted"] is None:
        json.dump({"seeds": list(project.seeds()), "docstrings": docstrings(project.files)}, sys.stdout)
    else:
        made = []
        for seed in asked["wanted"]:
            try:
                texts = project.texts(seed)
                files = [File(path, text.encode()) for path, text in texts.items() if text is not None and path.endswith(".py")]
                made.append({"texts": texts, "docstrings": docstrings(files)})
            except (SyntaxError, ValueError, UnicodeDecodeError):
                made.append(None)
        json.dump(made, sys.stdout)
