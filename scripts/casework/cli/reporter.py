"""A run on GitHub: which commits are judged, and that what is reported is how things are now.

No event is trusted with more than what it names. What is reported follows from how things are on
GitHub, and when they changed while it was reported, it is judged anew. So whichever of two runs
writes last is right.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from casework.cli.assignment import Assignment
from casework.cli.evaluation import Evaluation, Evaluator, MovedError, Reason, unknown
from casework.cli.failure import Exit, FailureError, unforeseen
from casework.cli.publication import Trouble, publish
from casework.github.fault import GitHubError
from casework.github.repository import Repository
from casework.model.pull_request import PullRequest
from casework.read.git_error import GitError
from casework.render.job_summary import Entry

_ROUNDS = 3
"""How often a pull request may change under our hands before it has to hold still."""

_PACE = 1.0
"""Seconds between two commits that are judged: GitHub refuses whoever writes too much at once."""

_REPORT = "Please report it, with the log of the run."

_PAUSE = 3.0
"""Seconds that GitHub gets to bring a commit to where git finds it."""

_MOVED = Trouble(
    "the pull request must keep its commit while it is judged; it changed each time",
    "It is judged again when it is next pushed to.",
)

_Requests = tuple[PullRequest, ...]
_Choice = Callable[[_Requests], _Requests]
"""Picks the pull requests that share a commit from all that are open."""


class Outcome(NamedTuple):
    """What one commit came to, and what of it could not be said on GitHub."""

    numbers: tuple[int, ...]
    evaluation: Evaluation
    troubles: tuple[Trouble, ...] = ()

    @property
    def code(self) -> Exit:
        """The exit code, were this all."""
        if self.troubles or not self.evaluation.is_determined:
            return Exit.CANNOT_RUN
        return Exit.HOLDS if self.evaluation.check.passes else Exit.FAILS

    def entries(self) -> Iterator[Entry]:
        """Its parts of the job's summary."""
        comments, check = self.evaluation.comments, self.evaluation.check
        if comments:
            yield from (
                Entry(number, comments.get(number, check.summary)) for number in self.numbers
            )
        else:  # what is said of all of them at once is said once
            yield Entry(self.numbers[0] if len(self.numbers) == 1 else None, check.summary)
        for each in self.troubles:
            yield Entry(None, None, each.message, each.help)


class Reporter:
    """What a run judges, with what, and where it reports."""

    def __init__(
        self,
        repository: Repository,
        evaluator: Evaluator,
        task: Assignment,
        run_url: str | None,
        wait: Callable[[float], None],
    ) -> None:
        self._repository = repository
        self._evaluator = evaluator
        self._task = task
        self._run_url = run_url
        self._wait = wait

    def outcomes(self) -> Iterator[Outcome]:
        """What each commit that is to be judged comes to, as soon as it is known."""
        try:
            found = self._open()
        except GitHubError as error:
            if self._task.head is None:
                raise
            numbers = (self._task.number,) if self._task.number else ()
            yield self._published(numbers, unknown(self._task.head, numbers, error))[0]
            return
        if self._task.group is not None:
            attended = self._merge_group(found, self._task.group, self._task.head or "")
            yield from (attended,) if attended else ()
            return
        for place, choice in enumerate(self._choices(found)):
            if place:
                self._wait(_PACE)
            outcome = self._attended(choice, found)
            if outcome is not None:
                yield outcome

    def _open(self) -> _Requests:
        return self._repository.open_pull_requests(self._evaluator.branch)

    def _choices(self, found: _Requests) -> list[_Choice]:
        if self._task.number is not None:
            return [_beside(self._task.number)]
        heads = [self._task.head] if self._task.head else dict.fromkeys(r.head for r in found)
        return [_proposing(each) for each in heads]

    def _attended(self, choice: _Choice, found: _Requests) -> Outcome | None:
        """Judge and report, until nothing changes meanwhile; None where nothing is open."""
        outcome = None
        try:
            now = before = self._with_reviews(choice(found))
            for _ in range(_ROUNDS):
                if not now:
                    return outcome
                before = now
                outcome, is_news = self._reported(before)
                if not is_news and outcome is not None:
                    return outcome
                now = self._with_reviews(choice(self._open()))
                if now == before and outcome is not None:
                    return outcome
        except GitHubError as error:
            if outcome is not None:  # what was reported stands, but may be out of date by now
                return outcome._replace(
                    troubles=(*outcome.troubles, Trouble(error.message, error.help))
                )
            before = choice(found)
            return self._published(*_unknown(before, error))[0]
        return outcome or self._published(*_unknown(before, _MOVED))[0]

    def _reported(self, requests: _Requests) -> tuple[Outcome | None, bool]:
        """What the requests come to, and whether that is news; nothing while they move."""
        try:
            evaluation = self._evaluator.proposal(requests)
        except MovedError:
            self._wait(_PAUSE)
            return None, True
        except (GitError, FailureError) as error:
            _, evaluation = _unknown(requests, error)
        except Exception as error:  # a mistake of ours must not leave an older verdict standing
            _, evaluation = _unknown(requests, unforeseen(error, _REPORT))
        return self._published(tuple(each.number for each in requests), evaluation)

    def _merge_group(self, found: _Requests, branch: str, head: str) -> Outcome | None:
        """What a merge group comes to; None where it is no longer there."""
        numbers: tuple[int, ...] = ()
        try:
            entries = self._evaluator.queued(branch, head)
            if not entries:
                return None
            numbers = tuple(each.number for each in entries)
            concerned = (each for each in found if each.number in numbers or each.head == head)
            wanted = self._with_reviews(tuple(concerned))
            evaluation = self._evaluator.merge_group(entries, {r.number: r for r in wanted})
        except (GitHubError, GitError, FailureError) as error:
            evaluation = unknown(head, (), error)
        except Exception as error:  # as above
            evaluation = unknown(head, (), unforeseen(error, _REPORT))
        return self._published(numbers, evaluation)[0]

    def _published(self, numbers: tuple[int, ...], evaluation: Evaluation) -> tuple[Outcome, bool]:
        published = publish(self._repository, evaluation, self._run_url)
        return Outcome(numbers, evaluation, published.troubles), published.is_news

    def _with_reviews(self, requests: _Requests) -> _Requests:
        return tuple(
            each._replace(reviews=self._repository.reviews(each.number)) for each in requests
        )


def _beside(number: int) -> _Choice:
    """The pull request of that number and whichever proposes the same commit."""

    def choice(found: _Requests) -> _Requests:
        head = next((each.head for each in found if each.number == number), None)
        return tuple(each for each in found if each.head == head)

    return choice


def _proposing(head: str) -> _Choice:
    """The pull requests that propose a commit."""
    return lambda found: tuple(each for each in found if each.head == head)


def _unknown(requests: _Requests, why: Reason) -> tuple[tuple[int, ...], Evaluation]:
    numbers = tuple(each.number for each in requests)
    return numbers, unknown(requests[0].head, numbers, why)
