"""Rings of managers, each told once."""

import pytest

from casework.check.people import cycles


@pytest.mark.parametrize(
    ("managers", "rings"),
    [
        ({}, []),
        ({"a": "b", "b": "c"}, []),
        ({"a": "a"}, [("a",)]),
        ({"a": "b", "b": "a", "c": "a"}, [("a", "b")]),
        ({"x": "c", "b": "c", "c": "b"}, [("b", "c")]),
        ({"a": "b", "b": "a", "c": "d", "d": "c"}, [("a", "b"), ("c", "d")]),
    ],
)
def test_a_ring_begins_with_its_first_member_in_the_file(managers, rings):
    assert list(cycles(managers)) == rings


def test_a_chain_of_any_length_is_followed():
    chain = {str(n): str(n + 1) for n in range(20_000)}
    assert list(cycles(chain)) == []
    (ring,) = cycles({**chain, "20000": "0"})
    assert len(ring) == 20_001
