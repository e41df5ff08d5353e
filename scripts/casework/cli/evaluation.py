"""What one commit that is proposed comes to, by everything that is known now."""

from collections.abc import Mapping
from typing import NamedTuple, Protocol

from casework.cli.cache import Cache
from casework.cli.comparison import Comparison, compare
from casework.cli.consultation import Consultation
from casework.cli.failure import FailureError
from casework.cli.mirror import Mirror, QueueEntry
from casework.cli.pipeline import review, rules_of
from casework.cli.pushes import Pushes
from casework.cli.retrospect import Retrospect
from casework.cli.settings import Settings
from casework.model.check_run import CheckRun
from casework.model.organisation import Organisation
from casework.model.pull_request import PullRequest
from casework.model.report import Review
from casework.read.git import Git
from casework.read.git_command import MOST_NAMED
from casework.read.source import Revision
from casework.render.check_run import check_run, shared, undetermined, undetermined_summary
from casework.render.summary import summary

_MOST = 8 * 1024 * 1024
"""Bytes of cases that one pull request may change: hundreds of long ones, read in a minute."""
_LEAST = 1024
"""What even an empty case counts as, since each is reported on."""


class Reason(Protocol):
    """Why something could not be done: what must be, and what to do about it."""

    @property
    def message(self) -> str:
        """What must be."""

    @property
    def help(self) -> str:
        """What to do about it."""


class MovedError(Exception):
    """The pull request has another commit by now."""


class Evaluation(NamedTuple):
    """What is to be reported on a commit, and on each pull request that proposes it."""

    check: CheckRun
    comments: Mapping[int, str]
    """The comment of each pull request, by its number."""
    is_determined: bool = True


class Judged(NamedTuple):
    """A pull request, and what it would get now."""

    request: PullRequest
    review: Review
    organisation: Organisation
    """What it is judged against: the default branch's."""


class Evaluator(NamedTuple):
    """What every evaluation of a run is made with."""

    mirror: Mirror
    branch: str
    """The branch that pull requests go into."""
    settings: Settings
    pushes: Pushes | None = None
    """Tells of the last push; None where nobody is told what was before."""
    files: str | None = None
    """The address under which GitHub shows the branch's files; None where nobody is told."""

    def proposal(self, requests: tuple[PullRequest, ...]) -> Evaluation:
        """What a commit comes to that these pull requests propose: it passes only if for all.

        Raises MovedError when it is no longer what they propose.
        """
        head = requests[0].head
        judged = self.judged(requests)
        return Evaluation(
            shared({one.number: check_run(found, org, head) for one, found, org in judged}),
            {one.number: summary(found, org) for one, found, org in judged},
        )

    def judged(self, requests: tuple[PullRequest, ...]) -> tuple[Judged, ...]:
        """What becomes of each of the pull requests that propose one commit.

        Raises MovedError when it is no longer what they propose.
        """
        head = requests[0].head
        numbers = [each.number for each in requests]
        tip, proposed = self.mirror.tip_and_proposed(self.branch, *numbers)
        for number, now in zip(numbers, proposed, strict=True):
            if now != head:
                raise MovedError(number)
        comparison = compare(self.mirror.git, tip, head)
        return tuple(
            Judged(each, *self.reviewed(comparison, each, self._retrospect(comparison, each)))
            for each in requests
        )

    def queued(self, branch: str, head: str) -> tuple[QueueEntry, ...]:
        """The pull requests in a merge group; empty when it is no longer there, or not for us."""
        return self.mirror.merge_group(branch, head, self.branch)

    def merge_group(
        self, entries: tuple[QueueEntry, ...], requests: Mapping[int, PullRequest]
    ) -> Evaluation:
        """What a merge group comes to: each of its pull requests, as it would be merged.

        Whoever else proposes the very commit of the group is judged, too: it passes only for all.
        """
        head = entries[-1].head
        tip = self.mirror.tip(self.branch)
        rules = Revision(self.mirror.git, tip)
        checks = {}
        queued = {each.number for each in entries}
        for other in (each for number, each in requests.items() if number not in queued):
            found, organisation = self.reviewed(compare(self.mirror.git, tip, head), other)
            checks[other.number] = check_run(found, organisation, head)
        for each in entries:
            if each.number not in requests:
                raise FailureError(
                    f"pull request {each.number} of the merge group must be open; it is not",
                    "Take the pull requests out of the merge queue, and put them in again.",
                )
            comparison = compare(self.mirror.git, each.parent, each.head)._replace(rules=rules)
            found, organisation = self.reviewed(comparison, requests[each.number])
            checks[each.number] = check_run(found, organisation, head)
        return Evaluation(shared(checks), {})

    def _retrospect(self, comparison: Comparison, request: PullRequest) -> Retrospect | None:
        """What was before, as far as anybody can tell; None where no case is changed."""
        if self.pushes is None or not comparison.cases:
            return None
        return Retrospect(self.mirror.git, self.pushes.previous(request))

    def reviewed(
        self,
        comparison: Comparison,
        request: PullRequest,
        retrospect: Retrospect | None = None,
    ) -> tuple[Review, Organisation]:
        """What a pull request comes to, and what it is judged against. Raises FailureError."""
        if comparison.rules is comparison.after:
            raise FailureError(
                f"the branch `{self.branch}` must have a framework; it has none",
                "Add framework/ there first: a pull request cannot bring its own rules.",
            )
        _refuse_a_flood(self.mirror.git, comparison)
        for each in {one.commit for one in request.reviews or () if one.commit}:
            self.mirror.bring(each)
        with Cache(self.settings.cache_folder) as cache:
            rulebook = rules_of(comparison, self.settings)
            today = self.settings.today
            asked = Consultation.of(self.mirror.git, comparison, rulebook, request, today)
            found = review(comparison, rulebook, self.settings, cache, asked, retrospect)
        return found._replace(files=self.files), rulebook.known_organisation


def _refuse_a_flood(git: Git, comparison: Comparison) -> None:
    """Raises FailureError for so many cases that no others would be judged in time."""
    cases, wanted = comparison.cases, set(comparison.cases)
    head = comparison.head or "HEAD"
    asked = cases if len(cases) <= MOST_NAMED else ("cases",)
    listed = git.tree(head, *asked) if cases else ()
    sizes = (each.size for each in listed if each.path in wanted)
    if sum(max(each, _LEAST) for each in sizes) > _MOST:
        raise FailureError(
            "the cases that a pull request changes must come to 8 MB at most; these are larger",
            "Propose them in several pull requests.",
        )


def unknown(head: str, numbers: tuple[int, ...], why: Reason) -> Evaluation:
    """What is reported where nothing can be known: it never passes."""
    body = undetermined_summary(why.message, why.help, head)
    check = undetermined(head, why.message, why.help)
    return Evaluation(check, dict.fromkeys(numbers, body), is_determined=False)
