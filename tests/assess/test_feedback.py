"""What feedback on a decision against a case must hold."""

import pytest

from casework.assess.feedback import parts_missing
from tests.factories import a_section

ALL = ("reasons", "a timeline", "actions")


@pytest.mark.parametrize(
    "text",
    [
        "**Reasons:** a\n\n**Timeline:** b\n\n**Actions:** c",
        "- **Reasons**: a\n\n- Timeline: b\n\n- _Actions:_ c",
        "Reasons: a\nTimeline: b\nActions: c",
        "reason: a\n\nTIMELINE: b\n\nAction: c",
        "1. Reasons: a\n\n2) Timeline: b\n\n> Actions: c",
        "**Reasons:**\n\n- one\n\n- two\n\n**Timeline:**\n\nsoon\n\n**Actions:**\n\n- three",
        "**Reasons**\n\na\n\n_Timeline_\n\nb\n\nActions\n\n- c",
    ],
)
def test_labels_at_the_beginning_of_a_line(text: str) -> None:
    assert parts_missing(a_section("Feedback", text)) == ()


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("", ALL),
        ("The reasons: none. A timeline: none. For actions: none.", ALL),
        ("**Reasons:**\n\n**Timeline:** b\n\n**Actions:** …", ("reasons", "actions")),
        ("Reasons a\n\nTimeline b\n\nActions c", ALL),
        ("Reasons: a\n\nTimelines: b\n\nActions: c", ("a timeline",)),
    ],
)
def test_a_label_without_content_is_nothing(text: str, missing: tuple[str, ...]) -> None:
    assert parts_missing(a_section("Feedback", text)) == missing


def test_subsections() -> None:
    given = [
        a_section("Reasons", "a"),
        a_section("TIMELINE:", "b"),
        a_section("Actions", ""),
        a_section("Thanks", "d"),
    ]
    assert parts_missing(a_section("Feedback", subsections=given)) == ("actions",)
    assert parts_missing(a_section("Feedback", "Actions: c", subsections=given)) == ()
