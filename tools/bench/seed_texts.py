"""How the files of a project look with a change."""

import ast
import os
import re

from seed_changes import OPTION_MAKERS
from seed_source import FUNCTIONS, exported_texts, imported_module


def texts(project, seed):
    kind, old, new = seed["kind"], seed["old"], seed["new"]
    if kind == "body":
        (own,) = [file for file in project.files if file.path == seed["file"]]
        (node,) = [one for one in ast.walk(own.tree) if isinstance(one, FUNCTIONS) and one.lineno == seed["line"]]
        first = node.body[1 if ast.get_docstring(node) is not None else 0]
        line = min([first.lineno, *[one.lineno for one in getattr(first, "decorator_list", [])]])
        start = own.at(line, 0)
        return written({own: [(start, start, " " * first.col_offset + "pass\n")]})
    if kind in ("function", "class", "method", "attribute", "constant", "private"):
        return written({file: renamed(file, old, new) for file in project.files})
    if kind in ("parameter", "default"):
        return resigned(project, seed)
    if kind in ("option", "variable"):
        return reset(project, seed)
    if kind == "module":
        return remodelled(project, seed)
    return moved(project, seed)


def written(edits):
    texts = {}
    for file, own in edits.items():
        if own:
            source = file.source
            for start, end, text in sorted(own, reverse=True):
                source = source[:start] + text.encode() + source[end:]
            texts[file.path] = source.decode()
            ast.parse(source)
    return texts


def renamed(file, old, new):
    edits = [(*span, new) for span in file.tokens(old)]
    for one in exported_texts(file):
        if one.value == old:
            start, end = file.span(one)
            edits.append((start + 1, end - 1, new))
    return edits


def resigned(project, seed):
    (own,) = [file for file in project.files if file.path == seed["file"]]
    (node,) = [one for one in ast.walk(own.tree) if isinstance(one, FUNCTIONS) and one.lineno == seed["line"]]
    edits = {own: []}
    if seed["kind"] == "default":
        arguments = node.args
        positional = arguments.posonlyargs + arguments.args
        defaults = dict(zip([one.arg for one in positional[::-1]], arguments.defaults[::-1]))
        defaults.update({one.arg: value for one, value in zip(arguments.kwonlyargs, arguments.kw_defaults) if value})
        edits[own].append((*own.span(defaults[seed["parameter"]]), seed["new"]))
        return written(edits)
    for one in ast.walk(node):
        if isinstance(one, ast.arg) and one.arg == seed["old"]:
            start, _ = own.span(one)
            edits[own].append((start, start + len(seed["old"]), seed["new"]))
        elif isinstance(one, ast.Name) and one.id == seed["old"]:
            edits[own].append((*own.span(one), seed["new"]))
    for file in project.files:
        for one in ast.walk(file.tree):
            if isinstance(one, ast.Call) and getattr(one.func, "attr", getattr(one.func, "id", None)) == seed["taker"]:
                for argument in one.keywords:
                    if argument.arg == seed["old"]:
                        start = file.at(argument.lineno, argument.col_offset)
                        edits.setdefault(file, []).append((start, start + len(seed["old"]), seed["new"]))
    return written({file: sorted(set(own)) for file, own in edits.items()})


def reset(project, seed):
    edits = {}
    for file, node in project.strings(project.files):
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
    return written(edits)


def remodelled(project, seed):
    edits = {file: [(*span, seed["new"]) for span in file.tokens(seed["old"])] for file in project.files}
    dotted = re.compile(rf"(?<![\w.]){re.escape(seed['module'])}(?![\w])".encode())
    for file, node in project.strings(project.files):
        start, end = file.span(node)
        for one in dotted.finditer(file.source, start, end):
            edits[file].append((one.end() - len(seed["old"]), one.end(), seed["new"]))
    for file in project.files:
        for one in exported_texts(file):
            if one.value == seed["old"]:
                start, end = file.span(one)
                edits[file].append((start + 1, end - 1, seed["new"]))
    texts = written({file: sorted(set(own)) for file, own in edits.items()})
    (own,) = [file for file in project.files if file.path == seed["file"]]
    texts[own.path[: -len(f"{seed['old']}.py")] + f"{seed['new']}.py"] = texts.pop(own.path, own.source.decode())
    texts[own.path] = None
    for manifest in ("pyproject.toml", "setup.cfg", "setup.py"):
        place = os.path.join(project.root, manifest)
        if os.path.exists(place) and manifest not in texts:
            with open(place, encoding="utf-8") as file:
                text = file.read()
            other = re.sub(rf"(?<![\w.]){re.escape(seed['module'])}(?![\w])", seed["new"].join([seed["module"][: -len(seed["old"])], ""]), text)
            if other != text:
                texts[manifest] = other
    return texts


def moved(project, seed):
    name, old, new = seed["path"], seed["old"], seed["new"]
    (own,) = [file for file in project.files if file.path == seed["file"]]
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
    for file in project.files:
        for one in ast.walk(file.tree):
            if not isinstance(one, ast.ImportFrom) or imported_module(file, one) != old:
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
    texts = written(edits)
    folder = own.path.rpartition("/")[0]
    target = f"{folder}/{new.rpartition('.')[2]}.py"
    ast.parse(text)
    texts[target] = text
    return texts
