"""Versions of people.yaml, read entry by entry: it comes to what the whole of each says."""

import random
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.model.blob import Blob
from casework.model.document import PEOPLE
from casework.read import roster as module
from casework.read.people import people_data
from casework.read.roster import Roster

PLAIN = b"""\
# Who is who
people:
  # the first
  ada-lovelace: {name: Ada Lovelace, github: ada-l, level: IC2}
  grace-hopper:
    name: Grace Hopper
    github: ghopper

  alan-turing:
    {name: Alan Turing, github: aturing,
     level: IC3}
"""


class Reader:
    """What all versions so far came to, as the differences tell it."""

    def __init__(self) -> None:
        self.roster = Roster()
        self.entries: dict[str, Any] = {}

    def turn_to(self, content: bytes | None) -> Mapping[str, Any] | None:
        changed = self.roster.turn_to(content)
        if changed is None:
            return None
        for handle, entry in changed.items():
            before = self.entries.pop(handle, self)
            assert entry is None or before != entry.data, "what did not change is not told"
            if entry is not None:
                self.entries[handle] = entry.data
        return dict(self.entries)


def whole(content: bytes) -> Mapping[str, Any] | None:
    return people_data(Blob(PEOPLE, content))


def test_only_what_differs_is_told():
    reader = Roster()
    assert set(reader.turn_to(PLAIN) or ()) == {"ada-lovelace", "grace-hopper", "alan-turing"}
    changed = reader.turn_to(PLAIN.replace(b"IC2", b"IC3"))
    assert changed is not None
    assert {handle: entry.data["level"] for handle, entry in changed.items() if entry} == {
        "ada-lovelace": "IC3"
    }
    assert reader.turn_to(PLAIN.replace(b"IC2", b"IC3")) == {}


def test_somebody_who_is_gone_is_told():
    reader = Roster()
    reader.turn_to(PLAIN)
    without = PLAIN.partition(b"\n  alan")[0] + b"\n"
    assert reader.turn_to(without) == {"alan-turing": None}


def test_a_list_of_the_usual_form_is_never_read_as_a_whole_again(monkeypatch):
    def never(_: Blob) -> None:
        raise AssertionError("read as a whole")

    monkeypatch.setattr(module, "people_data", never)
    reader = Reader()
    for content in (PLAIN, PLAIN.replace(b"IC3", b"IC4"), PLAIN.replace(b"  grace", b"  brace")):
        assert reader.turn_to(content) == whole(content)


@pytest.mark.parametrize(
    "content",
    [
        None,
        b"people: {}\n",
        b"\xff",
        b'people:\n  a: {name: "x\n  b: y"}\n',
        b"people:\n  ada-lovelace: {name: A}\n  ada-lovelace: {name: B}\n",
        b"people:\n  ada-lovelace: &a {name: A}\n  b: *a\n",
        PLAIN + b"teams: {}\n",
        b"people:\n  a: {name: A}\n...\n  b: {name: B}\n",
        b"people:\n  a: {name: A}\n---\n",
        PLAIN + b"...\n",
        PLAIN.replace(b"Ada", b"A\xe2\x80\xaeda"),
        PLAIN.replace(b"  ada-lovelace: {", b"  ? a\n  : {"),
        b"people: {ada-lovelace: {name: Ada}}\n",
        b"x" * (2 * 1024 * 1024 + 1),
    ],
)
def test_what_is_broken_or_unusual_in_between_does_not_matter_to_what_follows(content):
    reader = Reader()
    for each in (PLAIN, content, content, PLAIN, PLAIN.replace(b"IC2", b"IC1")):
        assert reader.turn_to(each) == (whole(each) if each is not None else None)


ENTRIES = st.sampled_from([
    "  ada: {name: Ada, github: ada-l}\n",
    "  ada: {name: Ada, github: ada-l, level: IC2}\n",
    "  grace:\n    name: Grace\n    github: ghopper\n",
    "  'alan': {name: Alan,\n  level: IC3}\n",
    '  "joan": {name: "Joan\n\n    Clarke"}\n',
    "  mary: |\n    text\n\n",
    "  mary: >+\n    text\n\n\n",
    "  mary:\n",
    "  mary: plain\n    goes on\n",
    "    name: somebody's\n",
    "  # a comment\n",
    "# another: one\n",
    "\n",
    "  x: &a {name: X}\n",
    "  y: *a\n",
    "  z: !!str 1\n",
    "  - item\n",
    "  ? key\n",
    "  : value\n",
    "  twice: {name: A, name: B}\n",
    '  open: {name: "Open\n',
    "  brace: {name: Open\n",
    "}\n",
    '"}\n',
    "other: 1\n",
    "---\n",
    "...\n",
    "  no-space:value\n",
    "\ttab: 1\n",
    "  odd: \u00e9\u200b\n",
    "   three: {name: Three}\n",
    " one: {name: One}\n",
])  # fmt: skip
HEADS = st.sampled_from(
    [
        "people:\n",
        "# list\npeople: # all\n",
        "---\npeople:\n",
        "\ufeffpeople:\n",
        "people: {}\n",
        "",
    ]
)
ENDS = st.sampled_from(["\n", "\r\n", "\r"])


@st.composite
def versions(draw: st.DrawFn) -> list[bytes]:
    """A text, and what became of it by one edit of a few lines after the other."""
    head, lines = draw(HEADS), draw(st.lists(ENTRIES, max_size=8))
    made = []
    for _ in range(draw(st.integers(2, 6))):
        at = draw(st.integers(0, len(lines)))
        until = draw(st.integers(at, min(at + 2, len(lines))))
        lines[at:until] = draw(st.lists(ENTRIES, max_size=2))
        text = "".join((head, *lines)).replace("\n", draw(ENDS))
        made.append(text.removesuffix(draw(st.sampled_from(["", "\n"]))).encode())
    return made


@settings(max_examples=400, deadline=None)
@given(versions())
def test_any_versions_come_to_what_the_whole_of_each_says(contents):
    reader = Reader()
    for each in contents:
        assert reader.turn_to(each) == whole(each)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32))
def test_bytes_changed_anywhere_come_to_what_the_whole_says(seed):
    dice, content, reader = random.Random(seed), PLAIN, Reader()
    for _ in range(8):
        at = dice.randrange(len(content))
        cut = dice.randrange(0, 12)
        put = bytes(dice.choice(b"  \n:{}\"'#-&abx") for _ in range(dice.randrange(0, 6)))
        content = dice.choice((content, PLAIN))
        content = content[:at] + put + content[at + cut :]
        assert reader.turn_to(content) == whole(content)
