"""What follows from a verdict: what it means for the case, and what to do next."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from casework.model.case import Kind, Status
from casework.model.english import counted, day, enumerated, number
from casework.model.policy import Policy
from casework.model.report import Because, CaseReport, Requirement, State, Verdict
from casework.render.words import labels, lack

if TYPE_CHECKING:
    from casework.model.approval import ApprovalOutcome, ReviewStanding

_DECISIONS = {
    Status.PROMOTED: "the decision to promote",
    Status.NOT_YET: "the decision not to promote yet",
    Status.GRANTED: "the decision to grant the increase",
    Status.DECLINED: "the decision to decline the increase",
}

_REFUSED: dict[str, str] = {
    Status.NOT_YET: "the promotion",
    Status.DECLINED: "the increase",
}

REMEDIES = {
    "next-level": "Set `to` to the level right above, one whose description is finalised.",
    "values": "Write the Values section: how the organisation's values show in this work.",
    "talent-review": "In `review`, name a talent review that is still to be decided.",
    "not-yet-next-level": "Open a promotion case instead: what it takes is there.",
    "feedback": "Write the Feedback section: reasons, a timeline, and actions.",
}


def gap(case: CaseReport) -> tuple[Requirement, ...]:
    """The requirements that are not met, approvals aside."""
    return tuple(
        each
        for each in case.assessment.requirements
        if each.state is not State.MET and each.id != "approvals"
    )


def decision(case: CaseReport) -> str | None:
    """What was decided, while it is written down: "the decision to promote"."""
    return next((words for status, words in _DECISIONS.items() if status == case.status), None)


def sentence(case: CaseReport, errors: int, approvals: "ApprovalOutcome | None" = None) -> str:
    """What the verdict means for this case; it follows the verdict's own word.

    `approvals` is what the reviews come to, where there is a pull request to ask.
    """
    decided = decision(case)
    match case.verdict:
        case Verdict.INVALID:
            found = "an error" if errors == 1 else counted(errors, "error") if errors else "errors"
            return f"The file has {found} to fix first."
        case Verdict.NOT_READY:
            missing = enumerated([lack(each.id, case) for each in gap(case)])
            subject = f"T{decided[1:]} is written down, but lacks" if decided else "Still missing:"
            return f"{subject} {missing or 'a requirement'}."
        case Verdict.READY:
            return _ready(case, decided)
        case Verdict.APPROVED:
            is_unasked = approvals is not None and not any(map(_counts, approvals.standings))
            return _unasked(decided) if is_unasked else _approved(case, decided)


def missing_next(case: CaseReport, errors: int) -> str:
    """The one thing to see to first, in a few words."""
    match case.verdict:
        case Verdict.INVALID:
            return counted(errors, "error") + " to fix" if errors else "errors to fix"
        case Verdict.NOT_READY:
            return lack(gap(case)[0].id, case) if gap(case) else ""
        case Verdict.READY:
            return "to be submitted" if case.status == Status.DRAFT else "approvals"
        case Verdict.APPROVED:
            return "the decision" if case.status == Status.SUBMITTED else ""


def steps(
    case: CaseReport, errors: int, policy: Policy, approvals: "ApprovalOutcome | None" = None
) -> tuple[str, ...]:
    """What to do next, the first thing first.

    `approvals` is what the reviews come to, where there is a pull request to ask.
    """
    return tuple(_steps(case, errors, policy, approvals))


def earliest(case: CaseReport) -> str | None:
    """When the case can be ready at the earliest, in a sentence."""
    when = case.assessment.earliest
    if when is None:
        return None
    last = when.quarter.label
    takes = f"It takes one more quarter with the ratings needed: {last} at the earliest"
    if when.more > 1:
        more = number(when.more)
        takes = (
            f"It takes {more} more quarters with the ratings needed: the last one is {last} at "
            "the earliest"
        )
    if case.kind == Kind.IN_BAND_INCREASE:
        return f"{takes}."
    if when.review is None:
        return f"{takes}. No talent review after that is listed yet."
    return f"{takes}, in time for the talent review `{when.review}`."


def shown_not_judged(case: CaseReport) -> tuple[str, ...]:
    """What a reader should know about the quarters, though nothing follows from it."""
    unrated, lower = case.assessment.unrated, case.assessment.lower_since
    said = []
    if unrated:
        verb = "has" if len(unrated) == 1 else "have"
        said.append(f"{labels(unrated)} {verb} no ratings. That is shown, not judged.")
    if lower:
        verb = "is" if len(lower) == 1 else "are"
        said.append(
            f"{labels(lower)} {verb} rated lower than the earlier quarters "
            "used. That is shown, not judged."
        )
    return tuple(said)


def _ready(case: CaseReport, decided: str | None) -> str:
    if decided:
        return f"T{decided[1:]} is written down; what it still needs is the reviewers' approval."
    if case.status == Status.DRAFT:
        return "Everything that the framework asks for is there; the case is still a draft."
    return (
        "Everything that the framework asks for is there; what is still needed is the "
        "reviewers' approval."
    )


def _approved(case: CaseReport, decided: str | None) -> str:
    if decided:
        refused = _REFUSED.get(case.status or "")
        caution = f"; what is approved is that decision, not {refused}" if refused else ""
        return f"The reviewers approve {decided}{caution}."
    return "Everything is there, and the reviewers approve the case as written."


def _counts(standing: "ReviewStanding") -> bool:
    return standing.counts


def _unasked(decided: str | None) -> str:
    what = f"t{decided[1:]} is written down" if decided else "everything is there"
    return f"{what[0].upper()}{what[1:]}, and the policy asks for no approval."


def _steps(
    case: CaseReport, errors: int, policy: Policy, approvals: "ApprovalOutcome | None"
) -> Iterator[str]:
    match case.verdict:
        case Verdict.INVALID:
            yield f"Fix the error{'' if errors == 1 else 's'} listed below."
        case Verdict.NOT_READY:
            yield from _to_be_ready(case)
            if case.status == Status.SUBMITTED:
                yield "To merge it before that, set `status` back to `draft`."
        case Verdict.READY:
            yield from _to_be_approved(case, policy, approvals)
        case Verdict.APPROVED:
            yield from _when_approved(case)


def _to_be_ready(case: CaseReport) -> Iterator[str]:
    for each in gap(case):
        if each.id in REMEDIES:
            yield REMEDIES[each.id]
    of_quarters = [each for each in gap(case) if each.id not in REMEDIES]
    if not of_quarters:
        return
    quarters = case.assessment.quarters
    lacking = [each.quarter for each in quarters if each.because is Because.UNSUPPORTED]
    if lacking:
        yield (
            f"Back every rating of `exceeds` or `next` in {labels(lacking)} with a link or a "
            "witness; without that a quarter does not count."
        )
    when = earliest(case)
    if when and lacking:
        when = f"Without that, i{when[1:]}"
    yield from (when,) if when else (each.detail for each in of_quarters)


def _to_be_approved(
    case: CaseReport, policy: Policy, approvals: "ApprovalOutcome | None"
) -> Iterator[str]:
    if case.status == Status.DRAFT:
        yield from _to_be_settled(approvals) if approvals else ()
        review = policy.talent_review(case.review)
        is_due = review is not None and review.cases_due >= case.assessment.as_of
        due = f" by {day(review.cases_due)}, when cases are due" if review and is_due else ""
        yield f"Set `status` to `submitted`{due}, and ask the reviewers."
        return
    if approvals is None:
        if policy.approvals.required:
            yield f"Ask the calibration group for {approvals_needed(case, policy)}."
    elif approvals.requirement.state is State.UNDETERMINED:
        yield "Have it judged again once the approvals can be known; see below what prevents it."
    else:
        yield from _to_be_settled(approvals)
        yield from _to_be_approved_still(case, approvals)


def _to_be_settled(approvals: "ApprovalOutcome") -> Iterator[str]:
    if blockers := approvals.blockers:
        again = "a new review" if len(blockers) == 1 else "new reviews"
        who = enumerated(list(blockers))
        yield f"Deal with the changes that {who} asked for, and ask for {again}."


def _to_be_approved_still(case: CaseReport, approvals: "ApprovalOutcome") -> Iterator[str]:
    if approvals.missing:
        has_some = any(map(_counts, approvals.standings))
        more = f"{number(approvals.missing)} more" if has_some else number(approvals.missing)
        noun = "approval" if approvals.missing == 1 else "approvals"
        needed = _from_whom(
            f"{more} {noun} of {_what(case)}", approvals.missing, approvals.missing_senior, case
        )
        yield f"Ask the calibration group for {needed}."


def approvals_needed(case: CaseReport, policy: Policy) -> str:
    """How many approvals of what it takes, and from whom: "two approvals of the case"."""
    required, senior = policy.approvals.required, policy.approvals.at_or_above_target
    return _from_whom(f"{counted(required, 'approval')} of {_what(case)}", required, senior, case)


def _what(case: CaseReport) -> str:
    return decision(case) or "the case"


def _from_whom(asked: str, count: int, senior: int, case: CaseReport) -> str:
    target = case.from_level if case.kind == Kind.IN_BAND_INCREASE else case.to_level
    if not senior or not target:
        return asked
    which = f"{number(senior)} of them " if senior < count else "all " if count > 1 else ""
    who = "somebody" if senior == 1 else "people"
    return f"{asked}, {which}from {who} at {target} or above"


def _when_approved(case: CaseReport) -> Iterator[str]:
    if case.status == Status.SUBMITTED:
        meeting = f"the talent review `{case.review}`" if case.review else "the reviewers"
        yield f"Wait for {meeting}; then write the decision in `status`, to be approved as such."
    elif case.status == Status.DRAFT:
        yield "Set `status` to `submitted`; what was approved is the draft as written."
    else:
        yield "Merge the pull request: that makes the decision final."
