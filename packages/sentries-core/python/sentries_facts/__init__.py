"""Records what happened in a pytest run as facts: one JSON object a line.

Loaded with ``-p sentries_facts.plugin``. That names one module and not the package: pytest rewrites the
assertions of what it loads so, and of all below it. Needs nothing but the standard library, Python 3.9 and pytest 7.
The shapes of the records are in ``src/pytest/facts.ts``. Nothing here reads or changes what pytest
prints, and nothing here calls code of the tested project (no ``repr`` of a type that is not a builtin).

Environment, all set by the runner:

SENTRIES_FACTS
    the folder for the records: one file a process, so that xdist's workers need no lock
SENTRIES_SELECT
    optional: a JSON file with the keys of the tests, or node ids of the files, that are to run
SENTRIES_ONLY
    optional: a JSON file with the absolute paths of the only files that are collected
SENTRIES_PYCACHE
    optional: where byte code goes, so that nothing is written beside the sources
SENTRIES_NO_REPORTS
    optional: set where the run is a proof, whose reports would replace those of the user's own run
SENTRIES_PYTHONPATH
    optional: PYTHONPATH as it was before the runner added to it; child processes see that one
"""
