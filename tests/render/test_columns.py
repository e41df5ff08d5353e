"""Text laid out in cells of a terminal."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from casework.render.columns import cells, clipped, padded, table, wrapped


@pytest.mark.parametrize(
    ("text", "width"), [("", 0), ("abc", 3), ("日本", 4), ("e\u0301", 1), ("é→…", 3), ("\x07", 1)]
)
def test_cells(text, width):
    assert cells(text) == width


@settings(deadline=None)
@given(st.text(), st.integers(1, 20))
@example("0000⺀\u31ef\x1f00", 8)  # what is stripped off its end changes how the rest is measured
def test_what_is_clipped_fits(text, width):
    assert cells(clipped(text, width)) <= width or cells(text) <= width


def test_padding_knows_wide_characters():
    assert padded("日本", 6) == "日本  "


def test_words_are_wrapped_and_none_is_lost():
    assert wrapped("one two three", 9, "- ", "  ") == ["- one two", "  three"]
    assert wrapped("extraordinarily long", 6) == ["extraordinarily", "long"]
    assert wrapped("", 10, "- ") == []


def test_columns_are_as_wide_as_they_must():
    rows = table(("a", "verdict"), [("long", "ready"), ("x", "a very long ending indeed")], 24)
    assert ["  ".join(row) for row in rows] == [
        "a     verdict",
        "long  ready",
        "x     a very long endin…",
    ]
