"""Says of edited texts whether CPython still reads them as before.

Reads a JSON list of `{"kind": "module" | "example", "before": str, "after": str}` and writes a list of as many
reasons, null where there is none. A module must have the same syntax tree but for the contents of its docstrings;
an example must be parsed if it was parsed before.
"""

import ast
import json
import sys

DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def tree(text):
    parsed = ast.parse(text)
    for node in ast.walk(parsed):
        if isinstance(node, DOCUMENTED) and ast.get_docstring(node, clean=False) is not None:
            node.body[0].value = ast.Constant(value="")
    return ast.dump(parsed)


def parses(text):
    try:
        ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


def reason(kind, before, after):
    if not parses(before):
        return "it could not be parsed before" if kind == "module" else None
    if not parses(after):
        return "with the edit it can't be parsed"
    if kind == "module" and tree(before) != tree(after):
        return "the edit would change more than docstrings"
    return None


json.dump([reason(**one) for one in json.loads(sys.stdin.buffer.read())], sys.stdout)
