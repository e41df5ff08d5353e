"""What is said of the main branch's history, in whatever format it is said.

Sentences are plain text; what stands in backticks in them is a name from a file.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from casework.model.case import Status
from casework.model.english import counted, day, enumerated
from casework.model.note import NotedApproval
from casework.model.organisation import Organisation
from casework.model.story import (
    Biography,
    Decided,
    Event,
    Moment,
    Opened,
    Outline,
    Standing,
    Story,
    Submitted,
)
from casework.render.history_events import (
    after_end,
    category_names,
    clipped,
    plain,
    sentence,
    status_words,
)
from casework.render.words import person, title

NO_CASES = (
    "No case has been on this branch yet: a case is a file such as `cases/<person>/2027-02.md`."
)
_NO_NOTES = (
    "This clone has no notes on approvals. If the repository keeps them, "
    "`git fetch origin refs/notes/approvals:refs/notes/approvals` brings them."
)
MORE = "`casework history PERSON` or `casework history CASE` tells more."
_CLAIMS = (
    "Days are those of the commits. What a note or a commit's subject says, such as who approved, "
    "is a claim: whoever can push can write it. `docs/history.md` explains what git can prove, "
    "and `casework audit` asks GitHub."
)


class Setting(NamedTuple):
    """What a history is told with."""

    branch: str
    """Whose history it is, as people call it."""
    commit: str
    """Its last one."""
    organisation: Organisation
    has_notes: bool
    """Whether this clone has any."""


def heading(biography: Biography) -> str:
    """Whom it is about, and what level is held."""
    who = biography.person
    if who is None:
        return f"{plain(biography.handle)}, who is not in `cases/people.yaml`"
    said = f"{plain(who.name)} (`{plain(who.handle)}`)"
    if who.level:
        said += f", {plain(who.level)}"
        said += f" since {day(who.level_since)}" if who.level_since else ""
    return f"{said}, left on {day(who.left)}" if who.left else said


def nothing(biography: Biography, branch: str) -> str:
    """What is said of somebody without cases."""
    who = biography.person.name if biography.person else biography.handle
    return f"{plain(who)} has had no case on {plain(branch)} yet."


def story_title(story: Story, organisation: Organisation) -> str:
    """What a case is, and how far it has come."""
    status = status_words(story.case.status if story.case else None)
    state = status if story.is_there else f"deleted ({status} before)"
    if story.case is None:
        return f"A case that could never be read: {state}"
    return f"{plain(title(story.case, organisation.people))}: {state}"


def outline_state(outline: Outline) -> str:
    """How far a case has come, in a few words."""
    status = status_words(outline.case.status if outline.case else None)
    return status if outline.is_there else f"deleted ({status} before)"


def when(moment: Moment) -> str:
    """The day of a moment, and how long after the one before."""
    said = day(moment.landing.day)
    if moment.days is None:
        return said
    if moment.days > 0:
        return f"{said}, {counted(moment.days, 'day')} later"
    if moment.days == 0:
        return f"{said}, the same day"
    return f"{said}, by its own date {counted(-moment.days, 'day')} before that"


def remarks(stories: Sequence[Story], setting: Setting) -> Iterator[str]:
    """What is to be known of where stories come from."""
    if stories and not setting.has_notes:
        yield _NO_NOTES
    if stories:
        yield _CLAIMS


def sentences(moment: Moment, setting: Setting) -> Iterator[str]:
    """What happened, and what the note says of it."""
    for each in moment.events:
        yield sentence(each, setting.organisation)
    if moment.after_decision:
        yield "This was after the decision, when the case should have stayed as it was."
    if claim := _claim(moment, setting):
        yield claim


def _claim(moment: Moment, setting: Setting) -> str:
    """What the note of a moment says of who opened and who approved."""
    note, noted = moment.landing.note, moment.noted
    decided = any(isinstance(each, Decided) for each in moment.events)
    if note is None:
        return "No note says who approved." if decided and setting.has_notes else ""
    is_step = decided or any(map(_hands_in, moment.events))
    if not (is_step or (noted and noted.approvals)):
        return ""  # who opened the pull request of a draft is told by JSON
    said = [f"opened by {_who(note.author, setting)}"] if note.author else []
    if noted and noted.approvals:
        said.append(f"approved by {_approvers(noted.approvals, setting)}")
    elif decided:
        said.append("approved by nobody whose approval counted" if noted else _OTHERWISE)
    return f"The note says: {', '.join(said)}." if said else ""


_OTHERWISE = "nothing of the case as it is here"


def _hands_in(event: Event) -> bool:
    """Whether a case was submitted with it."""
    if isinstance(event, Opened):
        return event.status is Status.SUBMITTED
    return isinstance(event, Submitted)


def _approvers(approvals: tuple[NotedApproval, ...], setting: Setting) -> str:
    return enumerated([
        _who(each.reviewer, setting) + (f" ({clipped(plain(each.level))})" if each.level else "")
        for each in approvals
    ])  # fmt: skip


def _who(handle: str | None, setting: Setting) -> str:
    return clipped(plain(person(handle, setting.organisation.people)))


def record_row(standing: Standing, organisation: Organisation) -> tuple[str, str, str, str]:
    """A quarter on record: its label, its ratings, since when, and what became of it."""
    names, record = category_names(organisation), standing.on_record
    ratings = ", ".join(
        f"{names.get(category) or clipped(plain(category))} {rating.word}"
        for category, rating in standing.ratings.items()
    )
    if record.first is None:
        return record.quarter.label, ratings, "not in all categories yet", ""
    late = ", late" if record.is_late else ""
    since = f"{day(record.first.day)}, {after_end(record.days or 0)}{late}"
    if record.as_now is None:
        return record.quarter.label, ratings, since, "no longer rated"
    if record.as_now.commit != record.first.commit:
        return record.quarter.label, ratings, since, f"so since {day(record.as_now.day)}"
    return record.quarter.label, ratings, since, "unchanged"
