"""What each review on a pull request comes to, in words for people."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from casework.model.approval import ApprovalOutcome, Discount, ReviewStanding
from casework.model.english import counted
from casework.model.organisation import Organisation
from casework.model.pull_request import ReviewState
from casework.model.report import JudgedCase, Review, State
from casework.render.escape import code, inline, prose
from casework.render.words import MARKS, STATES, is_decided, person

MOST = 20
"""How many reviews are listed: those that matter to the outcome come before the others."""

BEYOND_CASES = "Other files are changed"

_COMMIT = re.compile("[0-9a-f]{12,}")

_DID = {
    ReviewState.APPROVED: "approved",
    ReviewState.CHANGES_REQUESTED: "asked for changes to",
    ReviewState.DISMISSED: "reviewed",
    ReviewState.COMMENTED: "commented on",
    ReviewState.PENDING: "is still reviewing",
}

_BECAUSE = {
    Discount.COMMENT: "a comment approves nothing, and takes nothing back",
    Discount.REPLACED: "a later review by the same account replaces it",
    Discount.DISMISSED: "it was dismissed",
    Discount.UNKNOWN_ACCOUNT: "people.yaml does not give this account to exactly one person",
    Discount.SUBJECT: "the case is about this person",
    Discount.MANAGER: "this person is the manager",
    Discount.AUTHOR: "this person opened the pull request",
    Discount.LEFT: "people.yaml says that this person has left",
    Discount.COMMIT_GONE: "that commit is gone, so nobody can tell what was reviewed",
}

_BLOCKS = "blocks until this person reviews again, or until it is dismissed"
_OPEN, _DECIDED, _OWNERS = "open", "decided", "owners"
_CHANGED = {
    _OPEN: "the case, or what people.yaml says of its subject, was changed after that",
    _DECIDED: "it was given before the decision was written as it is now",
    _OWNERS: "what is changed besides cases is no longer the same",
}
_NO_MEMBER = {
    _OPEN: "this person is not in the calibration group",
    _DECIDED: "this person is not in the calibration group",
    _OWNERS: "this person is not one of the owners",
}

_MINOR = (Discount.COMMENT, Discount.REPLACED)
_BY_OWNERS = (
    None,
    Discount.LEFT,
    Discount.ASKS_FOR_CHANGES,
    Discount.CONTENT_CHANGED,
    Discount.COMMIT_GONE,
)


class Told(NamedTuple):
    """One review in plain text, in the parts that stand out."""

    who: str
    did: str
    commit: str
    """A commit's id, or some words where there is none."""
    is_commit: bool
    outcome: str

    def plainly(self) -> str:
        """All of it in a sentence."""
        return f"{self.who} {self.did} {self.commit}: {self.outcome}."

    def as_item(self) -> str:
        """All of it as an item of a list in Markdown."""
        commit = code(self.commit) if self.is_commit else inline(self.commit)
        return f"- **{inline(self.who)}** {self.did} {commit}: {inline(self.outcome)}."


def reviews_of(judged: JudgedCase) -> tuple[tuple[Told, ...], str]:
    """What is told of each review of a case, and of those that are not listed."""
    if judged.approvals is None:
        return (), ""
    about = _DECIDED if is_decided(judged.report) else _OPEN
    return _told(judged.approvals.standings, about)


def reviews_by_owners(review: Review) -> tuple[tuple[Told, ...], str]:
    """What is told of each review as an owner's, and of those that are not listed.

    What the cases tell of reviewers is not told again.
    """
    if review.owners is None:
        return (), ""
    standings = review.owners.standings
    if review.cases:
        standings = tuple(each for each in standings if each.because in _BY_OWNERS)
    return _told(standings, _OWNERS)


def items(told: tuple[tuple[Told, ...], str]) -> Iterator[str]:
    """What is told of the reviews as a list in Markdown."""
    listed, rest = told
    if listed:
        yield from (each.as_item() for each in listed)
        yield ""
    if rest:
        yield prose(rest)
        yield ""


def owners_part(review: Review, organisation: Organisation) -> Iterator[str]:
    """Whether an owner approves what is changed besides cases; nothing where nothing is."""
    if review.owners is None:
        return
    asked = review.owners.requirement
    yield f"### {BEYOND_CASES}"
    yield ""
    state = STATES[asked.state].capitalize()
    yield f"{MARKS[asked.state]} **{state}.** {prose(asked.detail)}".rstrip()
    yield ""
    if said := who_may_approve(review.owners, organisation, review.report.as_of):
        yield prose(said)
        yield ""
    yield from items(reviews_by_owners(review))


def who_may_approve(owners: ApprovalOutcome, organisation: Organisation, as_of: date) -> str:
    """Who the owners are, where the approval of one is missing."""
    if owners.requirement.state is State.MET:
        return ""
    people, named = organisation.people, organisation.policy.owners
    here = [each for each in named if not ((one := people.get(each)) and one.is_gone(as_of))]
    names = [person(each, people) for each in here]
    if named and not names:
        return "Nobody whom the policy's `owners` names is still here: name somebody else first."
    if not names:
        return "The policy's `owners` names nobody yet: somebody must be named there first."
    return f"The owners: {', '.join(names)}."


def _told(standings: Sequence[ReviewStanding], about: str) -> tuple[tuple[Told, ...], str]:
    by_weight = sorted(range(len(standings)), key=lambda place: _weight(standings[place]))
    kept = sorted(by_weight[:MOST])
    listed = tuple(_tell(standings[place], about) for place in kept)
    left = counted(len(standings) - len(kept), "more review").capitalize()
    return listed, f"{left} not listed here." if len(kept) < len(standings) else ""


def _weight(standing: ReviewStanding) -> int:
    """The less, the more it matters: what decides, what might have, what says nothing."""
    if standing.counts or standing.blocks:
        return 0
    return 2 if standing.because in _MINOR else 1


def _tell(standing: ReviewStanding, about: str) -> Told:
    commit = standing.commit or "a commit that is gone"
    is_commit = _COMMIT.fullmatch(commit) is not None
    did = _DID[standing.state]
    who = " ".join(standing.who.split()) or "somebody unnamed"
    return Told(who, did, commit[:12] if is_commit else commit, is_commit,
                _outcome(standing, about))  # fmt: skip


def _outcome(standing: ReviewStanding, about: str) -> str:
    why = standing.because
    if why is None:
        return "counts"
    if why is Discount.ASKS_FOR_CHANGES:
        return _BLOCKS
    if why is Discount.COMMENT:
        return _BECAUSE[why]
    special = {Discount.CONTENT_CHANGED: _CHANGED, Discount.NOT_A_REVIEWER: _NO_MEMBER}
    reason = special[why][about] if why in special else _BECAUSE[why]
    return f"does not count, because {reason}"
