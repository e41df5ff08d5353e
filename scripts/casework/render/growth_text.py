"""Those below the expected level, for a terminal."""

from collections.abc import Iterator
from datetime import date

from casework.model.english import day
from casework.model.growth import Growing, Growth
from casework.model.people import Person
from casework.render.columns import wrapped
from casework.render.escape import terminal, without_commands
from casework.render.growth import (
    NOBODY_EXPECTED,
    lines,
    name_of,
    nobody,
    purpose,
    unplaced,
)
from casework.render.paint import Paint, painter

_LABEL = 17
"""Cells that a label takes, with the gap behind it."""


def growth_text(growth: Growth, *, colour: bool, width: int, manager: Person | None = None) -> str:
    """The list; `manager` is the one whose reports were asked for."""
    paint = painter(colour)
    return without_commands("".join(f"{each}\n" for each in _page(growth, paint, width, manager)))


def _page(growth: Growth, paint: Paint, width: int, manager: Person | None) -> Iterator[str]:
    if growth.expected is None:
        yield from wrapped(NOBODY_EXPECTED, width)
        return
    expected = terminal(growth.expected)
    yield paint(f"Growth towards {expected}", "bold") + f", as of {day(growth.as_of)}"
    yield ""
    yield from wrapped(terminal(purpose(growth)), width)
    if not growth.teams:
        yield from ("", *wrapped(terminal(nobody(growth, manager)), width))
    for team in growth.teams:
        yield from ("", paint(terminal(name_of(team)), "bold"))
        for each in team.people:
            yield ""
            yield from _person(each, growth.as_of, paint, width)
    if note := unplaced(growth):
        yield from ("", *wrapped(terminal(f"Note: {note}"), width, hanging="  "))


def _person(growing: Growing, as_of: date, paint: Paint, width: int) -> Iterator[str]:
    person = growing.person
    name = wrapped(terminal(f"{person.name}, {person.level}"), width, "  ", "    ")
    yield from (paint(line, "bold") for line in name)
    for each in lines(growing, as_of):
        label = f"    {each.label.ljust(_LABEL)}"
        first, *rest = wrapped(terminal(each.text), width, label, " " * len(label))
        # What is long is broken up between its words, which no colour may change.
        yield from (paint(one, "yellow") if each.is_call else one for one in (first, *rest))
