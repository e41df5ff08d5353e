"""Waiting, within bounds: so long in all for one connection, and so often for one request."""

from collections.abc import Callable
from typing import TypeVar

from casework.github.fault import FaultKind, GitHubError
from casework.github.setback import LostAnswerError, Setback

TRIES = 5
"""How often one request is made at most."""
UNHURRIED = 10
"""So many writes are made without a pause. GitHub asks whoever makes more of them for a second."""

_T = TypeVar("_T")


class Patience:
    """What is left of the seconds that may be spent waiting, and how many requests were made."""

    def __init__(self, wait: Callable[[float], None], budget: float) -> None:
        self.calls = 0
        self._wait = wait
        self._left = budget
        self._most_silence = budget
        self._writes = 0
        self._barred: GitHubError | None = None

    def begin(self, verb: str) -> None:
        """Count a request that is about to be made. Raises GitHubError where none may be."""
        if self._barred:
            raise self._barred
        self.calls += 1
        if verb != "GET":
            self._writes += 1
            if self._writes > UNHURRIED:
                self._wait(1.0)

    def spend(self, seconds: float) -> None:
        """Take note of seconds that went by without an answer."""
        self._left -= seconds

    def sit_out(self, setback: Setback, attempt: int) -> None:
        """Wait until another try is worth it. Raises the setback's error where that is too long."""
        if setback.delay is None or attempt + 1 >= TRIES or setback.delay > self._left:
            # GitHub bars for longer whoever goes on asking; and if all that it does is say nothing,
            # each further question would take as long as the one before.
            if setback.error.kind is FaultKind.LIMITED or self._left < -self._most_silence:
                self._barred = setback.error
            raise setback.error
        self._left -= setback.delay
        self._wait(setback.delay)

    def until_known(self, action: Callable[[], _T]) -> _T:
        """Do what first looks whether it is done already, again for as long as that is open."""
        attempt = 0
        while True:
            try:
                return action()
            except LostAnswerError as lost:
                self.sit_out(lost.setback, attempt)
            attempt += 1
