"""What goes wrong on demand: refusals, lost connections, slowness, and what others do meanwhile."""

import re
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any


class Kind(Enum):
    FAIL = auto()
    DROP = auto()
    DELAY = auto()
    BEFORE = auto()


@dataclass
class Fault:
    """Something that happens to the next requests of a method whose path holds a pattern."""

    kind: Kind
    method: str
    pattern: str
    times: int | None = 1
    """How many requests it befalls; None for all."""
    skip: int = 0
    """How many matching requests pass before it starts."""
    after: bool = False
    """Whether GitHub does what was asked first, and only the answer is bad."""
    status: int = 502
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Any = None
    seconds: float = 0
    callback: Callable[[], object] = lambda: None

    @property
    def spoils(self) -> bool:
        """Whether it takes the answer's place: one such fault a request."""
        return self.kind in (Kind.FAIL, Kind.DROP)

    def befalls(self, method: str, path: str) -> bool:
        """Whether it is this request's turn."""
        if self.method not in ("*", method) or not re.search(self.pattern, path):
            return False
        self.skip -= 1
        return self.skip < 0 and self.times != 0


class Faults:
    """What is to go wrong with the next requests of a method (or `*`) whose path holds a pattern.

    `times` None is for ever; the first `skip` requests pass; `after` does what was asked first.
    """

    def __init__(self) -> None:
        self._faults: list[Fault] = []
        self._turn = threading.Lock()

    def _add(self, fault: Fault) -> None:
        with self._turn:
            self._faults.append(fault)

    def faults_on(self, method: str, path: str) -> list[Fault]:
        """What befalls this request: all that precedes it, and the first that spoils the answer."""
        found: list[Fault] = []
        with self._turn:
            for fault in [one for one in self._faults if one.befalls(method, path)]:
                if fault.spoils and any(one.spoils for one in found):
                    continue  # its turn comes with the next request
                if fault.times is not None:
                    fault.times -= 1
                found.append(fault)
        return found

    def fail(
        self, method: str, pattern: str, *, status: int = 502,
        headers: Mapping[str, str] | None = None, body: Any = None,
        times: int | None = 1, skip: int = 0, after: bool = False,
    ) -> None:  # fmt: skip
        self._add(
            Fault(Kind.FAIL, method, pattern, times, skip, after, status, headers or {}, body)
        )

    def drop(
        self, method: str, pattern: str, times: int | None = 1, skip: int = 0, after: bool = False
    ) -> None:
        self._add(Fault(Kind.DROP, method, pattern, times, skip, after))

    def delay(
        self, method: str, pattern: str, seconds: float, times: int | None = 1, skip: int = 0
    ) -> None:
        self._add(Fault(Kind.DELAY, method, pattern, times, skip, seconds=seconds))

    def before(
        self, method: str, pattern: str, callback: Callable[[], object],
        times: int | None = 1, skip: int = 0,
    ) -> None:  # fmt: skip
        self._add(Fault(Kind.BEFORE, method, pattern, times, skip, callback=callback))
