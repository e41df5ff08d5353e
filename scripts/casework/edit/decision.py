"""A decision is written down: in the case, and in people.yaml where a level changes."""

from datetime import date
from typing import NamedTuple

from casework.edit.fields import Fields, written
from casework.edit.sections import subsections
from casework.edit.text import Edit, Original
from casework.model.case import Case, Status
from casework.model.document import Document

FEEDBACK_HINTS = {
    "reasons": (
        "Reasons",
        "<!-- Which part of the level was not there, in which quarter, and what showed it. -->\n",
    ),
    "a timeline": (
        "Timeline",
        "<!-- When it is possible at the earliest, and when it is realistic. -->\n",
    ),
    "actions": (
        "Actions",
        "<!-- One item each: who does what by when. The next case answers each by name. -->\n",
    ),
}
"""By the part of the feedback that it stands for: its heading, and a word on what belongs there."""


class Decision(NamedTuple):
    """What was decided, and when."""

    outcome: Status
    decided: date
    effective: date | None
    """From when it holds; None for a decision against the case."""

    @property
    def is_favourable(self) -> bool:
        """Whether the case got what it asks for."""
        return self.outcome in (Status.PROMOTED, Status.GRANTED)


def decided_case(
    content: bytes, case: Case, decision: Decision, missing: tuple[str, ...] = ()
) -> bytes:
    """The case with its new status and dates, and a place for the missing parts of the feedback.

    Raises RefusedError.
    """
    original = Original(content)
    fields = Fields(original, case.document)
    edits = [fields.replaced(("status",), decision.outcome.value)]
    edits += _dates(fields, decision)
    if not decision.is_favourable:
        parts = dict(FEEDBACK_HINTS[each] for each in missing)
        edits += subsections(original, case, "Feedback", parts)
    return original.edited(edits)


def _dates(fields: Fields, decision: Decision) -> list[Edit]:
    indent, line = fields.indent(("status",)), fields.line_after(("status",))
    days = {"decided": decision.decided, "effective": decision.effective}
    lines = [f"{indent}{name}: {day.isoformat()}\n" for name, day in days.items() if day]
    return [fields.original.lines_before(line, "".join(lines))]


def promoted_person(
    content: bytes, people: Document, person: str, level: str, since: date
) -> bytes:
    """people.yaml with the level that somebody reached, and the day. Raises RefusedError."""
    original = Original(content)
    fields = Fields(original, people)
    path = ("people", person)
    return original.edited(
        [
            fields.replaced((*path, "level"), level),
            fields.replaced((*path, "level_since"), written(since.isoformat())),
        ]
    )
