"""Since when the main branch has held a case's ratings, quarter by quarter.

Sentences are plain text; what stands in backticks in them is a name from a file.
"""

from casework.model.english import counted, day
from casework.model.history import Landing, OnRecord
from casework.model.report import JudgedCase

PAGE = "docs/history.md"
"""The page that says more of it; the introduction names it."""

_INTRODUCTION = (
    f"How long the main branch has had these ratings (`{PAGE}` says what git can prove of that, "
    "and what it cannot):"
)
_NONE = "The main branch does not have any of these ratings yet."


def on_record(judged: JudgedCase) -> tuple[str, tuple[str, ...]]:
    """An introduction, and a sentence for each quarter; the first alone where it says it all."""
    found = judged.on_record or ()
    if not found:
        return "", ()
    if not any(each.first for each in found):
        return _NONE, ()
    return _INTRODUCTION, tuple(map(_sentence, found))


def _sentence(each: OnRecord) -> str:
    if each.first is None:
        return f"{each.quarter.label}: not on the main branch yet."
    parts = [f"since {day(each.first.day)}, {_delay(each)}, with {_named(each.first)}"]
    if each.as_now is None:
        parts.append("the ratings there differ from those here")
    elif each.as_now.commit != each.first.commit:
        parts.append(
            f"the present ratings came on {day(each.as_now.day)}, with {_named(each.as_now)}"
        )
    return f"{each.quarter.label}: {'; '.join(parts)}."


def _delay(each: OnRecord) -> str:
    """How long after the quarter's end it was."""
    days = each.days or 0
    if days <= 0:
        return (
            f"{counted(-days, 'day')} before the quarter's end"
            if days
            else "the quarter's last day"
        )
    late = ", which is late" if each.is_late else ""
    return f"{counted(days, 'day')} after the quarter's end{late}"


def _named(landing: Landing) -> str:
    commit = f"commit `{landing.commit[:12]}`"
    number = landing.pull_request
    return f"pull request {number} ({commit})" if number is not None else commit
