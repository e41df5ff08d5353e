"""What happened to a case, in sentences.

They are plain text; what stands in backticks in them is a name from a file.
"""

from collections.abc import Callable, Mapping
from typing import Any

from casework.model.case import Status
from casework.model.difference import CellChange
from casework.model.english import counted, day, enumerated
from casework.model.history import Landing
from casework.model.organisation import Organisation
from casework.model.rating import Rating
from casework.model.story import (
    Decided,
    Deleted,
    Dropped,
    Edited,
    Event,
    EvidenceGone,
    ManagerChanged,
    Moved,
    Opened,
    PutBack,
    Readable,
    Recorded,
    Reopened,
    Rerated,
    Submitted,
    Unreadable,
)
from casework.render.evidence import gist
from casework.render.words import person

_LONGEST = 120
_MOST_QUOTED = 3

_Names = Mapping[str, str]
"""What the categories are called, by id."""


def sentence(event: Event, organisation: Organisation) -> str:
    """What happened, in a sentence."""
    return _SENTENCES[type(event)](event, organisation)


def status_words(status: Status | None) -> str:
    """A status as people say it."""
    return status.value.replace("-", " ") if status else "of no known status"


def source(landing: Landing) -> str:
    """By which pull request and which commit something got on the main branch."""
    commit = f"commit `{landing.commit[:12]}`"
    author = clipped(plain(landing.author))
    by = f"{commit} by {author}" if author else commit
    number = landing.pull_request
    return f"pull request {number}, {by}" if number is not None else by


def category_names(organisation: Organisation) -> _Names:
    """What the categories of all tracks are called, by id."""
    tracks = organisation.framework.tracks
    return {each.id: plain(each.name) for track in tracks for each in track.categories}


def after_end(days: int) -> str:
    """How long after a quarter's end something was."""
    if days == 0:
        return "on the quarter's last day"
    return f"{counted(abs(days), 'day')} {'after' if days > 0 else 'before'} the quarter's end"


def plain(text: str) -> str:
    """Words by others, fit to stand in a sentence of ours."""
    return " ".join(text.replace("`", "'").split())


def clipped(text: str) -> str:
    """The text, or the beginning of one that nobody would read to its end."""
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _opened(event: Opened, organisation: Organisation) -> str:
    if event.status and event.status.is_decided:
        return "Opened already decided."
    return f"Opened: {status_words(event.status)}." if event.status else "Opened."


def _recorded(event: Recorded, organisation: Organisation) -> str:
    names, label = category_names(organisation), event.quarter.label
    rated = enumerated([f"{_name(id_, names)} `{r.word}`" for id_, r in event.ratings.items()])
    if event.earlier:
        since = f"on record since {day(event.earlier.day)}, with {source(event.earlier)}"
        if not event.cells:
            return f"{label} is rated here too: {rated}. It has been {since}."
        changed = _cells(event.cells, organisation)
        return f"{label} is rated differently here: {changed}. It has been {since}."
    late = ", which is late" if event.is_late else ""
    return f"{label} went on record {after_end(event.days)}{late}: {rated}."


def _rerated(event: Rerated, organisation: Organisation) -> str:
    return f"Ratings of {event.quarter.label} changed: {_cells(event.cells, organisation)}."


def _dropped(event: Dropped, organisation: Organisation) -> str:
    names = category_names(organisation)
    was = [f"{_name(e.category, names)} {_word(e.before)}" for e in event.cells]
    return f"{event.quarter.label} is no longer rated; it was {enumerated(was)}."


def _evidence_gone(event: EvidenceGone, organisation: Organisation) -> str:
    cell = f"{event.quarter.label}, {_name(event.category, category_names(organisation))}"
    shown = [f"“{plain(gist(each, _LONGEST)).rstrip('.')}”" for each in event.items[:_MOST_QUOTED]]
    more = event.how_many - len(shown)
    rest = [counted(more, "more item" if shown else "item")] if more else []
    return f"Evidence disappeared ({cell}): {enumerated([*shown, *rest])}."


def _moved(event: Moved, organisation: Organisation) -> str:
    path = _named(event.before_path)
    if event.before_review == event.review:
        return f"Moved: the file was at {path} before."
    was, now = (_named(each) if each else "none" for each in (event.before_review, event.review))
    moved = f", and the file was at {path} before" if event.before_path != event.path else ""
    return f"Taken to another talent review: {was} → {now}{moved}."


def _reopened(event: Reopened, organisation: Organisation) -> str:
    if event.before is Status.SUBMITTED:
        return "Withdrawn: a draft again."
    was, now = status_words(event.before), status_words(event.status)
    return f"The decision was taken back: {was} → {now}."


def _decided(event: Decided, organisation: Organisation) -> str:
    said = status_words(event.outcome)
    if event.instead_of:
        said += f", where it was {status_words(event.instead_of)} before"
    if event.decided:
        said += f", on {day(event.decided)}"
    if event.effective:
        said += f", effective {day(event.effective)}"
    return f"Decided: {said}."


def _manager_changed(event: ManagerChanged, organisation: Organisation) -> str:
    was, now = (
        clipped(plain(person(each, organisation.people))) if each else "nobody"
        for each in (event.before, event.manager)
    )
    return f"The manager in the case changed: {was} → {now}."


def _edited(event: Edited, organisation: Organisation) -> str:
    parts = [f"`{each}`" for each in event.fields]
    parts += ["the evidence"] if event.evidence else []
    titles = [_named(each) for each in event.sections]
    if titles:
        parts.append(f"the section{'s' if len(titles) > 1 else ''} {enumerated(titles)}")
    elif event.text:
        parts.append("the text")
    return f"Edited: {enumerated(parts)}." if parts else "Edited; what it says is the same."


def _always(said: str) -> Callable[[Any, Organisation], str]:
    return lambda event, organisation: said


_SENTENCES: Mapping[type, Callable[[Any, Organisation], str]] = {
    Opened: _opened,
    Recorded: _recorded,
    Rerated: _rerated,
    Dropped: _dropped,
    EvidenceGone: _evidence_gone,
    Moved: _moved,
    Submitted: _always("Submitted."),
    Reopened: _reopened,
    Decided: _decided,
    ManagerChanged: _manager_changed,
    Edited: _edited,
    Unreadable: _always("The file was left in a state that cannot be read."),
    Readable: _always("The file can be read again."),
    Deleted: _always("Deleted."),
    PutBack: _always("Put back."),
}


def _cells(cells: tuple[CellChange, ...], organisation: Organisation) -> str:
    names = category_names(organisation)
    return ", ".join(
        f"{_name(each.category, names)} {_word(each.before)} → {_word(each.after)}"
        for each in cells
    )


def _word(rating: Rating | None) -> str:
    return f"`{rating.word}`" if rating else "not rated"


def _name(category: str, names: _Names) -> str:
    return names.get(category) or clipped(plain(category))


def _named(text: str) -> str:
    return f"`{clipped(plain(text))}`"
