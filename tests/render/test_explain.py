"""The rules' pages in a terminal, as JSON and as docs/rules.md."""

from pathlib import Path

import pytest

from casework.check.registry import pages
from casework.model.finding import Severity
from casework.model.rule import RulePage
from casework.render import explain

RULES = Path(__file__).parents[2] / "docs" / "rules.md"


def a_page(**fields):
    own = {
        "id": "unknown-word",
        "group": "References",
        "severity": Severity.ERROR,
        "draft_severity": None,
        "summary": "Every word is known.",
        "why": "Nobody can look an unknown word up, and so nobody knows what it was to say.",
        "fix": "Take one that is known.",
    }
    return RulePage(**own | fields)


def test_a_page_is_wrapped_to_the_terminal():
    text = explain.text(a_page(), colour=False, width=40)
    assert text == (
        "unknown-word\n"
        "References · error\n"
        "\n"
        "Every word is known.\n"
        "\n"
        "Why\n"
        "  Nobody can look an unknown word up,\n"
        "  and so nobody knows what it was to\n"
        "  say.\n"
        "\n"
        "Fix\n"
        "  Take one that is known.\n"
    )


def test_a_page_shows_its_example_unwrapped():
    text = explain.text(a_page(bad="a: xyzzy\nb: 1", good="a: yes"), colour=False, width=10)
    assert "Not this\n    a: xyzzy\n    b: 1\n" in text
    assert text.endswith("But this\n    a: yes\n")


def test_colour_changes_nothing_but_colour():
    plain, colourful = (explain.text(a_page(), colour, 80) for colour in (False, True))
    assert "\x1b" not in plain
    assert colourful.replace("\x1b[1m", "").replace("\x1b[0m", "") == plain


def test_the_listing_has_a_line_for_each_rule_in_its_group():
    other = a_page(id="late", group="Over time", draft_severity=Severity.WARNING)
    assert explain.listing([a_page(), other]) == (
        "References\n"
        "  unknown-word  error                      Every word is known.\n"
        "\n"
        "Over time\n"
        "  late          error, warning in a draft  Every word is known.\n"
        "\n"
        "What one wants, why, and how to fix it: casework explain RULE\n"
    )


def test_as_data_what_a_rule_lacks_is_null():
    found = explain.data(a_page())
    assert found["rule"] == "unknown-word"
    assert found["severity"] == "error"
    assert found["draft_severity"] is found["bad"] is found["good"] is None


def test_the_page_of_all_rules_is_current():
    made = explain.page(pages())
    assert RULES.read_text("utf-8") == made, "`make docs` writes docs/rules.md anew"


@pytest.mark.parametrize("rule", pages(), ids=lambda rule: rule.id)
def test_every_rule_is_in_the_page_and_linked(rule):
    page = explain.page(pages())
    assert f"\n## {rule.id}\n" in page
    assert f"(#{rule.id})" in page
