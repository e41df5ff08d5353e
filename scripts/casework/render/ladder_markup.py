"""The pieces that a ladder in Markdown is made of: levels, overviews, lists and tables."""

from collections.abc import Iterable, Iterator, Sequence

from casework.model.framework import Behaviour, Category, Level, Track
from casework.render.escape import inline as escaped

_NOT_FINALISED = """\
> [!NOTE]
> Not finalised: what this level asks for is not settled, so nobody can be promoted to it yet."""


def levels_of(track: Track, levels: Iterable[Level], depth: int = 2) -> str:
    """What some levels of a track ask for, with a heading of that depth for each level."""
    return joined(block for level in levels for block in _level(track, level, "#" * depth))


def overview(track: Track) -> str:
    """A table of a track's levels and their summaries in each category."""
    heads = ["Level", *(escaped(category.name) for category in track.categories)]
    return table(heads, (_overview_row(track, level) for level in track.levels))


def anchor(id: str) -> str:
    """What to link to for a level or a behaviour, without the `#`."""
    return "".join(sign if sign.isalnum() else "-" for sign in id.lower())


def link(id: str) -> str:
    """A link to a level or a behaviour on the same page."""
    return f"[{escaped(id)}](#{anchor(id)})"


def bullets(lines: Iterable[str]) -> str:
    """A list, an item for each line of Markdown."""
    return "\n".join(f"- {line}" for line in lines)


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of cells that are Markdown."""
    lines = (heads, ["---"] * len(heads), *rows)
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def joined(blocks: Iterable[str]) -> str:
    """Blocks of Markdown as one text, those that say nothing left out."""
    return "\n\n".join(block.strip() for block in blocks if block) + "\n"


def _level(track: Track, level: Level, hashes: str) -> Iterator[str]:
    yield f'{hashes} <a id="{anchor(level.id)}"></a>{escaped(level.id)} · {escaped(level.name)}'
    yield escaped(level.summary)
    if not level.finalised:
        yield _NOT_FINALISED
    for category in track.categories:
        yield from _category(level, category, f"{hashes}#")


def _category(level: Level, category: Category, hashes: str) -> Iterator[str]:
    expectation = level.expectation(category.id)
    if expectation is None:
        return
    yield f"{hashes} {escaped(category.name)}"
    yield escaped(expectation.summary)
    yield bullets(map(_behaviour, expectation.behaviours))


def _behaviour(behaviour: Behaviour) -> str:
    place = anchor(behaviour.id)
    label = f'<a id="{place}" href="#{place}">{escaped(behaviour.id)}</a>'
    return f"{label} {escaped(behaviour.text)}"


def _overview_row(track: Track, level: Level) -> list[str]:
    found = [level.expectation(category.id) for category in track.categories]
    unsettled = "" if level.finalised else " (not finalised)"
    return [
        f"**{link(level.id)}**<br>{escaped(level.name)}{unsettled}",
        *(escaped(each.summary) if each else "" for each in found),
    ]
