"""A Python file as it is read for seeds: its syntax tree, its tokens, and where its docstrings stand."""

import ast
import io
import re
import tokenize

BESIDE = re.compile(r"(^|/)(tests?|testing|docs?|examples?|benchmarks?|scripts?|tools?|build|noxfile\.py|setup\.py|conftest\.py)(/|$)|(^|/)test_[^/]*$")
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


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


def imported_module(file, node):
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
