"""What an audit found, for programs: `schemas/audit.schema.json` describes it."""

from casework.model.audit import (
    Audit,
    AuditedCase,
    AuditedLevel,
    Check,
    Claim,
    Held,
    Testimony,
    UnreadCase,
)
from casework.render.wire import Wire


def audit_data(audit: Audit) -> Wire:
    """The object that `casework audit --format json` prints."""
    return {
        "audit": 1,
        "base": audit.base,
        "commit": audit.commit,
        "whose": audit.whose,
        "has_notes": audit.has_notes,
        "asked": audit.asked,
        "cases": [_case(each) for each in audit.cases],
        "unreadable": [_unread(each) for each in audit.unread],
        "levels": [_level(each) for each in audit.levels],
    }


def _case(case: AuditedCase) -> Wire:
    return {
        "path": case.path,
        "person": case.person,
        "kind": case.kind,
        "from": case.from_level,
        "to": case.to_level,
        "status": case.status,
        "decided": case.decided.isoformat() if case.decided else None,
        "commit": case.landing.commit,
        "day": case.landing.day.isoformat(),
        "pull_request": case.landing.pull_request,
        "answer": case.answer.value,
        "checks": [_check(each) for each in case.checks],
        "claim": _claim(case.claim) if case.claim else None,
        "github": _testimony(case.testimony) if case.testimony else None,
    }


def _unread(case: UnreadCase) -> Wire:
    return {
        "path": case.path,
        "commit": case.landing.commit,
        "day": case.landing.day.isoformat(),
        "pull_request": case.landing.pull_request,
        "detail": case.detail,
        "help": case.help,
    }


def _level(level: AuditedLevel) -> Wire:
    return {
        "person": level.person,
        "from": _held(level.before),
        "to": _held(level.after),
        "commit": level.landing.commit,
        "day": level.landing.day.isoformat(),
        "pull_request": level.landing.pull_request,
        "answer": level.answer.value,
        "detail": level.detail,
        "help": level.help or None,
        "level_reason": level.stated,
        "case": level.case,
    }


def _held(held: Held) -> Wire:
    since = None if held.since is None else str(held.since)
    return {"level": str(held.level), "level_since": since}


def _check(check: Check) -> Wire:
    return {
        "id": check.id,
        "answer": check.answer.value,
        "detail": check.detail,
        "help": check.help or None,
    }


def _claim(claim: Claim) -> Wire:
    return {
        "pull_request": claim.pull_request,
        "approved_by": [each.account for each in claim.approvals],
    }


def _testimony(testimony: Testimony) -> Wire:
    return {"word": testimony.word.value, "detail": testimony.detail}
