"""What a run says when GitHub fails it, at each of its requests in turn.

However a request fails, what is left on GitHub, the exit code and the job's summary tell the
truth: no check of before stays green where nobody knows how things are, there is one comment,
and the waiting ends.
"""

import copy
import time
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any, NamedTuple

import pytest

from casework.cli import post
from casework.cli.evaluation import Evaluation, Evaluator
from casework.cli.failure import Exit
from casework.github import patience, requester
from casework.model.pull_request import PullRequest
from tests.cli.clones import Ran
from tests.cli.test_post import DECISION, REVIEWERS, World
from tests.cli.test_post import world as world  # a fixture
from tests.github.conftest import hub as hub  # a fixture
from tests.github.hub import BOT, Hub


class Call(NamedTuple):
    """A request of a run."""

    method: str
    path: str


CALLS = {
    "the open pull requests": Call("GET", r"/pulls$"),
    "the reviews": Call("GET", r"/reviews$"),
    "the check runs": Call("GET", r"/commits/\w+/check-runs$"),
    "a new check run": Call("POST", r"/check-runs$"),
    "the comments": Call("GET", r"/issues/\d+/comments$"),
    "an edit of the comment": Call("PATCH", r"/issues/comments/\d+$"),
    "a new comment": Call("POST", r"/issues/\d+/comments$"),
}
Befall = Callable[[Hub, Call, int | None], None]
"""Lets a call fail so many times, or for ever."""


def answered(status: int, **given: Any) -> Befall:
    return lambda hub, call, times: hub.fail(*call, status=status, times=times, **given)


def used_up(seconds: int) -> Befall:
    def befall(hub: Hub, call: Call, times: int | None) -> None:
        reset = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": str(int(time.time()) + seconds)}
        hub.fail(*call, status=403, headers=reset, times=times, body={"message": "No more."})

    return befall


PASSING: dict[str, Befall] = {
    "dropped": lambda hub, call, times: hub.drop(*call, times=times),
    "dropped when it was done": lambda hub, call, times: hub.drop(*call, times=times, after=True),
    "500": answered(500),
    "502 when it was done": answered(502, after=True),
    "429": answered(429, headers={"Retry-After": "3"}),
    "a secondary limit": answered(403, body={"message": "You have hit a secondary rate limit."}),
    "a primary limit": used_up(20),
}  # fmt: skip
"""What another try gets over, if it does not last."""

LASTING: dict[str, Befall] = {
    **{name: PASSING[name] for name in PASSING if name not in ("dropped", "429")},
    "401": answered(401),
    "403": answered(403),
    "404": answered(404),
    "422": answered(422),
    "a primary limit of an hour": used_up(3600),
    "somebody else's page": answered(200, body="<html>Sign in</html>"),
}


@pytest.fixture
def decided(world: World, monkeypatch: pytest.MonkeyPatch) -> "Decided":
    found = Decided(world)
    # It is judged by the same commits, rules and reviews each time: once will do.
    judge = Evaluator.proposal
    known: dict[tuple[PullRequest, ...], Evaluation] = {}

    def proposal(evaluator: Evaluator, requests: tuple[PullRequest, ...]) -> Evaluation:
        if requests not in known:
            known[requests] = judge(evaluator, requests)
        return known[requests]

    monkeypatch.setattr(Evaluator, "proposal", proposal)
    return found


class Decided:
    """A decision whose check is green and whose comment says so, and an approval taken back."""

    def __init__(self, world: World) -> None:
        self.world, self.hub = world, world.hub
        self.number = world.open(DECISION)
        world.approve(self.number, REVIEWERS[0])
        last = self.hub.review(self.number, REVIEWERS[1], "APPROVED")
        assert world.judged(self.number).code == Exit.HOLDS
        self.hub.dismiss(last)
        self._before = copy.deepcopy((self.hub.checks, self.hub.all_comments))

    def again(self, call: Call) -> None:
        """How things were, for another run."""
        self.hub.checks, self.hub.all_comments = copy.deepcopy(self._before)
        if call == CALLS["a new comment"]:
            self.hub.all_comments.clear()
        self.hub._faults.clear()
        self.world.waited.clear()

    def judged(self) -> Ran:
        ran = self.world.judged(self.number)
        self.hub._faults.clear()
        return ran

    @property
    def is_green(self) -> bool:
        return bool(self.world.check(self.number)["conclusion"] == "success")

    @property
    def comments(self) -> list[str]:
        return [each["body"] for each in self.hub.comments(self.number) if each["login"] == BOT]

    @property
    def is_out_of_date(self) -> bool:
        return not self.comments or "**Approved.**" in self.comments[0]

    def untruths(self, ran: Ran) -> Iterator[str]:
        """What holds of every run, were it true."""
        if sum(self.world.waited) > 120:
            yield f"waited {self.world.waited}"
        if len(self.comments) > 1:
            yield f"{len(self.comments)} comments"
        if self.hub.token in ran.out + ran.err + self.world.told:
            yield "the token is told"
        if "Traceback" in ran.err:
            yield ran.err
        if ran.code == Exit.HOLDS or "**Approved.**" in self.world.told:
            yield "it is told to pass"

    def untruths_of_a_passing_fault(self, ran: Ran) -> Iterator[str]:
        yield from self.untruths(ran)
        if (ran.code, ran.err) != (Exit.FAILS, ""):
            yield f"{ran.code} {ran.err}"
        if self.is_green or self.is_out_of_date:
            yield "what stood there before stands there still"
        if len(self.world.waited) > 1:
            yield f"waited {self.world.waited}"

    def untruths_of_a_lasting_fault(self, ran: Ran, call: Call, fault: str) -> Iterator[str]:
        yield from self.untruths(ran)
        if ran.code == Exit.FAILS and (self.is_green or self.is_out_of_date):
            yield "it is told that all was reported"
        admits = "What could not be done" in self.world.told or "Undetermined" in self.world.told
        if ran.code == Exit.CANNOT_RUN and not admits:
            yield "the summary hides it"
        could_be_written = call != CALLS["a new check run"] and "limit" not in fault
        if self.is_green and (could_be_written or "The check could not be written" not in ran.err):
            yield f"a check of before stays green: {ran.err}"


@pytest.mark.parametrize("name", CALLS)
def test_a_fault_that_passes_is_got_over(decided: Decided, name: str) -> None:
    call, wrong = CALLS[name], {}
    for fault, befall in PASSING.items():
        decided.again(call)
        befall(decided.hub, call, 1)
        wrong[fault] = list(decided.untruths_of_a_passing_fault(decided.judged()))
    assert not {fault: found for fault, found in wrong.items() if found}


@pytest.mark.parametrize("name", CALLS)
def test_whatever_lasts_is_told_and_leaves_nothing_green(decided: Decided, name: str) -> None:
    call, wrong = CALLS[name], {}
    for fault, befall in LASTING.items():
        decided.again(call)
        befall(decided.hub, call, None)
        ran = decided.judged()
        wrong[fault] = list(decided.untruths_of_a_lasting_fault(ran, call, fault))
    assert not {fault: found for fault, found in wrong.items() if found}


@pytest.mark.parametrize("name", ["the reviews", "a new check run", "a new comment"])
def test_silence_is_like_any_other_fault(
    decided: Decided, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def wait(seconds: float) -> None:
        decided.world.waited.append(seconds)
        time.sleep(0.3)  # what was done in silence is done by then

    monkeypatch.setattr(post, "time", SimpleNamespace(sleep=wait))
    monkeypatch.setattr(requester, "TIMEOUT", 0.4)
    call = CALLS[name]
    decided.again(call)
    decided.hub.delay(*call, seconds=0.5)
    assert not list(decided.untruths_of_a_passing_fault(decided.judged()))
    if call.method == "GET":
        monkeypatch.setattr(patience, "TRIES", 2)
        decided.again(call)
        decided.hub.delay(*call, seconds=0.5, times=None)
        ran = decided.judged()
        assert not list(decided.untruths_of_a_lasting_fault(ran, call, "silence"))


FETCHING = Call("*", r"\.git/")


@pytest.mark.parametrize("status", [500, 503])
def test_git_that_stumbles_is_asked_again(world: World, status: int) -> None:
    number = world.open(DECISION)
    world.hub.fail(*FETCHING, status=status, times=2)
    ran = world.judged(number)
    assert (ran.code, ran.err) == (Exit.FAILS, "")
    assert world.waited == [2, 6]


def test_git_that_stays_away_is_waited_for_once_and_not_for_each_pull_request(
    world: World,
) -> None:
    numbers = [world.open(DECISION), world.open({"docs/notes.md": "A note.\n"})]
    world.hub.drop(*FETCHING, times=None)
    ran = world.happens("schedule")
    assert ran.code == Exit.CANNOT_RUN
    assert world.waited.count(6) == 1
    for each in numbers:
        assert world.check(each)["title"].startswith("Undetermined")
