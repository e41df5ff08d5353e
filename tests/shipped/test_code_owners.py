"""The shipped `.github/CODEOWNERS` names the example team's owners."""

from datetime import date
from pathlib import Path

from casework.cli.codeowners import PATH, is_current, wanted_owners
from casework.read.source import WorkingTree

ROOT = Path(__file__).parent.parent.parent
TODAY = date(2026, 11, 22)


def test_is_current():
    found = (ROOT / PATH).read_text("utf-8")
    wanted = wanted_owners(WorkingTree(ROOT), TODAY)
    assert is_current(found, wanted), "run `casework codeowners`"
