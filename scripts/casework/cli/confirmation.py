"""Asking GitHub whether what notes say is so, for as long as it answers."""

from collections.abc import Iterable, Mapping

from casework.assess.testimony import (
    approved_commits,
    as_github_tells,
    brought_otherwise,
    doubted,
    merged_elsewhere,
    no_such_pull_request,
    not_asked,
    not_merged,
    of_another_name,
)
from casework.github.fault import FaultKind, GitHubError
from casework.github.repository import Profile, Repository
from casework.model.audit import AuditedCase, Claim, Testimony
from casework.model.pull_request import GivenReview, PullRequest

_OF_ONE_ANSWER = (FaultKind.ABSENT, FaultKind.REFUSED)
"""What concerns one question; whatever else goes wrong would go wrong with the next one, too."""


class Witness:
    """GitHub, asked about each pull request once.

    Once it refuses to answer, or cannot be reached, it is asked no more.
    """

    def __init__(self, repository: Repository, known: Mapping[str, int]) -> None:
        """`known` are all accounts, in small letters, that people.yaml ever gave to somebody.

        Each with the place of the first commit that did.
        """
        self._repository = repository
        self._known = known
        self._profile: Profile | None = None
        self._pulls: dict[int, tuple[PullRequest, tuple[GivenReview, ...]] | None] = {}
        self._silence: GitHubError | None = None

    def about(self, claim: Claim) -> Testimony:
        """What GitHub says of a claim. Nothing is raised."""
        if self._silence is None:
            try:
                # First of all: where the repository cannot be seen, nothing in it is absent.
                profile = self._profile = self._profile or self._repository.profile()
                found = self._asked(claim, profile.default_branch)
                return doubted(found, why) if (why := _elsewhere(profile, claim)) else found
            except GitHubError as error:
                if error.kind in _OF_ONE_ANSWER and self._profile is not None:
                    return not_asked(error.message)
                self._silence = error
        return not_asked(self._silence.message)

    def _asked(self, claim: Claim, branch: str) -> Testimony:
        found = self._pull_request(claim.pull_request)
        if found is None:
            return no_such_pull_request(claim)
        pull, reviews = found
        if pull.merged is None:
            return not_merged(claim)
        doubts: tuple[str, ...] = ()
        if pull.base != branch:
            if self._repository.has_branch(pull.base):
                return merged_elsewhere(claim, pull, branch)
            doubts = (of_another_name(pull, branch),)
        if not self._has_brought(pull, claim.commit):
            return brought_otherwise(claim, pull)
        known = {account for account, first in self._known.items() if first <= claim.place}
        contents = {
            each: self._repository.content_id(claim.path, each)
            for each in sorted(approved_commits(claim, pull, reviews))
        }
        return as_github_tells(claim, pull, reviews, known, contents, doubts)

    def _pull_request(self, number: int) -> tuple[PullRequest, tuple[GivenReview, ...]] | None:
        if number not in self._pulls:
            try:
                pull = self._repository.pull_request(number)
            except GitHubError as error:
                if error.kind is not FaultKind.ABSENT:
                    raise
                self._pulls[number] = None
            else:
                self._pulls[number] = pull, self._repository.reviews(number)
        return self._pulls[number]

    def _has_brought(self, pull: PullRequest, commit: str) -> bool:
        """Whether a commit got on the branch with a pull request: as its last, or as another."""
        if pull.merge_commit == commit:
            return True
        try:
            return any(e.number == pull.number for e in self._repository.pull_requests_of(commit))
        except GitHubError as error:
            if error.kind in _OF_ONE_ANSWER:  # GitHub does not know that commit
                return False
            raise


def _elsewhere(profile: Profile, claim: Claim) -> str:
    """Why the pull request may be in another repository; nothing where it cannot."""
    if profile.is_fork:
        return "it was asked about a fork, and may know of it where that was made from"
    if claim.day is not None and profile.created > claim.day:
        return "the repository was made there after the decision, so it may come from elsewhere"
    return ""


def confirmed(cases: Iterable[AuditedCase], witness: Witness) -> tuple[AuditedCase, ...]:
    """The cases with what GitHub says of each claim. The latest are asked about first."""
    known = tuple(cases)
    order = sorted(range(len(known)), key=lambda index: -known[index].landing.place)
    told: dict[int, Testimony] = {}
    for index in order:
        claim = known[index].claim
        if claim is not None:
            told[index] = witness.about(claim)
    return tuple(each._replace(testimony=told.get(index)) for index, each in enumerate(known))
