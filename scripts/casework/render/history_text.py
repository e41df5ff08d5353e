"""The history of cases for a terminal."""

from collections.abc import Iterator, Sequence

from casework.model.english import day
from casework.model.story import (
    Biography,
    Moment,
    Outline,
    Overview,
    Standing,
    Stories,
    Story,
    Told,
)
from casework.render.columns import cells, table, wrapped
from casework.render.escape import terminal, without_commands
from casework.render.history import (
    MORE,
    NO_CASES,
    Setting,
    heading,
    nothing,
    outline_state,
    record_row,
    remarks,
    sentences,
    story_title,
    when,
)
from casework.render.history_events import source
from casework.render.paint import Paint, painter

_HEADER = ("case", "level", "status", "opened", "last change")
_WHOLE = 1_000
"""Cells in which every row has its place: a day without its year would be wrong."""


def history_text(told: Told, setting: Setting, *, colour: bool, width: int) -> str:
    """The history, as far as it was asked for."""
    lines = "\n".join(_lines(told, setting, painter(colour), width))
    return without_commands(lines.rstrip("\n") + "\n")


def _lines(told: Told, setting: Setting, paint: Paint, width: int) -> Iterator[str]:
    match told:
        case Overview(outlines):
            yield from _overview(outlines, paint, width)
            return
        case Stories(stories):
            pass
        case Biography():
            stories = told.stories
            lines = wrapped(terminal(heading(told)), width, hanging="  ")
            yield from (paint(line, "bold") for line in lines)
            yield ""
    for each in stories:
        yield from _story(each, setting, paint, width)
    if isinstance(told, Biography):
        yield from _record(told.record, setting, paint, width)
        if not stories:
            yield from wrapped(terminal(nothing(told, setting.branch)), width)
    for note in remarks(stories, setting):
        yield from wrapped(f"Note: {note}", width, hanging="  ")


def _overview(outlines: Sequence[Outline], paint: Paint, width: int) -> Iterator[str]:
    """Every case in a line."""
    if not outlines:
        yield from wrapped(NO_CASES, width)
        return
    rows = [_HEADER, *(tuple(map(terminal, _row(each))) for each in outlines)]
    if sum(max(map(cells, each)) + 2 for each in zip(*rows, strict=True)) - 2 > width:
        # Every column is wanted whole. The day of the beginning is the first to do without.
        rows = [(*each[:3], each[4]) for each in rows]
    header, *below = rows
    laid_out = table(header, below, max(width, _WHOLE))
    head, *rest = ("  ".join(each).rstrip() for each in laid_out)
    yield paint(head, "bold")
    yield from rest
    yield ""
    yield from wrapped(MORE, width)


def _story(story: Story, setting: Setting, paint: Paint, width: int) -> Iterator[str]:
    title = terminal(story_title(story, setting.organisation))
    yield from (paint(line, "bold") for line in wrapped(title, width, hanging="  "))
    yield terminal(story.path)
    yield ""
    for each in story.moments:
        yield from _moment(each, setting, paint, width)
    yield ""


def _moment(moment: Moment, setting: Setting, paint: Paint, width: int) -> Iterator[str]:
    yield from (paint(line, "cyan") for line in wrapped(terminal(when(moment)), width, "  "))
    style = "red" if moment.after_decision else ""
    for each in sentences(moment, setting):
        for line in wrapped(terminal(each), width, "    ", "      "):
            yield paint(line, style) if style else line
    by = f"{source(moment.landing)}"
    yield from (paint(line, "dim") for line in wrapped(terminal(by), width, "    ", "      "))


def _record(
    record: Sequence[Standing], setting: Setting, paint: Paint, width: int
) -> Iterator[str]:
    if not record:
        return
    yield paint("On record", "bold")
    for each in record:
        label, ratings, since, now = map(terminal, record_row(each, setting.organisation))
        yield from wrapped(ratings, width, f"  {label}  ", " " * 11)
        yield from wrapped(f"{since}{f'; {now}' if now else ''}", width, " " * 11)
    yield ""


def _row(outline: Outline) -> tuple[str, ...]:
    case = outline.case
    levels = [each for each in (case.from_level, case.to_level) if each] if case else []
    return (
        outline.path,
        " → ".join(levels) or "?",
        outline_state(outline),
        day(outline.first.day),
        day(outline.last.day),
    )
