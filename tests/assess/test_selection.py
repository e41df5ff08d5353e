"""Which quarters are used for what."""

from itertools import product
from typing import Any

import pytest

from casework.assess.selection import CURRENT_LEVEL, NEXT_LEVEL, select
from casework.model.case import Kind
from tests.assess.oracle import choose_adjacent, choose_freely
from tests.factories import CATEGORIES, a_policy, a_quarter, a_rated_quarter

LABELS = ("FY26-Q3", "FY26-Q4", "FY27-Q1", "FY27-Q2", "FY27-Q3", "FY27-Q4")
WORDS = {"n": "next", "e": "exceeds", "m": "meets"}


def used(quarters: str, **knobs: Any) -> str:
    """One letter a quarter: what it is rated; and out, what it is used for.

    `N` for the next level, `C` for the current one, `B` for both, `.` for nothing.
    """
    counted = [
        a_rated_quarter(label, " ".join([WORDS[letter]] * 3))
        for label, letter in zip(LABELS, quarters, strict=False)
        if letter != " "
    ]
    selection = select(counted, a_policy(**knobs), CATEGORIES, Kind.PROMOTION)
    nexts, currents = (
        [label for label in LABELS if a_quarter(label) in selection[key]]
        for key in (NEXT_LEVEL, CURRENT_LEVEL)
    )
    letters = (
        ".NCB"[(label in nexts) + 2 * (label in currents)] for label in LABELS[: len(quarters)]
    )
    return "".join(letters)


@pytest.mark.parametrize(
    ("quarters", "expected"),
    [
        ("ene", ".NC"),
        ("nn", "CN"),
        ("n", "N"),
        ("e", "C"),
        ("nen", ".CN"),
        ("emmn", "C..N"),
        ("mmm", "..."),
    ],
)
def test_by_default_the_next_level_takes_the_latest_and_the_current_level_of_the_rest(
    quarters: str, expected: str
) -> None:
    assert used(quarters) == expected


def test_too_few_quarters_are_kept() -> None:
    assert used("nee", next_level=(2, "next"), current_level=(3, "exceeds")) == "NCC"


def test_a_quarter_may_count_twice() -> None:
    assert used("en", a_quarter_may_count_twice=True) == ".B"


@pytest.mark.parametrize(
    ("quarters", "expected"),
    [
        ("nemn", "NC.."),
        ("en n", "CN.."),
        ("ne mn", "NC..."),
        ("e n n", "....N"),
        ("nmn", "..N"),
        ("mnem", ".NC."),
    ],
)
def test_consecutive_quarters_are_adjacent_in_either_order(quarters: str, expected: str) -> None:
    assert used(quarters, consecutive=True) == expected


def test_consecutive_takes_what_adjoins_where_there_is_not_enough() -> None:
    knobs = {"consecutive": True, "next_level": (2, "next"), "current_level": (2, "exceeds")}
    assert used("nmene", **knobs) == "..CNC"
    assert used("eenne", **knobs) == ".CNNC"
    assert used("nnmne", **knobs) == "NN..."


def test_every_small_case_is_as_the_oracle_chooses() -> None:
    for letters in product("nem", repeat=5):
        quarters = "".join(letters)
        nexts = [place for place, letter in enumerate(letters) if letter == "n"]
        currents = [place for place, letter in enumerate(letters) if letter in "ne"]
        for n, c, twice, consecutive in product((1, 2, 3), (1, 2, 3), (False, True), (False, True)):
            rule = choose_adjacent if consecutive else choose_freely
            first, second = rule(nexts, currents, n, c, twice)
            expected = "".join(
                ".NCB"[(place in first) + 2 * (place in second)] for place in range(5)
            )
            knobs = {
                "next_level": (n, "next"),
                "current_level": (c, "exceeds"),
                "a_quarter_may_count_twice": twice,
                "consecutive": consecutive,
            }
            assert used(quarters, **knobs) == expected, (quarters, knobs)
