"""A talent review at a glance, for a terminal."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from casework.model.english import day
from casework.model.glance import Glance, Sighting, Where
from casework.model.people import People
from casework.render.columns import cells, padded, wrapped
from casework.render.escape import terminal, without_commands
from casework.render.paint import Paint, painter
from casework.render.status import (
    EARLIER,
    IN_BAND,
    IN_ORDER_OF_NAMES,
    NO_CASES,
    VERDICT,
    aim_briefly,
    away,
    days_of,
    due_next,
    late,
    place,
    status,
    verdict,
    waiting_in_words,
    waits,
    who,
)

_LEAST = 16
"""Cells that the last column takes at least, however narrow the terminal is."""


_HEADER = ("Person", "Case", "In", "Status", "Due", VERDICT)


class _Page(NamedTuple):
    """What every part of the output is made with."""

    glance: Glance
    people: People
    paint: Paint
    width: int


def status_text(glance: Glance, people: People, *, colour: bool, width: int) -> str:
    """The review's days, its cases, who waits, what is late."""
    page = _Page(glance, people, painter(colour), width)
    return without_commands("".join(f"{each}\n" for each in _lines(page)))


def _lines(page: _Page) -> Iterator[str]:
    glance, review = page.glance, page.glance.review
    heading = page.paint(terminal(f"Talent review {review.id}"), "bold")
    yield f"{heading}, as of {day(glance.as_of)}"
    yield ""
    for what, when in days_of(review):
        yield f"  {what:<12}{day(when):<20}{away(when, glance.as_of)}"
    yield from ("", *wrapped(due_next(glance), page.width))
    yield ""
    yield from _table(glance.cases, page) if glance.cases else (NO_CASES,)
    if glance.earlier:
        yield from ("", page.paint(EARLIER, "bold"))
        yield from _table(glance.earlier, page)
    if glance.in_band:
        yield from ("", page.paint(IN_BAND, "bold"))
        yield from _table(glance.in_band, page)
    yield from _waiting(page)
    yield from _late(page)
    yield ""
    for each in glance.notes:
        yield from wrapped(f"Note: {terminal(each)}", page.width, hanging="  ")
    yield from wrapped(IN_ORDER_OF_NAMES, page.width)


def _waiting(page: _Page) -> Iterator[str]:
    found = waits(page.glance)
    if found:
        yield from ("", page.paint("Waiting for an answer", "bold"))
    for each, since in found:
        words = waiting_in_words(since, page.glance.as_of)
        text = f"{who(each, page.people)}, pull request {each.pull_request}: {words}"
        is_late = since.answer_by < page.glance.as_of
        yield from _bullet(text, page, "yellow" if is_late else None)


def _late(page: _Page) -> Iterator[str]:
    found = tuple(late(page.glance))
    if found:
        yield from ("", page.paint("Late", "bold"))
    for each, sentence in found:
        yield from _bullet(f"{who(each, page.people)}: {sentence}", page, "yellow")


def _bullet(text: str, page: _Page, style: str | None) -> Iterator[str]:
    for line in wrapped(terminal(text), page.width, "  - ", "    "):
        yield page.paint(line, style) if style else line


def _table(found: Sequence[Sighting], page: _Page) -> Iterator[str]:
    """What does not fit in the last column goes on below it: nothing is cut off."""
    rows = [_HEADER, *(_cells(each, page) for each in found)]
    columns = [each for each in zip(*rows, strict=True) if each[0] not in _hidden(found)]
    widths = [max(map(cells, each)) for each in columns[:-1]]
    before = sum(widths) + 2 * len(widths)
    room = max(page.width - before, _LEAST)
    for row, (*texts, end) in enumerate(zip(*columns, strict=True)):
        start = "".join(f"{padded(*each)}  " for each in zip(texts, widths, strict=True))
        head, *rest = wrapped(end, room) or [""]
        for line in (start + head, *(" " * before + each for each in rest)):
            yield line.rstrip() if row else page.paint(line.rstrip(), "bold")


def _hidden(found: Sequence[Sighting]) -> set[str]:
    """The columns that would say the same of every case."""
    is_all_main = all(each.where is Where.MAIN for each in found)
    is_never_due = not any(each.due for each in found)
    is_all_over = not any(map(verdict, found))
    return {*(["In"] * is_all_main), *(["Due"] * is_never_due), *([VERDICT] * is_all_over)}


def _cells(sighting: Sighting, page: _Page) -> tuple[str, ...]:
    due = sighting.due
    texts = (
        who(sighting, page.people),
        aim_briefly(sighting),
        place(sighting),
        status(sighting),
        away(due.day, page.glance.as_of) if due else "",
        verdict(sighting),
    )
    return tuple(map(terminal, texts))
