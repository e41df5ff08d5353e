"""The ladder as text for a terminal."""

import textwrap
from collections.abc import Iterator
from typing import NamedTuple

from casework.model.framework import Category, Expectation, Framework, Level, Track
from casework.render.escape import terminal as escaped

CAUTION = (
    "Behaviours are examples, never checkboxes: nobody needs all of them for a promotion, and "
    "having all of them is not enough for one. What counts is the impact."
)
_UNSETTLED = "Not finalised: nobody can be promoted to this level yet."


class Paper(NamedTuple):
    """What lines are set on: how wide it is, and whether it takes colour."""

    width: int
    colour: bool = False

    def strong(self, words: str) -> str:
        """Words that stand out."""
        return f"\x1b[1m{words}\x1b[0m" if self.colour else words

    def faint(self, words: str) -> str:
        """Words that stand back."""
        return f"\x1b[2m{words}\x1b[0m" if self.colour else words

    def set(self, words: str, indent: int, label: str = "") -> Iterator[str]:
        """The words in lines, with a label hanging to the left of the first one."""
        lines = textwrap.wrap(
            escaped(words), self.width - indent, break_on_hyphens=False, break_long_words=False
        )
        lead = label.ljust(indent)
        for line in lines or [""]:
            yield (self._labelled(lead) + line).rstrip()
            lead = " " * indent

    def _labelled(self, lead: str) -> str:
        label = lead.strip()
        return lead.replace(label, self.strong(label)) if label else lead


def ascent(ladder: Framework, paper: Paper) -> Iterator[str]:
    """The highest level of the ladder's one track, and below it those that it builds on."""
    track = ladder.tracks[0]
    top, *rest = reversed(track.levels)
    yield from _level(track, top, paper)
    for level in rest:
        yield ""
        yield paper.faint("─" * paper.width)
        yield from paper.set(f"{top.id} builds on {level.id}:", 0)
        yield ""
        yield from _level(track, level, paper)
    yield ""
    yield paper.faint("─" * paper.width)
    yield from paper.set(CAUTION, 0)
    yield from _values(ladder, paper)


def overview(ladder: Framework, paper: Paper) -> Iterator[str]:
    """All levels with their summaries, and how to see more of one."""
    for track in ladder.tracks:
        yield paper.strong(escaped(track.name))
        for level in track.levels:
            yield ""
            yield from _summaries(track, level, paper)
        yield ""
    yield from paper.set(CAUTION, 0)
    yield from _values(ladder, paper)
    described = [each.id for track in ladder.tracks for each in track.levels if each.finalised]
    for one in described[-1:]:
        yield from paper.set(f"One level with its behaviours: casework ladder {one}", 0)


def _level(track: Track, level: Level, paper: Paper) -> Iterator[str]:
    yield from _title(level, paper)
    for category in track.categories:
        expectation = level.expectation(category.id)
        if expectation is not None:
            yield ""
            yield from _category(category, expectation, paper)


def _title(level: Level, paper: Paper) -> Iterator[str]:
    yield from map(paper.strong, paper.set(f"{level.id} · {level.name}", 0))
    yield from paper.set(level.summary, 0)
    if not level.finalised:
        yield from paper.set(_UNSETTLED, 0)


def _category(category: Category, expectation: Expectation, paper: Paper) -> Iterator[str]:
    yield paper.strong(escaped(category.name))
    yield from paper.set(expectation.summary, 2)
    column = 4 + max((len(each.id) for each in expectation.behaviours), default=0)
    for behaviour in expectation.behaviours:
        yield from paper.set(behaviour.text, column, f"  {escaped(behaviour.id)}")


def _summaries(track: Track, level: Level, paper: Paper) -> Iterator[str]:
    yield from _title(level, paper)
    column = 4 + max(len(category.name) for category in track.categories)
    for category in track.categories:
        expectation = level.expectation(category.id)
        if expectation is not None:
            yield from paper.set(expectation.summary, column, f"  {escaped(category.name)}")


def _values(ladder: Framework, paper: Paper) -> Iterator[str]:
    if ladder.values:
        names = " · ".join(value.name for value in ladder.values)
        yield from paper.set(f"At all levels: {names}", 0)
