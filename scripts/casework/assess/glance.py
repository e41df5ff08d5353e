"""A talent review at a glance, from cases in all the places where they can be."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta

from casework.assess.agenda import what_is_due
from casework.model.case import Status
from casework.model.english import alphabetical
from casework.model.glance import Glance, Sighting, Waiting, Where
from casework.model.organisation import Organisation
from casework.model.people import People
from casework.model.policy import Policy, TalentReview
from casework.model.pull_request import PullRequest, ReviewState
from casework.model.report import CaseReport

_ANSWERS = (ReviewState.APPROVED, ReviewState.CHANGES_REQUESTED)
_DECIDED = frozenset(each.value for each in Status if each.is_decided)


def current_review(policy: Policy, today: date) -> TalentReview | None:
    """The talent review in progress, or else the next one; the last where all are over."""
    listed = sorted(policy.talent_reviews, key=lambda each: each.decided_by)
    ahead = [each for each in listed if each.decided_by >= today]
    return next(iter(ahead or listed[-1:]), None)


def review_before(review: TalentReview, policy: Policy) -> TalentReview | None:
    """The talent review before another; None where that is the first."""
    before = [each for each in policy.talent_reviews if each.decided_by < review.decided_by]
    return max(before, key=lambda each: each.decided_by, default=None)


def glance(
    sightings: Iterable[Sighting],
    review: TalentReview,
    organisation: Organisation,
    today: date,
    notes: Iterable[str] = (),
) -> Glance:
    """A talent review at a glance.

    `sightings` are the cases of the review, of the one before, and the in-band ones, wherever they
    were seen: which of these a case is, its file's name says. What a pull request proposes is told
    instead of the same case elsewhere.
    """
    policy = organisation.policy
    before = review_before(review, policy)
    told = [_with_due(each, policy, today) for each in _latest(tuple(sightings))]
    told.sort(key=lambda each: _place(each, organisation.people))
    return Glance(
        today,
        organisation.framework.version,
        review,
        all(each.decided_by <= review.decided_by for each in policy.talent_reviews),
        tuple(each for each in told if _name(each) == review.id),
        tuple(e for e in told if before and _name(e) == before.id and not _is_over(e)),
        tuple(each for each in told if is_in_band(_name(each)) and not _is_over(each)),
        tuple(notes),
    )


def is_in_band(name: str) -> bool:
    """Whether that is the name of an in-band case's file, without its ending."""
    return name.startswith("in-band-")


def waiting(
    request: PullRequest,
    cases: Collection[CaseReport],
    pushed: datetime | None,
    organisation: Organisation,
) -> Waiting | None:
    """Since when a pull request waits for a reviewer's first word on what it proposes now.

    `pushed` is when it was last pushed to, where that is known. Nothing for one that only has
    drafts, since nobody was asked yet, nor for one that a reviewer approved or asked to change.
    """
    since = max((each for each in (request.opened, pushed) if each), default=None)
    if since is None or all(each.status == Status.DRAFT for each in cases):
        return None
    logins = _reviewers(organisation)
    for each in request.reviews or ():
        is_reviewer = (each.login or "").casefold() in logins
        if is_reviewer and each.state in _ANSWERS and each.commit == request.head:
            return None
    days = organisation.policy.approvals.answer_within_days
    return Waiting(since.date(), since.date() + timedelta(days=days))


def _reviewers(organisation: Organisation) -> frozenset[str]:
    people = map(organisation.people.get, organisation.policy.approvals.reviewers)
    return frozenset(each.github.casefold() for each in people if each and each.github)


def _latest(sightings: tuple[Sighting, ...]) -> list[Sighting]:
    """Without what somebody proposes to change."""
    proposed = {_path(each) for each in sightings if each.where is Where.PULL_REQUEST}
    return [e for e in sightings if e.where is Where.PULL_REQUEST or _path(e) not in proposed]


def _with_due(sighting: Sighting, policy: Policy, today: date) -> Sighting:
    case = sighting.known.report
    # The name of the file decides, as it does everywhere: `review` may be broken, or differ.
    review = policy.talent_review(_name(sighting))
    due = what_is_due(case, case.status, review, policy, today)
    return sighting._replace(due=next(iter(due), None))


def _is_over(sighting: Sighting) -> bool:
    """Whether its decision is on the main branch."""
    return sighting.known.report.status in _DECIDED and sighting.where is Where.MAIN


def _path(sighting: Sighting) -> str:
    return sighting.known.report.path


def _name(sighting: Sighting) -> str:
    return _path(sighting).rpartition("/")[2].removesuffix(".md")


def _place(sighting: Sighting, people: People) -> tuple[str, str, int]:
    """By the person's name, and never by how ready a case is."""
    path = _path(sighting)
    handle = path.split("/")[1]
    person = people.get(handle)
    name = alphabetical(person.name if person else handle)
    return name, path, sighting.pull_request or 0
