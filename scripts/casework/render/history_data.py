"""The history of cases as an object for programs: `schemas/history.schema.json` describes it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from casework.model.case import Case
from casework.model.difference import CellChange
from casework.model.fiscal import Quarter
from casework.model.history import Landing
from casework.model.note import NotedApproval
from casework.model.rating import Rating
from casework.model.story import (
    Biography,
    Event,
    Moment,
    Outline,
    Overview,
    Standing,
    Story,
    Told,
)
from casework.render.history import Setting

_Wire = dict[str, Any]


def history_data(told: Told, setting: Setting) -> _Wire:
    """The history, as far as it was asked for."""
    return {
        "history": 1,
        "branch": setting.branch,
        "commit": setting.commit,
        "has_notes": setting.has_notes,
        "person": told.handle if isinstance(told, Biography) else None,
        "record": [_standing(e) for e in told.record] if isinstance(told, Biography) else [],
        "cases": [_outline(e) for e in told.outlines]
        if isinstance(told, Overview)
        else [_story(e) for e in told.stories],
    }


def _outline(outline: Outline) -> _Wire:
    return {
        **_case(outline.path, outline.person, outline.case, is_there=outline.is_there),
        "first": _landing(outline.first),
        "last": _landing(outline.last),
        "moments": None,
    }


def _story(story: Story) -> _Wire:
    return {
        **_case(story.path, story.person, story.case, is_there=story.is_there),
        "first": _landing(story.moments[0].landing),
        "last": _landing(story.moments[-1].landing),
        "moments": [_moment(each) for each in story.moments],
    }


def _case(path: str, person: str, case: Case | None, *, is_there: bool) -> _Wire:
    return {
        "path": path,
        "person": person,
        "kind": case and case.kind,
        "from": case and case.from_level,
        "to": case and case.to_level,
        "review": case and case.review,
        "status": case and case.status,
        "decided": _said(case and case.decided),
        "effective": _said(case and case.effective),
        "is_there": is_there,
    }


def _landing(landing: Landing) -> _Wire:
    return {
        "commit": landing.commit,
        "day": landing.day.isoformat(),
        "author": landing.author,
        "subject": landing.subject,
        "pull_request": landing.pull_request,
    }


def _moment(moment: Moment) -> _Wire:
    note, noted = moment.landing.note, moment.noted
    return {
        **_landing(moment.landing),
        "path": moment.path,
        "content": moment.content,
        "days": moment.days,
        "after_decision": moment.after_decision,
        "events": [_event(each) for each in moment.events],
        "claim": note
        and {
            "opened_by": note.author,
            "verdict": noted and noted.verdict,
            "approvals": noted and [_approval(each) for each in noted.approvals],
        },
    }


def _approval(approval: NotedApproval) -> _Wire:
    return {
        "reviewer": approval.reviewer,
        "account": approval.account,
        "level": approval.level,
        "commit": approval.commit,
        "day": _said(approval.day),
    }


def _standing(standing: Standing) -> _Wire:
    record = standing.on_record
    return {
        "quarter": record.quarter.label,
        "ratings": _said(standing.ratings),
        "since": record.first and _landing(record.first),
        "as_now": record.as_now and _landing(record.as_now),
        "days": record.days,
        "is_late": record.is_late,
    }


def _event(event: Event) -> _Wire:
    """An event by its name, with all that it holds."""
    name = "".join(f"-{c.lower()}" if c.isupper() else c for c in type(event).__name__)[1:]
    return {"event": name, **{field: _said(value) for field, value in event._asdict().items()}}


def _said(value: Any) -> Any:
    """Something that an event holds, as JSON has it."""
    match value:
        case Quarter():
            return value.label
        case Rating():
            return value.word
        case Landing():
            return _landing(value)
        case CellChange():
            return {name: _said(each) for name, each in value._asdict().items()}
        case date():
            return value.isoformat()
        case Mapping():
            return {name: _said(each) for name, each in value.items()}
        case tuple():
            return [_said(each) for each in value]
        case _:
            return value
