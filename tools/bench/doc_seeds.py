"""Changes of code that leave documentation behind: which there can be, and how the code looks with one.

Reads ``{"root", "files", "wanted"}`` from standard input: Python files by their paths from the root, and the
changes to make, or null. Without wanted ones it writes ``{"seeds", "docstrings"}``: all changes that can be made,
and where docstrings stand. Otherwise it writes, for each wanted one, ``{"texts", "docstrings"}``: the texts of the files
that it changes (null for one that is gone), and where docstrings stand in them.

A name is only taken where the project's sources define it once: then all its tokens mean the same thing.
Docstrings and comments are never changed.
"""

import json
import sys

from seed_changes import seeds
from seed_project import Project
from seed_source import File, docstrings
from seed_texts import texts

if __name__ == "__main__":
    asked = json.load(sys.stdin)
    project = Project(asked["root"], asked["files"])
    if asked["wanted"] is None:
        json.dump({"seeds": list(seeds(project)), "docstrings": docstrings(project.files)}, sys.stdout)
    else:
        made = []
        for seed in asked["wanted"]:
            try:
                changed = texts(project, seed)
                files = [File(path, text.encode()) for path, text in changed.items() if text is not None and path.endswith(".py")]
                made.append({"texts": changed, "docstrings": docstrings(files)})
            except (SyntaxError, ValueError, UnicodeDecodeError):
                made.append(None)
        json.dump(made, sys.stdout)
