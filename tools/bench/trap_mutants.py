"""Lists the bugs that can be seeded in Python files: single edits within one line of the source.

Reads a list of paths from standard input. Writes for each file a list of ``{"kind", "line", "start", "end",
"text", "before"}``: the bytes ``start`` to ``end`` of the file (``before``) become ``text``.

Never a literal and never a name: a changed literal, or a rename, cannot be told from a meant one.
"""

import ast
import json
import re
import sys

FLIPPED = {
    ast.Eq: "!=", ast.NotEq: "==", ast.Is: "is not", ast.IsNot: "is", ast.In: "not in", ast.NotIn: "in",
    ast.Lt: ">=", ast.GtE: "<", ast.LtE: ">", ast.Gt: "<=",
}
OFF_BY_ONE = {ast.Lt: "<=", ast.LtE: "<", ast.Gt: ">=", ast.GtE: ">"}
EXCHANGED = {ast.Add: "-", ast.Sub: "+", ast.Mult: "/", ast.Div: "*", ast.FloorDiv: "*", ast.Mod: "*"}
OPERATOR = re.compile(rb"(?:not\s+in|is\s+not|[a-z]+|[-+*/%<>=!]+)")


def is_text(node):
    """A string, or what holds literal strings: ``%`` and ``+`` mean something else there."""
    if isinstance(node, ast.BinOp):
        return is_text(node.left) or is_text(node.right)
    return isinstance(node, (ast.JoinedStr, ast.List, ast.Tuple)) or (
        isinstance(node, ast.Constant) and isinstance(node.value, (str, bytes))
    )


def is_constant(node):
    return isinstance(node, ast.Constant) or (
        isinstance(node, ast.UnaryOp) and isinstance(node.operand, ast.Constant)
    )


def is_literal(node):
    inner = (ast.Constant, ast.UnaryOp, ast.unaryop, ast.List, ast.Tuple, ast.Dict, ast.Set, ast.expr_context)
    return all(isinstance(one, inner) for one in ast.walk(node))


class Mutants:
    def __init__(self, source):
        self.source = source
        self.found = []
        self.starts = [0]
        for line in source.splitlines(keepends=True):
            self.starts.append(self.starts[-1] + len(line))

    def span(self, node):
        return (
            self.starts[node.lineno - 1] + node.col_offset,
            self.starts[node.end_lineno - 1] + node.end_col_offset,
        )

    def add(self, kind, start, end, text):
        before = self.source[start:end]
        if b"\n" in before or before == text:
            return
        line = self.source.count(b"\n", 0, start) + 1
        self.found.append(
            {"kind": kind, "line": line, "start": start, "end": end, "text": text.decode(), "before": before.decode()}
        )

    def between(self, kind, left, right, text):
        """Exchanges the operator between two nodes; brackets and white space may stand there too."""
        start, end = self.span(left)[1], self.span(right)[0]
        found = OPERATOR.findall(self.source[start:end])
        if len(found) != 1 or b"\n" in self.source[start:end]:
            return
        at = start + self.source[start:end].index(found[0])
        self.add(kind, at, at + len(found[0]), text.encode())

    def visit(self, node):
        if isinstance(node, ast.Compare) and len(node.ops) == 1:
            left, right, operator = node.left, node.comparators[0], type(node.ops[0])
            self.between("comparison flipped", left, right, FLIPPED[operator])
            if operator in OFF_BY_ONE:
                self.between("off by one", left, right, OFF_BY_ONE[operator])
        elif isinstance(node, ast.BoolOp) and len(node.values) == 2:
            other = "or" if isinstance(node.op, ast.And) else "and"
            self.between("and / or", *node.values, other)
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            start, end = self.span(node)[0], self.span(node.operand)[0]
            if self.source[start:end].strip() == b"not":
                self.add("not removed", start, end, b"")
        elif isinstance(node, (ast.BinOp, ast.AugAssign)) and type(node.op) in EXCHANGED:
            self.arithmetic(node)
        elif isinstance(node, ast.Call) and len(node.args) >= 2:
            self.swap(node.args)
        elif self.is_droppable(node):
            self.add("statement dropped", *self.span(node), b"pass")

    def arithmetic(self, node):
        if isinstance(node, ast.AugAssign):
            left, right, equals = node.target, node.value, "="
        else:
            left, right, equals = node.left, node.right, ""
        if is_text(left) or is_text(right) or (is_constant(left) and is_constant(right)):
            return
        self.between("arithmetic", left, right, EXCHANGED[type(node.op)] + equals)

    def swap(self, args):
        one, other = args[0], args[1]
        if any(isinstance(arg, ast.Starred) for arg in (one, other)) or (is_constant(one) and is_constant(other)):
            return
        (start, middle), (rest, end) = self.span(one), self.span(other)
        text = self.source[rest:end] + self.source[middle:rest] + self.source[start:middle]
        self.add("arguments swapped", start, end, text)

    def is_droppable(self, node):
        if isinstance(node, ast.Expr):
            return isinstance(node.value, ast.Call)
        # What only gives a literal a name is the literal's business.
        if isinstance(node, (ast.Assign, ast.Return)):
            return node.value is not None and not is_literal(node.value)
        return False


def skipped(node):
    """What Python runs for its own sake, or not at all: annotations, and the block of a script."""
    return isinstance(node, ast.If) and "__name__" in ast.unparse(node.test)


def walk(node, visit):
    visit(node)
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not skipped(child):
                walk(child, visit)


def mutants(path):
    with open(path, "rb") as file:
        source = file.read()
    try:
        tree = ast.parse(source)
        source.decode("utf-8")
    except (SyntaxError, UnicodeDecodeError):
        return []
    found = Mutants(source)
    if b"\r" not in source.replace(b"\r\n", b"") and b"\f" not in source and not source.startswith(b"\xef\xbb\xbf"):
        walk(tree, found.visit)
    return found.found


if __name__ == "__main__":
    json.dump([mutants(path) for path in json.load(sys.stdin)], sys.stdout)
