"""Describes test functions, so that two versions of one can be compared.

Reads ``[{"file", "names"}]`` from standard input; ``names`` leads from the module to the function, and is empty
for the whole file. Writes for each, in order, ``null`` where there is no such function, or

text
    its code without white space, comments, quotes and line breaks that make no difference
decorators
    those of the function and of the classes around it
checks
    what it asserts, with literals left out of what is compared: ``assert f(3) == …``
"""

import ast
import json
import sys

HOLE = ast.Name(id="…")


def is_literal(node):
    inner = (ast.Constant, ast.UnaryOp, ast.unaryop, ast.List, ast.Tuple, ast.Dict, ast.Set, ast.expr_context)
    return all(isinstance(one, inner) for one in ast.walk(node))


def masked(node):
    return HOLE if is_literal(node) else node


def check_of(node):
    """What a statement or call asserts; None where it asserts nothing."""
    if isinstance(node, ast.Assert):
        test = node.test
        if isinstance(test, ast.Compare):
            test = ast.Compare(masked(test.left), test.ops, [masked(one) for one in test.comparators])
        return "assert " + ast.unparse(test)
    if not isinstance(node, ast.Call):
        return None
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    if name in ("raises", "warns", "deprecated_call"):
        keywords = [ast.keyword(one.arg, masked(one.value)) for one in node.keywords]
        return ast.unparse(ast.Call(node.func, node.args, keywords))
    if name.startswith("assert"):
        return ast.unparse(ast.Call(node.func, [masked(one) for one in node.args], node.keywords))
    return None


def find(tree, names):
    """The nodes on the way to a function; a test that is inherited stands in another class."""
    way, node = [], tree
    for name in names:
        found = [one for one in getattr(node, "body", ()) if getattr(one, "name", None) == name]
        if not found:
            rest = [one for one in ast.walk(tree) if getattr(one, "name", None) == names[-1]]
            return rest[-1:]
        node = found[-1]
        way.append(node)
    return way


def describe(file, names):
    try:
        with open(file, "rb") as source:
            tree = ast.parse(source.read())
    except (FileNotFoundError, NotADirectoryError, SyntaxError):
        return None
    way = find(tree, names) if names else [tree]
    if not way:
        return None
    decorators = [ast.unparse(one) for node in way for one in getattr(node, "decorator_list", ())]
    checks = [check_of(node) for node in ast.walk(way[-1])]
    return {
        "text": ast.unparse(way[-1]),
        "decorators": decorators,
        "checks": sorted(check for check in checks if check is not None),
    }


if __name__ == "__main__":
    json.dump([describe(one["file"], one["names"]) for one in json.load(sys.stdin)], sys.stdout)
