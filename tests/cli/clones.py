"""Real repositories in temporary folders, and a small team's cases to write into them."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent.parent
TODAY = "2026-11-22"
CASE = "cases/ada-lovelace/2027-02.md"
ME = (
    *("-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"),
    # What nobody keeps need neither be packed nor be safe on the disk.
    *("-c", "maintenance.auto=false", "-c", "gc.auto=0", "-c", "core.fsync=none"),
)

PEOPLE = """\
people:
  margaret-hamilton: {name: Margaret Hamilton, github: mhamilton}
  grace-hopper: {name: Grace Hopper, github: ghopper, manager: margaret-hamilton}
  katherine-johnson:
    {name: Katherine Johnson, github: kjohnson, level: IC5, level_since: 2023-03-01,
     onboarded: 2018-10-01, manager: margaret-hamilton}
  barbara-liskov:
    {name: Barbara Liskov, github: bliskov, level: IC4, level_since: 2023-09-01,
     onboarded: 2020-02-01, manager: grace-hopper}
  ada-lovelace:
    {name: Ada Lovelace, github: ada-l, level: IC2, level_since: 2025-02-01,
     onboarded: 2024-08-01, manager: grace-hopper}
"""

POLICY = """\
talent_reviews:
  - {id: 2026-08, opens: 2026-08-01, cases_due: 2026-08-14, decided_by: 2026-08-31}
  - {id: 2027-02, opens: 2027-02-01, cases_due: 2027-02-12, decided_by: 2027-02-28}
approvals:
  reviewers: [katherine-johnson, barbara-liskov]
owners: [margaret-hamilton]
record_within_days: 366
"""

_EVIDENCE = "".join(
    f"### {category}\n\n- Cut the 95th percentile of the search from 40 s to 6 s"
    f" ([dashboard](https://example.com/d/{place})).\n\n"
    for place, category in enumerate(("Proficiency", "Execution", "Teamwork"))
)


def case(status: str = "draft", ready: bool = True, **fields: str) -> str:
    """A case of ada-lovelace that is complete but for approvals, or lacks a quarter at `next`."""
    best = "next" if ready else "exceeds"
    rated = {"FY27-Q2": "exceeds", "FY27-Q3": best}
    quarters = "".join(
        f"  {label}: {{proficiency: {rating}, execution: {rating}, teamwork: {rating}}}\n"
        for label, rating in rated.items()
    )
    values = {
        "person": "ada-lovelace", "kind": "promotion", "from": "IC2", "to": "IC3",
        "level_since": "2025-02-01", "manager": "grace-hopper", "review": "2027-02",
        "status": status, **fields,
    }  # fmt: skip
    front = "".join(f"{name}: {value}\n" for name, value in values.items())
    sections = "".join(f"## {label}\n\n{_EVIDENCE}" for label in rated)
    return (
        f"---\n{front}quarters:\n{quarters}---\n\n## Summary\n\nSearch answers in time for the"
        f" largest customers, and three people can now keep it so.\n\n{sections}"
        "## Values\n\n- Wrote down what the team learned ([note](https://example.com/n/1)).\n\n"
        "## Growth areas\n\nTo hand over sooner.\n\n## Feedback\n\n"
    ).removesuffix("## Feedback\n\n")


class Ran(NamedTuple):
    """How a run went."""

    code: int
    out: str
    err: str


class Clone:
    """A repository with the shipped framework, a small team, and whatever a test writes."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def git(self, *arguments: str) -> str:
        done = subprocess.run(
            ["git", *ME, "-c", "protocol.file.allow=always", *arguments],
            cwd=self.root, check=True, capture_output=True, text=True,
        )  # fmt: skip
        return done.stdout.strip()

    def write(self, path: str, text: str) -> None:
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")

    def commit(self, message: str = "A change") -> str:
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", message)
        return self._head()

    def _head(self) -> str:
        """The commit that was just made: its ref is not packed yet, so no git is needed."""
        head = (self.root / ".git/HEAD").read_text("utf-8").strip()
        branch = head.removeprefix("ref: ")
        if branch == head:
            return head
        return (self.root / ".git" / branch).read_text("ascii").strip()


Run = Callable[..., Ran]


def session(
    clone: Clone, words: list[str], answers: list[str], today: str = TODAY
) -> tuple[int, str]:
    """A run in a terminal, and all that stood on it."""
    import pty

    ours, theirs = pty.openpty()
    child = subprocess.Popen(
        [sys.executable, "-m", "casework", *words, "--today", today],
        cwd=clone.root, stdin=theirs, stdout=theirs, stderr=theirs,
        env={**os.environ, "PYTHONPATH": str(ROOT / "scripts"), "TERM": "dumb"},
    )  # fmt: skip
    os.close(theirs)
    os.write(ours, "".join(f"{each}\n" for each in answers).encode())
    shown = b""
    try:
        while part := os.read(ours, 4096):
            shown += part
    except OSError:
        pass  # the terminal is gone with its last program
    os.close(ours)
    return child.wait(), shown.decode()
