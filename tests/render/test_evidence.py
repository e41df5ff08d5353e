"""Evidence written anew: its words, code and links are kept, its markup is not."""

import pytest
from hypothesis import given, settings
from tests.render.flavour import assert_harmless, links, shown
from tests.render.test_escape import HOSTILE, anything

from casework.render.evidence import rebuilt


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Wrote [RFC 612](https://x.org/1).", [(0, "Wrote [RFC 612](<https://x.org/1>).")]),
        ("Cut `p95` by *half*, **twice**.", [(0, "Cut `p95` by half, twice.")]),
        ("One\nline\n\nand a paragraph", [(0, "One line and a paragraph")]),
        ("Led:\n\n- one\n  1. two\n- three", [(0, "Led:"), (1, "one"), (2, "two"), (1, "three")]),
        ("![a chart](https://x.org/c.png)", [(0, "a chart")]),
        ("[x](javascript:alert) [y](/etc)", [(0, "\\[x\\](javascript:&#8203;alert) y")]),
        ("```\nrm -rf\n```", [(0, "`rm -rf`")]),
        ("<b>bold</b>", [(0, "&lt;b&gt;bold&lt;/b&gt;")]),
        ("[`code`](https://x.org)", [(0, "[`code`](<https://x.org>)")]),
        ("", []),
    ],
)
def test_what_is_kept(text, lines):
    assert rebuilt(text, ()) == lines


def test_a_bare_address_becomes_a_link():
    (line,) = rebuilt("See https://x.org/a_b_c, please.", ("https://x.org/a_b_c",))
    assert links(line[1]) == ["https://x.org/a_b_c"]
    assert shown(line[1]) == "See https://x.org/a_b_c, please."


def test_a_link_by_reference_is_not_lost():
    (line,) = rebuilt("See [the plan][1].", ("https://x.org/plan",))
    assert line[1] == "See \\[the plan\\]\\[1\\]. ([link](<https://x.org/plan>))"


@pytest.mark.parametrize(
    "text", [":[0]():", ":*smile*:", "G*H*-12", "w**ww.**x.org", "abc*def*0", "[@](x)*ada*"]
)
def test_what_only_markup_kept_apart_is_harmless_joined(text):
    for _, line in rebuilt(text, ()):
        assert_harmless(f"- {line}")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_evidence_is_only_text(text):
    for _, line in rebuilt(text, ("https://github.com/o/r/issues/1",)):
        assert_harmless(f"- {line}")


@settings(deadline=None)
@given(anything, anything)
def test_so_is_evidence_put_together(text, other):
    for _, line in rebuilt(f"{text}[{other}](https://x.org){other}", ("https://x.org",)):
        assert_harmless(f"- {line}")


def test_an_exclamation_before_a_link_makes_no_image():
    assert_harmless(
        "".join(text for _, text in rebuilt("Look\\![x](https://example.com/x.png)", ()))
    )
