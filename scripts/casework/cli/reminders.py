"""`casework status --post`: a word on each open pull request, when its cases are due or late.

There is one comment for each stage of a talent review, and it is written once: whatever stands
there stays as it is, hidden or answered as it may be. One that somebody deletes leaves no trace,
so it comes back with the next run, for as long as the stage lasts; the comment says so.
"""

import time
from collections.abc import Iterator
from typing import NamedTuple

from casework.assess.agenda import to_be_reminded_of, what_is_due
from casework.cli.access import access
from casework.cli.evaluation import Evaluator, Judged, MovedError
from casework.cli.failure import Exit, FailureError, UsageError, unforeseen
from casework.cli.open_requests import gather
from casework.cli.options import Options
from casework.cli.settings import Settings
from casework.cli.surroundings import Surroundings
from casework.cli.terminal import complain, write
from casework.github.connection import connect
from casework.github.fault import GitHubError
from casework.github.repository import Repository
from casework.model.agenda import Stage
from casework.model.pull_request import PullRequest
from casework.read.git import Git
from casework.read.git_error import GitError
from casework.render.escape import without_commands
from casework.render.reminder import SAID, DueCase, marker, reminder

_MOVED = FailureError(
    "it must keep its commit while it is looked at; it changed just then",
    "The next run looks at it again.",
)
_REPORT = "Please report it, with the log of the run."


class Reminding(NamedTuple):
    """What every pull request is reminded with."""

    repository: Repository
    evaluator: Evaluator

    def remind(self, request: PullRequest) -> Iterator[str]:
        """Write what is to be written, and tell of it.

        Raises GitHubError, GitError or FailureError where the pull request cannot be read, or must
        not be written to.
        """
        # What it proposes by now is what it is reminded of.
        head = self.evaluator.mirror.proposed(request.number)
        (judged,) = self.evaluator.judged((request._replace(head=head),))
        for (stage, review), cases in self._due(judged).items():
            body = reminder(stage, review, cases, judged.organisation.people)
            is_new = self.repository.remind(request.number, body, marker(stage, review))
            said = "comment written" if is_new else "commented before"
            yield f"talent review {review}, {SAID[stage]}: {said}"

    def _due(self, judged: Judged) -> dict[tuple[Stage, str], list[DueCase]]:
        """The cases that it holds and that are due or late: by stage and talent review."""
        policy, today = judged.organisation.policy, self.evaluator.settings.today
        found: dict[tuple[Stage, str], list[DueCase]] = {}
        for case in (each.report for each in judged.review.cases):
            review = policy.talent_review(case.review)
            if review is None:
                continue
            due = what_is_due(case, case.status, review, policy, today)
            for each in to_be_reminded_of(due, today):
                found.setdefault((each.stage, review.id), []).append(DueCase(case, each))
        return found


def run(options: Options, settings: Settings) -> int:
    """Remind whoever has a pull request open. CANNOT_RUN when that failed for one of them."""
    if options.review is not None:
        raise UsageError("`--post` reminds of every talent review; leave the review out")
    try:
        reminding, requests = _begun(settings)
    except (GitError, GitHubError) as error:  # whose codes are not those of a program's exit
        raise FailureError(error.message, error.help) from None
    told: list[str] = []
    troubles = [each for each in requests if not _is_reminded(reminding, each, told)]
    if not told and not troubles:
        write("No open pull request needs a reminder.\n")
    return Exit.CANNOT_RUN if troubles else Exit.HOLDS


def _begun(settings: Settings) -> tuple[Reminding, tuple[PullRequest, ...]]:
    """What to remind with, and whom of. Raises GitHubError, GitError or FailureError."""
    around = Surroundings.read()
    repository = connect(access(around), time.sleep)
    branch = around.default_branch() or repository.default_branch()
    git = Git.find(settings.directory)
    evaluator, requests = gather(repository, branch, git, around.remote, settings, time.sleep)
    return Reminding(repository, evaluator), requests


def _is_reminded(reminding: Reminding, request: PullRequest, told: list[str]) -> bool:
    """Remind one pull request, and say so; whether that could be done."""
    failure: FailureError | GitError | GitHubError
    try:
        for line in reminding.remind(request):
            told.append(line)
            write(without_commands(f"Pull request {request.number}: {line}.\n"))
        return True
    except (GitError, GitHubError, FailureError) as error:
        failure = error
    except MovedError:
        failure = _MOVED
    except Exception as error:  # a mistake of ours must not keep it from the others
        failure = unforeseen(error, _REPORT)
    complain(f"Pull request {request.number}: {failure.message}", failure.help)
    return False
