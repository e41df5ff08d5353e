"""What is said of a talent review at a glance, in whatever format it is said."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from casework.model.case import Kind
from casework.model.english import day
from casework.model.glance import Glance, Sighting, Waiting, Where
from casework.model.people import People
from casework.model.policy import TalentReview
from casework.render.advice import missing_next
from casework.render.words import VERDICTS, is_decided, person

IN_ORDER_OF_NAMES = (
    "Cases are sorted by name. A verdict says what a case still lacks; it is not a score."
)
EARLIER = "Not decided in the talent review before this one"
IN_BAND = "In-band increases, which can be proposed on any day"
VERDICT = "Verdict and what is missing"
NO_CASES = "No case for this talent review yet."

_PLACES = {Where.MAIN: "main", Where.HERE: "here"}


def days_of(review: TalentReview) -> tuple[tuple[str, date], ...]:
    """The talent review's days, with what happens on each."""
    return (
        ("opens", review.opens),
        ("cases due", review.cases_due),
        ("decided by", review.decided_by),
    )


def due_next(glance: Glance) -> str:
    """What the talent review asks for next, in a sentence."""
    review, today = glance.review, glance.as_of
    if today <= review.cases_due:
        return f"Due next: cases, by {day(review.cases_due)}, {away(review.cases_due, today)}."
    if today <= review.decided_by:
        until = f"{day(review.decided_by)}, {away(review.decided_by, today)}"
        if glance.cases and not any(map(_awaits_decision, glance.cases)):
            return f"All cases listed here are decided. The talent review ends on {until}."
        return f"Due next: decisions, by {until}."
    later = " The policy lists no later one yet: have its owners add it." if glance.is_last else ""
    return f"It ended on {day(review.decided_by)}, {away(review.decided_by, today)}.{later}"


def _awaits_decision(sighting: Sighting) -> bool:
    """Whether the main branch has no decision on the case, also where one is proposed."""
    return sighting.where is not Where.MAIN or not is_decided(sighting.known.report)


def away(when: date, today: date) -> str:
    """How far a day is: `in 12 days`, `today`, `9 days ago`."""
    days = (when - today).days
    if not days:
        return "today"
    return f"in {_days(days)}" if days > 0 else f"{_days(-days)} ago"


def who(sighting: Sighting, people: People) -> str:
    """Whom the case is about, by its folder."""
    return person(sighting.known.report.path.split("/")[1], people)


def aim_briefly(sighting: Sighting) -> str:
    """What a case asks for: `to IC3`, or `in-band`."""
    case = sighting.known.report
    return "in-band" if case.kind == Kind.IN_BAND_INCREASE else f"to {case.to_level or '?'}"


def place(sighting: Sighting) -> str:
    """Where it was seen, in a word or two."""
    if sighting.pull_request is not None:
        return f"PR {sighting.pull_request}"
    return _PLACES.get(sighting.where, "")


def place_in_words(sighting: Sighting) -> str:
    """Where it was seen, unless that is the main branch."""
    if sighting.pull_request is not None:
        return f"pull request {sighting.pull_request}"
    return "in your working tree" if sighting.where is Where.HERE else ""


def verdict(sighting: Sighting) -> str:
    """What follows from the case, and what it lacks first; nothing once that is history."""
    known = sighting.known
    if sighting.where is Where.MAIN and is_decided(known.report):
        return ""
    missing = missing_next(known.report, known.errors)
    return VERDICTS[known.report.verdict].lower() + (f": {missing}" if missing else "")


def status(sighting: Sighting) -> str:
    """How far the case has come; `?` where its file does not say."""
    return (sighting.known.report.status or "?").replace("-", " ")


def late(glance: Glance) -> Iterator[tuple[Sighting, str]]:
    """The cases for which a day has passed, each with what to do."""
    for each in (*glance.cases, *glance.earlier):
        if each.due and each.due.day < glance.as_of:
            yield each, each.due.sentence


def waits(glance: Glance) -> tuple[tuple[Sighting, Waiting], ...]:
    """The cases whose pull requests wait for an answer."""
    everything = (*glance.cases, *glance.earlier, *glance.in_band)
    return tuple((each, each.waiting) for each in everything if each.waiting)


def waiting_in_words(waiting: Waiting, today: date) -> str:
    """How long an answer has been waited for, and whether it is late."""
    days = max((today - waiting.since).days, 0)
    how_long = f"since {day(waiting.since)}" + (f", {_days(days)}" if days else "")
    was = "is" if today <= waiting.answer_by else "was"
    return f"{how_long}; an answer {was} due by {day(waiting.answer_by)}"


def _days(count: int) -> str:
    return f"{count} day{'' if count == 1 else 's'}"


def status_data(glance: Glance) -> dict[str, Any]:
    """The glance as an object for programs: `schemas/status.schema.json` describes it."""
    review = glance.review
    return {
        "status": 1,
        "as_of": glance.as_of.isoformat(),
        "framework": glance.framework,
        "review": {
            "id": review.id,
            "opens": review.opens.isoformat(),
            "cases_due": review.cases_due.isoformat(),
            "decided_by": review.decided_by.isoformat(),
        },
        "cases": [_data(each) for each in glance.cases],
        "earlier": [_data(each) for each in glance.earlier],
        "in_band": [_data(each) for each in glance.in_band],
        "notes": list(glance.notes),
    }


def _data(sighting: Sighting) -> dict[str, Any]:
    known, due, waiting = sighting.known, sighting.due, sighting.waiting
    case = known.report
    return {
        "path": case.path,
        "person": case.path.split("/")[1],
        "kind": case.kind,
        "from": case.from_level,
        "to": case.to_level,
        "status": case.status,
        "verdict": case.verdict.value,
        "missing_next": missing_next(case, known.errors) or None,
        "where": sighting.where.value,
        "pull_request": sighting.pull_request,
        "due": due and {"stage": due.stage.value, "day": due.day.isoformat()},
        "waiting": waiting
        and {"since": waiting.since.isoformat(), "answer_by": waiting.answer_by.isoformat()},
    }
