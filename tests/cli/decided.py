"""A clone whose main branch holds decisions, and the notes that say who approved them."""

from collections.abc import Callable
from datetime import date

import pytest

from casework.model.note import Note, NotedApproval, NotedCase
from casework.model.people import People
from casework.render.note import note_text
from tests.cli.clones import CASE, PEOPLE, Clone, case

FEEDBACK = """\
## Feedback

### Reasons

The plan was another's.

### Timeline

Until August.

### Actions

Lead the next one.
"""
PROMOTED = PEOPLE.replace(
    "level: IC2, level_since: 2025-02-01", "level: IC3, level_since: 2027-03-01"
)
BOTH = ("katherine-johnson", "kjohnson", "IC5"), ("barbara-liskov", "bliskov", "IC4")


class Decided:
    """Commits on a fixed day each, and notes in the form that the workflow writes."""

    def __init__(self, clone: Clone, set_day: Callable[[str], None]) -> None:
        self.clone = clone
        self.set_day = set_day
        self.set_day("2027-02-01")

    def draft(self, path: str = CASE, **fields: str) -> str:
        self.clone.write(path, case("draft", **fields))
        return self.clone.commit("Draft")

    def decide(
        self, status: str = "promoted", path: str = CASE, subject: str = "Decide (#41)",
        *, people: str | None = PROMOTED, ready: bool = True, day: str = "2027-02-21",
        **fields: str,
    ) -> str:  # fmt: skip
        own = {"decided": "2027-02-20"} | ({"effective": "2027-03-01"} if people else {})
        text = case(status, ready, **own | fields)
        self.clone.write(path, text + (FEEDBACK if status == "not-yet" else ""))
        if people is not None:
            self.clone.write("cases/people.yaml", people)
        self.set_day(day)
        return self.clone.commit(subject)

    def note(
        self, commit: str = "HEAD", path: str = CASE, *,
        number: int = 41, author: str = "grace-hopper", content: str | None = None,
        approvals: tuple[tuple[str, str, str], ...] = BOTH, reviewed: str | None = None,
    ) -> None:  # fmt: skip
        blob = content or self.clone.git("rev-parse", f"{commit}:{path}")
        given = tuple(
            NotedApproval(who, account, level, reviewed, date(2027, 2, 20))
            for who, account, level in approvals
        )
        noted = NotedCase(path, blob, "promoted", "approved", given, "promotion", "IC2", "IC3")
        self.write_note(note_text(Note(number, author, "1.0.0", (noted,)), People({})), commit)

    def others_go_on(self) -> None:
        """A later merge that has its note: notes were fetched since the decision."""
        self.draft("cases/barbara-liskov/2026-08.md", person="barbara-liskov")
        self.write_note("pull_request: 60\n")

    def write_note(self, text: str, commit: str = "HEAD") -> None:
        self.clone.git("notes", "--ref=approvals", "add", "-f", "-m", text, commit)


@pytest.fixture
def decided(clone: Clone, monkeypatch: pytest.MonkeyPatch) -> Decided:
    def set_day(day: str) -> None:
        for who in ("AUTHOR", "COMMITTER"):
            monkeypatch.setenv(f"GIT_{who}_DATE", f"{day}T12:00:00+0000")

    return Decided(clone, set_day)
