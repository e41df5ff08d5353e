"""Thousands of random examples at no more than their own cost.

An example is made by a function of a `Random`, whose `choice` and `sample` it uses. As long as all
is well, plain random numbers do: hypothesis would take several times as long as what is tested.
Where an example fails, hypothesis takes over, and looks for the simplest one that fails.
"""

from collections.abc import Callable
from random import Random
from typing import Any, TypeVar

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

T = TypeVar("T")

_TRIES = 2_000


def for_many(count: int, made: Callable[[Random], T], holds: Callable[[T], Any]) -> None:
    """Ask whether something holds for so many examples, the same ones in each run."""
    for seed in range(count):
        example = made(Random(seed))
        try:
            holds(example)
        except Exception as error:
            _fail_with_the_simplest(made, holds)
            raise AssertionError(f"does not hold for {example!r}") from error


def _fail_with_the_simplest(made: Callable[[Random], T], holds: Callable[[T], Any]) -> None:
    """Raise for the simplest example that is found; where none is, nothing happens."""

    @settings(
        max_examples=_TRIES,
        derandomize=True,
        deadline=None,
        database=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    @given(st.randoms(use_true_random=False, note_method_calls=False).map(made))
    def anew(example: T) -> None:
        holds(example)

    anew()
