"""The history of cases as GitHub Markdown."""

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
from casework.render.escape import code, inline, prose
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
from casework.render.markdown import table


def history_markdown(told: Told, setting: Setting) -> str:
    """The history, as far as it was asked for, as a page."""
    return "\n".join(_lines(told, setting)).rstrip("\n") + "\n"


def _lines(told: Told, setting: Setting) -> Iterator[str]:
    match told:
        case Overview(outlines):
            yield from _overview(outlines)
        case Stories(stories):
            for each in stories:
                yield from _story(each, setting, "#")
            yield from _remarks(stories, setting)
        case Biography():
            yield f"# {prose(heading(told))}"
            yield ""
            for each in told.stories:
                yield from _story(each, setting, "##")
            yield from _record(told.record, setting)
            if not told.stories:
                yield f"{prose(nothing(told, setting.branch))}\n"
            yield from _remarks(told.stories, setting)


def _overview(outlines: Sequence[Outline]) -> Iterator[str]:
    """Every case in a line."""
    yield "# The history of all cases"
    yield ""
    if outlines:
        yield from table(("Case", "Opened", "Last change"), [_row(each) for each in outlines])
        yield prose(MORE)
    else:
        yield prose(NO_CASES)


def _remarks(stories: Sequence[Story], setting: Setting) -> Iterator[str]:
    yield from (f"Note: {prose(each)}\n" for each in remarks(stories, setting))


def _story(story: Story, setting: Setting, level: str) -> Iterator[str]:
    yield f"{level} {prose(story_title(story, setting.organisation))}"
    yield ""
    yield code(story.path)
    yield ""
    for each in story.moments:
        yield from _moment(each, setting)
    yield ""


def _moment(moment: Moment, setting: Setting) -> Iterator[str]:
    yield f"- **{prose(when(moment))}** ({prose(source(moment.landing))})"
    yield from (f"  - {prose(each)}" for each in sentences(moment, setting))


def _record(record: Sequence[Standing], setting: Setting) -> Iterator[str]:
    if record:
        yield "## On record"
        yield ""
        rows = [_record_row(each, setting) for each in record]
        yield from table(("Quarter", "Ratings", "On record since"), rows)


def _record_row(standing: Standing, setting: Setting) -> tuple[str, str, str]:
    quarter, ratings, since, now = map(inline, record_row(standing, setting.organisation))
    return quarter, ratings, f"{since}<br>{now}" if now else since


def _row(outline: Outline) -> tuple[str, ...]:
    case = outline.case
    levels = [inline(each) for each in (case.from_level, case.to_level) if each] if case else []
    state = inline(outline_state(outline))
    return (
        # More columns would not fit on a phone.
        f"{code(outline.path)}<br>{' → '.join(levels) or 'an unnamed level'}, {state}",
        day(outline.first.day),
        day(outline.last.day),
    )
