"""Names in messages."""

import pytest

from casework.check.words import did_you_mean, listed, quoted


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("next", "`next`"),
        (2, "`2`"),
        ("a `b`", "`a 'b'`"),
        ("two\n lines", "`two lines`"),
        ("\u202eab", "`\ufffdab`"),
        ("x" * 61, f"`{'x' * 59}…`"),
    ],
)
def test_a_value_stands_in_backticks_on_one_line(value, shown):
    assert quoted(value) == shown


def test_a_suggestion_disregards_capital_letters():
    assert did_you_mean("ic2", ["IC1", "IC2"], likeness=0.8) == " Did you mean `IC2`?"
    assert did_you_mean("IC9", ["IC1", "IC2"], likeness=0.8) == ""


def test_a_list_of_nothing_says_so():
    assert listed(["a", "b"]) == "a, b"
    assert listed([]) == "none"
