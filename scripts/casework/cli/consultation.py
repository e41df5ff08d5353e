"""The reviews of one pull request, held against what it proposes."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from casework.assess.approvals import case_approvals, owner_approval
from casework.cli.comparison import Comparison
from casework.cli.rulebook import Rulebook
from casework.model.approval import ApprovalOutcome, Sameness
from casework.model.case import Case
from casework.model.organisation import Organisation
from casework.model.pull_request import GivenReview, PullRequest
from casework.read.git import Git
from casework.read.sameness import case_sameness, files_sameness
from casework.read.source import Source

AS_THEY_ARE = "the files as they are now"
"""What stands for a commit where a review is of a working tree."""


class Consultation(NamedTuple):
    """What a pipeline asks about approvals: by the rules of the base, of what the head proposes."""

    git: Git
    after: Source
    """The head, or the working tree."""
    head: str | None
    """The commit that is judged; None for the working tree."""
    organisation: Organisation
    """That of the base, never the head's own."""
    author: str | None
    reviews: tuple[GivenReview, ...] | None
    """In the order of time; None where they could not be read."""
    today: date
    """Whoever has left by then is neither a reviewer nor an owner any more."""
    number: int | None = None
    """The pull request's, if it is one of GitHub's."""
    base: str | None = None
    """The commit that what is proposed begins at, where it is known."""
    notes: tuple[str, ...] = ()
    """What a reader must know about the reviews."""

    @classmethod
    def of(
        cls,
        git: Git,
        comparison: Comparison,
        rulebook: Rulebook,
        request: PullRequest,
        today: date,
    ) -> "Consultation":
        """A pull request's reviews, as far as they could be read."""
        return cls(
            git,
            comparison.after,
            comparison.head,
            rulebook.known_organisation,
            request.author,
            request.reviews,
            today,
            request.number,
            comparison.base,
        )

    def of_case(self, case: Case) -> ApprovalOutcome:
        """What the reviews come to for a case."""
        found = case_sameness(self.git, self.after, case.path, case.person, self._commits())
        contents = self._contents(found)
        return case_approvals(
            case, self.organisation, self.reviews, self.author, contents, self.today
        )

    def of_owners(self, changed: Sequence[str]) -> ApprovalOutcome | None:
        """What the owners' reviews come to for changed files that are no cases; None for none."""
        if not changed:
            return None
        found = files_sameness(self.git, self.after, changed, self._commits(), self.base)
        contents = self._contents(found)
        return owner_approval(self.organisation, self.reviews, self.author, contents, self.today)

    def _commits(self) -> tuple[str, ...]:
        """The reviewed commits that must be compared with what is proposed."""
        reviewed = {each.commit for each in self.reviews or () if each.state.is_opinion}
        return tuple(sorted(each for each in reviewed if each and each != self._judged))

    def _contents(self, found: Mapping[str, Sameness]) -> Mapping[str, Sameness]:
        return {**found, self._judged: Sameness.SAME}

    @property
    def _judged(self) -> str:
        return self.head or AS_THEY_ARE
