"""A talent review at a glance, as GitHub Markdown."""

from collections.abc import Iterator, Sequence

from casework.model.english import day
from casework.model.glance import Glance, Sighting
from casework.model.people import People
from casework.render.escape import inline, prose
from casework.render.markdown import table
from casework.render.standing import aim
from casework.render.status import (
    EARLIER,
    IN_BAND,
    IN_ORDER_OF_NAMES,
    NO_CASES,
    VERDICT,
    away,
    days_of,
    due_next,
    late,
    place_in_words,
    status,
    verdict,
    waiting_in_words,
    waits,
    who,
)


def status_markdown(glance: Glance, people: People) -> str:
    """The review's days, its cases, who waits, what is late."""
    return "".join(f"{each}\n" for each in _lines(glance, people))


def _lines(glance: Glance, people: People) -> Iterator[str]:
    yield f"# Talent review {inline(glance.review.id)}"
    yield ""
    for what, when in days_of(glance.review):
        yield f"- {what}: {day(when)}, {away(when, glance.as_of)}"
    yield from ("", f"**{prose(due_next(glance))}**", "")
    if glance.cases:
        yield from _table(glance.cases, glance, people)
    else:
        yield from (NO_CASES, "")
    if glance.earlier:
        yield from (f"## {EARLIER}", "")
        yield from _table(glance.earlier, glance, people)
    if glance.in_band:
        yield from (f"## {IN_BAND}", "")
        yield from _table(glance.in_band, glance, people)
    yield from _waiting(glance, people)
    yield from _late(glance, people)
    for each in glance.notes:
        yield from (f"Note: {prose(each)}", "")
    yield f"As of {day(glance.as_of)}, by framework {inline(glance.framework)}. {IN_ORDER_OF_NAMES}"


def _waiting(glance: Glance, people: People) -> Iterator[str]:
    found = waits(glance)
    if not found:
        return
    yield from ("## Waiting for an answer", "")
    for each, since in found:
        words = waiting_in_words(since, glance.as_of)
        text = prose(f"{who(each, people)}, pull request {each.pull_request}: {words}")
        yield f"- **{text}**" if since.answer_by < glance.as_of else f"- {text}"
    yield ""


def _late(glance: Glance, people: People) -> Iterator[str]:
    found = tuple(late(glance))
    if not found:
        return
    yield from ("## Late", "")
    for each, sentence in found:
        yield f"- {inline(who(each, people))}: {prose(sentence)}"
    yield ""


def _table(found: Sequence[Sighting], glance: Glance, people: People) -> Iterator[str]:
    # A column that says nothing would take room from the others on a phone.
    columns = 3 if any(each.due for each in found) else 2 if any(map(verdict, found)) else 1
    rows = [_cells(each, glance, people)[:columns] for each in found]
    yield from table(("Case", VERDICT, "Due")[:columns], rows)


def _cells(sighting: Sighting, glance: Glance, people: People) -> tuple[str, ...]:
    due, case = sighting.due, sighting.known.report
    where = place_in_words(sighting)
    how_far = status(sighting) if case.status else "no valid status"
    below = f"{how_far}, {where}" if where else how_far
    return (
        # More columns would not fit on a phone.
        f"{inline(who(sighting, people))}, {inline(aim(case))}<br>{inline(below)}",
        inline(verdict(sighting)),
        away(due.day, glance.as_of) if due else "",
    )
