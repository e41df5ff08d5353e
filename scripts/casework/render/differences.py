"""What differs from an earlier state of a case, in sentences: a list that stays short.

Sentences are plain text; what stands in backticks in them is a name from a file.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice

from casework.model.case import Evidence
from casework.model.difference import (
    CellChange,
    Change,
    Changes,
    EvidenceChange,
    FieldChange,
    QuarterChange,
    SectionChange,
    Value,
)
from casework.model.english import counted, day, enumerated
from casework.model.fiscal import Quarter
from casework.model.organisation import Organisation
from casework.model.report import JudgedCase
from casework.render.escape import prose
from casework.render.evidence import gist
from casework.render.markdown import folded
from casework.render.words import categories, person

MOST = 30
"""How many sentences are written about one state."""

_MOST_QUOTED = 3
_LONGEST = 120

_SINCE_PUSH = "since the last push"
_SINCE_MAIN = "since the case was last on the main branch"

_LABELS = {
    "status": "Status",
    "review": "Talent review",
    "decided": "Decided on",
    "effective": "Effective from",
    "kind": "Kind",
    "person": "Person",
    "from": "Level held",
    "to": "Level asked for",
    "level_since": "Level held since",
    "manager": "Manager",
    "framework": "Version of the framework",
}


def differences_part(judged: JudgedCase, organisation: Organisation) -> Iterator[str]:
    """What changed in a case, folded away, in Markdown; nothing where nobody can tell."""
    for title, said, listed in told(judged, organisation):
        if not listed:
            yield prose(said)
            yield ""
            continue
        lines = [prose(said), "", *(f"- {prose(each)}" for each in listed)]
        yield from folded(title, iter(lines))


def told(
    judged: JudgedCase, organisation: Organisation
) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """For each earlier state a heading, what it is compared with, and the list of what differs."""
    push, main = judged.since_push, judged.since_main
    if push and main and push._replace(since=main.since) == main:
        yield _told(f"{_SINCE_PUSH}, and {_SINCE_MAIN}", [push, main], judged, organisation)
        return
    if push:
        yield _told(_SINCE_PUSH, [push], judged, organisation)
    if main:
        yield _told(_SINCE_MAIN, [main], judged, organisation)


def _told(
    since: str, alike: Sequence[Changes], judged: JudgedCase, organisation: Organisation
) -> tuple[str, str, tuple[str, ...]]:
    commits = enumerated([f"`{each.since[:12]}`" for each in alike])
    noun = "commit" if len(alike) == 1 else "commits"
    listed = sentences(alike[0], judged, organisation)
    said = f"Compared with {noun} {commits}:"
    if not listed:
        said = f"Nothing that this case says has changed {since} ({noun} {commits})."
    return f"What changed {since}", said, listed


def sentences(changes: Changes, judged: JudgedCase, organisation: Organisation) -> tuple[str, ...]:
    """All that differs, what matters most first, cut off where it gets long."""
    columns = categories(judged.report, organisation.framework)
    names = {each.id: each.name for each in columns}
    found = _sentences(changes, names, organisation)
    listed = tuple(islice(found, MOST))
    more = sum(1 for _ in found)
    if not more:
        return listed
    left = f"{counted(more, 'more change').capitalize()} {'is' if more == 1 else 'are'}"
    return (*listed, f"{left} not listed here.")


def _sentences(
    changes: Changes, names: dict[str, str], organisation: Organisation
) -> Iterator[str]:
    if changes.moved_from:
        yield f"The file was at {_named(changes.moved_from)} before."
    yield from (_field(each, organisation) for each in changes.fields)
    yield from (_quarter(each, names) for each in changes.quarters)
    for each in changes.evidence:
        yield from _evidence(each, names, is_quotable=changes.is_quotable)
    yield from (_section(each, is_quotable=changes.is_quotable) for each in changes.sections)


def _field(change: FieldChange, organisation: Organisation) -> str:
    label = _LABELS[change.name]
    was, now = (_value(change.name, each, organisation) for each in (change.before, change.after))
    if change.before is None:
        return f"{label}: {now}, which is new."
    if change.after is None:
        return f"{label}: nothing readable any more; it was {was}."
    return f"{label}: {was} → {now}."


def _value(name: str, value: Value, organisation: Organisation) -> str:
    if isinstance(value, date):
        return day(value)
    if value is not None and name in ("manager", "person"):
        return _plain(person(value, organisation.people))
    return _named(value or "")


def _quarter(change: QuarterChange, names: dict[str, str]) -> str:
    label = change.quarter.label
    if change.change is Change.CHANGED:
        cells = [_cell(each, names) for each in change.cells]
        return f"{label}: {', '.join(cells)}."
    rated = [(each.category, each.before or each.after) for each in change.cells]
    words = enumerated([f"{_name(name, names)} `{each.word}`" for name, each in rated if each])
    if change.change is Change.ADDED:
        return f"{label} is new: {words}." if words else f"{label} is new, without a rating."
    return f"{label} is no longer rated{f'; it was {words}' if words else ''}."


def _cell(change: CellChange, names: dict[str, str]) -> str:
    was, now = (f"`{each.word}`" if each else "not rated" for each in (change.before, change.after))
    return f"{_name(change.category, names)} {was} → {now}"


def _evidence(change: EvidenceChange, names: dict[str, str], *, is_quotable: bool) -> Iterator[str]:
    cell = f"{change.quarter.label}, {_name(change.category, names)}"
    for items, what in (
        (change.added, "evidence added"),
        (change.removed, "evidence removed"),
        (change.reworded, "evidence changed, which now reads"),
    ):
        if items and is_quotable:
            yield f"{cell}: {what}: {_quoted(items)}."
        elif items:
            yield f"{cell}: {what.partition(',')[0]} ({counted(len(items), 'item')})."


def _quoted(items: Sequence[Evidence]) -> str:
    """How the first of them begin."""
    shown = [f"“{_plain(gist(each.text, _LONGEST)).rstrip('.')}”" for each in items[:_MOST_QUOTED]]
    more = len(items) - len(shown)
    return enumerated([*shown, counted(more, "more item")] if more else shown)


def _section(change: SectionChange, *, is_quotable: bool) -> str:
    quarter = Quarter.parse(change.title.upper())
    if quarter:
        return f"{quarter.label}: text beside the evidence {change.change.value}."
    if not change.title:
        return "The text before the first section was changed."
    name = f"The section “{_plain(_clipped(change.title))}”" if is_quotable else "A section"
    return f"{name} was {change.change.value}."


def _name(category: str, names: dict[str, str]) -> str:
    return _plain(names.get(category) or _clipped(category))


def _named(text: str) -> str:
    return f"`{_plain(_clipped(text))}`"


def _plain(text: str) -> str:
    """Words by others, fit to stand in a sentence of ours."""
    return " ".join(text.replace("`", "'").split())


def _clipped(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
