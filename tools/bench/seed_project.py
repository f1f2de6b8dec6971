"""What the sources of a project define, and under which names."""

import ast
import builtins
import keyword
import os
import re

from seed_source import FUNCTIONS, File, imported_module, is_docstring, keys_of, owner_of

DEFINING = (*FUNCTIONS, ast.ClassDef, ast.arg, ast.keyword, ast.Name, ast.Attribute, ast.alias, ast.ExceptHandler)


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
        module = imported_module(file, statement) if isinstance(statement, ast.ImportFrom) else alias.name
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

    def strings(self, files=None):
        for file in files or self.sources:
            for node in ast.walk(file.tree):
                if isinstance(node, ast.Constant) and isinstance(node.value, str) and not is_docstring(node):
                    yield file, node
