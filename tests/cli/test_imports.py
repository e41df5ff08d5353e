"""What a check of one case does not import: importing is most of what it does, and people wait."""

import os
import subprocess
import sys

from tests.cli.clones import CASE, ROOT, TODAY, Clone, case

NEEDED_BY = {
    "what is wrong with data, not whether anything is": ("jsonschema", "referencing", "difflib"),
    "more files than one": ("sqlite3", "multiprocessing", "concurrent"),
    "git, which need not be asked about a file that is named": ("subprocess", "tempfile"),
    "GitHub": ("github", "requests", "ssl", "casework.github"),
    "the standard library's own parser of commands": ("argparse", "gettext"),
    "a pull request": (
        "casework.check.changes", "casework.check.proposals", "casework.model.approval",
        "casework.model.pull_request", "casework.model.difference",
    ),
    "the past": ("casework.model.history", "casework.model.note", "casework.model.audit"),
    "the pages that explain rules": ("casework.model.rule",),
    "a decision": ("casework.assess.feedback",),
    "commands that write": ("casework.edit",),
}  # fmt: skip
SCRIPT = (
    "import sys; from casework.cli.main import main; code = main(sys.argv[1:]); "
    "print(*sys.modules, file=sys.stderr); sys.exit(code)"
)


def imported(clone: Clone) -> set[str]:
    """The modules that are there after a check of one case."""
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, "check", CASE, "--today", TODAY],
        cwd=clone.root, check=True, capture_output=True, text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT / "scripts")},
    )  # fmt: skip
    return set(done.stderr.split())


def test_a_check_of_one_case_imports_only_what_it_needs(clone: Clone) -> None:
    clone.write(CASE, case())
    for found in (imported(clone), imported(clone)):  # the second time, the rules are kept
        needless = {e: why for why, names in NEEDED_BY.items() for e in names if e in found}
        assert not needless, "these are only needed for that"
