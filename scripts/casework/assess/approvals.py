"""What the reviews on a pull request come to: who approves, who blocks, and what is missing."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from casework.assess.answers import unknown_until_repaired
from casework.assess.consent import Wish, sentence
from casework.assess.verdict import APPROVALS
from casework.model.approval import ApprovalOutcome, Discount, ReviewStanding, Sameness
from casework.model.case import Case, Kind
from casework.model.organisation import Organisation
from casework.model.people import People, Person
from casework.model.pull_request import GivenReview, ReviewState
from casework.model.report import Requirement, State

OWNER_APPROVAL = "owner-approval"

_UNREAD = "The reviews on the pull request could not be read, so nobody can tell who approves."
_DELETED = "a deleted account"

Objection = Callable[[Person], Discount | None]
"""Why somebody's reviews cannot count, whatever they say; None when they can."""


class _Voter(NamedTuple):
    """Whoever gave a review."""

    key: str | None
    """What all reviews by the same one share; None for a deleted account, which may be anybody."""
    who: str
    person: Person | None


def case_approvals(
    case: Case,
    organisation: Organisation,
    reviews: Sequence[GivenReview] | None,
    author: str | None,
    contents: Mapping[str, Sameness],
    as_of: date,
) -> ApprovalOutcome:
    """How far the reviews meet what the policy asks for a case, and what each of them comes to.

    `contents` says for each reviewed commit whether the case, and what people.yaml says of its
    subject, are the same there as they are proposed now. `reviews` is None where they could not be
    read; `author` where the account that opened the pull request was deleted. Whoever has left by
    the day `as_of` is a reviewer no longer.
    """
    if reviews is None:
        return _unread(APPROVALS)
    people, policy = organisation.people, organisation.policy.approvals
    objection = _objection_in_case(case, organisation, author, as_of)
    standings, approvers = _weighed(reviews, people, objection, contents)
    target = case.from_level if case.kind is Kind.IN_BAND_INCREASE else case.to_level
    seniors = _at_or_above(target, organisation) if policy.required else set()
    if seniors is None and policy.at_or_above_target:
        field = "from" if case.kind is Kind.IN_BAND_INCREASE else "to"
        return ApprovalOutcome(unknown_until_repaired(APPROVALS, field), standings)
    senior = sum(each.level in (seniors or ()) for each in approvers)
    wish = Wish(
        what="this decision" if case.status and case.status.is_decided else "the case as written",
        required=policy.required,
        senior=policy.at_or_above_target if policy.required else 0,
        from_whom=f"at {target} or above",
    )
    return _outcome(APPROVALS, wish, approvers, senior, standings)


def owner_approval(
    organisation: Organisation,
    reviews: Sequence[GivenReview] | None,
    author: str | None,
    contents: Mapping[str, Sameness],
    as_of: date,
) -> ApprovalOutcome:
    """Whether an owner approves what a pull request changes besides cases.

    `contents` says for each reviewed commit whether these files are the same there as now. Whoever
    has left by the day `as_of` is an owner no longer.
    """
    if reviews is None:
        return _unread(OWNER_APPROVAL)
    objection = _objection_outside_cases(organisation, author, as_of)
    standings, approvers = _weighed(reviews, organisation.people, objection, contents)
    wish = Wish("what is changed besides cases", required=1, role="owner")
    return _outcome(OWNER_APPROVAL, wish, approvers, 0, standings)


def _unread(id: str) -> ApprovalOutcome:
    return ApprovalOutcome(Requirement(id, State.UNDETERMINED, (), _UNREAD))


def _outcome(
    id: str,
    wish: Wish,
    approvers: Sequence[Person],
    senior: int,
    standings: tuple[ReviewStanding, ...],
) -> ApprovalOutcome:
    missing_senior = max(wish.senior - senior, 0)
    missing = max(wish.required - len(approvers), missing_senior)
    blockers = [each.who for each in standings if each.blocks]
    names = [each.name for each in approvers]
    said = sentence(wish, names, blockers, missing, missing_senior)
    state = State.UNMET if missing or blockers else State.MET
    return ApprovalOutcome(Requirement(id, state, (), said), standings, missing, missing_senior)


def _at_or_above(target: str | None, organisation: Organisation) -> set[str | None] | None:
    """The levels that are the target or lie above it on its track; None for no such level."""
    framework = organisation.framework
    if target is None or framework.level(target) is None:
        return None
    return {target, *(each.id for each in framework.levels_above(target))}


def _objection_in_case(
    case: Case, organisation: Organisation, author: str | None, as_of: date
) -> Objection:
    people = organisation.people
    subject, opener = people.get(case.person), people.of_account(author)
    barred = {
        Discount.SUBJECT: (case.person,),
        Discount.MANAGER: (case.manager, subject.manager if subject else None),
        Discount.AUTHOR: (opener.handle if opener else None,),
    }
    return _objection(barred, organisation.policy.approvals.reviewers, as_of)


def _objection_outside_cases(
    organisation: Organisation, author: str | None, as_of: date
) -> Objection:
    opener = organisation.people.of_account(author)
    barred = {Discount.AUTHOR: (opener.handle if opener else None,)}
    return _objection(barred, organisation.policy.owners, as_of)


def _objection(
    barred: Mapping[Discount, tuple[str | None, ...]], group: tuple[str, ...], as_of: date
) -> Objection:
    def objection(person: Person) -> Discount | None:
        for why, handles in barred.items():
            if person.handle in handles:
                return why
        if person.handle not in group:
            return Discount.NOT_A_REVIEWER
        return Discount.LEFT if person.is_gone(as_of) else None

    return objection


def _weighed(
    reviews: Sequence[GivenReview],
    people: People,
    objection: Objection,
    contents: Mapping[str, Sameness],
) -> tuple[tuple[ReviewStanding, ...], tuple[Person, ...]]:
    """What each review comes to, and whose approval counts."""
    voters = [_voter(each, people) for each in reviews]
    last = {
        voter.key: place
        for place, (voter, each) in enumerate(zip(voters, reviews, strict=True))
        if each.state.is_opinion
    }
    standings: list[ReviewStanding] = []
    approvers: list[Person] = []
    for place, (voter, given) in enumerate(zip(voters, reviews, strict=True)):
        is_replaced = voter.key is not None and last.get(voter.key, place) != place
        because = _because(given, is_replaced, voter.person, objection, contents)
        standings.append(ReviewStanding(voter.who, given.state, given.commit, because))
        if because is None and voter.person:
            approvers.append(voter.person)
    return tuple(standings), tuple(approvers)


def _voter(review: GivenReview, people: People) -> _Voter:
    if not review.login:
        return _Voter(None, _DELETED, None)
    person = people.of_account(review.login)
    return _Voter(review.login.casefold(), person.name if person else review.login, person)


def _because(
    given: GivenReview,
    is_replaced: bool,
    person: Person | None,
    objection: Objection,
    contents: Mapping[str, Sameness],
) -> Discount | None:
    """Why a review does not count, the first that applies; None when it does."""
    if not given.state.is_opinion:
        return Discount.COMMENT
    if is_replaced:
        return Discount.REPLACED
    if given.state is ReviewState.DISMISSED:
        return Discount.DISMISSED
    if person is None:
        return Discount.UNKNOWN_ACCOUNT
    if why := objection(person):
        return why
    if given.state is ReviewState.CHANGES_REQUESTED:
        return Discount.ASKS_FOR_CHANGES
    return _STALE[_compared(given.commit, contents)]


_STALE = {
    Sameness.SAME: None,
    Sameness.CHANGED: Discount.CONTENT_CHANGED,
    Sameness.GONE: Discount.COMMIT_GONE,
}


def _compared(commit: str | None, contents: Mapping[str, Sameness]) -> Sameness:
    return contents.get(commit, Sameness.GONE) if commit is not None else Sameness.GONE
