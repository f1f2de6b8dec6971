"""Where modules were imported from."""

import os
import sys

OWN = __name__.split(".")[0]


def import_roots():
    """The folders from which modules were imported, without the interpreter's own.

    Derived from what was really imported, so that it holds for PYTHONPATH, ``.pth`` files and every
    kind of editable install alike.
    """
    own = tuple(
        os.path.abspath(prefix) + os.sep
        for prefix in {sys.prefix, sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix}
    )
    roots = set()
    for name, module in list(sys.modules.items()):
        try:
            file = module.__dict__.get("__file__")
        except AttributeError:
            continue
        if type(file) is not str:
            continue
        path = os.path.abspath(file)
        if (
            path.startswith(own)
            or "site-packages" in path
            or "dist-packages" in path
            or name in ("__main__", "conftest")
            or name.split(".")[0] == OWN
        ):
            continue
        stem, _ = os.path.splitext(path)
        parts = name.split(".")
        if os.path.basename(stem) == "__init__":
            stem = os.path.dirname(stem)
        if stem.endswith(os.sep + os.path.join(*parts)):
            roots.add(stem[: -len(os.path.join(*parts)) - 1])
    return sorted(roots)
