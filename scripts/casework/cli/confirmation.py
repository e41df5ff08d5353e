"""Asking GitHub whether what notes say is so, for as long as it answers."""

from collections.abc import Collection, Iterable

from casework.assess.testimony import (
    as_github_tells,
    brought_otherwise,
    merged_otherwise,
    no_such_pull_request,
    not_asked,
)
from casework.github.fault import FaultKind, GitHubError
from casework.github.repository import Repository
from casework.model.audit import AuditedCase, Claim, Testimony
from casework.model.pull_request import GivenReview, PullRequest

_OF_ONE_ANSWER = (FaultKind.ABSENT, FaultKind.REFUSED)
"""What concerns one question; whatever else goes wrong would go wrong with the next one, too."""


class Witness:
    """GitHub, asked about each pull request once.

    Once it refuses to answer, or cannot be reached, it is asked no more.
    """

    def __init__(self, repository: Repository, known: Collection[str]) -> None:
        """`known` are all accounts, in small letters, that people.yaml ever gave to somebody."""
        self._repository = repository
        self._known = known
        self._branch: str | None = None
        self._pulls: dict[int, tuple[PullRequest, tuple[GivenReview, ...]] | None] = {}
        self._silence: GitHubError | None = None

    def about(self, claim: Claim) -> Testimony:
        """What GitHub says of a claim. Nothing is raised."""
        if self._silence is None:
            try:
                return self._asked(claim)
            except GitHubError as error:
                if error.kind in _OF_ONE_ANSWER and self._branch is not None:
                    return not_asked(error.message)
                self._silence = error
        return not_asked(self._silence.message)

    def _asked(self, claim: Claim) -> Testimony:
        # First of all: where the repository itself cannot be seen, nothing in it is absent.
        branch = self._branch = self._branch or self._repository.default_branch()
        found = self._pull_request(claim.pull_request)
        if found is None:
            return no_such_pull_request(claim)
        pull, reviews = found
        against = merged_otherwise(claim, pull, branch)
        if against is None and not self._has_brought(pull, claim.commit):
            against = brought_otherwise(claim, pull)
        return against or as_github_tells(claim, pull, reviews, self._known)

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
