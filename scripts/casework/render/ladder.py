"""The ladder in each of its forms: a page, a text for the terminal, Markdown, and data."""

from collections.abc import Iterable
from typing import Any

from casework.model.framework import Category, Expectation, Framework, Level, Track
from casework.render import ladder_text
from casework.render.escape import inline
from casework.render.ladder_markup import joined, levels_of, overview
from casework.render.ladder_page import page
from casework.render.ladder_text import CAUTION, Paper

__all__ = ["data", "markdown", "narrowed", "page", "text"]

_WIDEST = 100
_NARROWEST = 40


def narrowed(framework: Framework, level: str | None, category: str | None) -> Framework:
    """Only that level with all it builds on, and only that category; None leaves all.

    Levels and categories may be written in whatever case, categories also by name.
    Raises LookupError, with a message for people, when there is none of that name.
    """
    tracks = framework.tracks if level is None else (_up_to(framework, level),)
    if category is None:
        return framework._replace(tracks=tracks)
    kept = tuple(_only(track, found) for track in tracks if (found := track.category(category)))
    if not kept:
        ids = dict.fromkeys(each.id for track in tracks for each in track.categories)
        raise LookupError(_unknown("category", "categories", category, ids))
    return framework._replace(tracks=kept)


def text(
    framework: Framework, level: str | None, category: str | None, colour: bool, width: int
) -> str:
    """What a level asks for, with all it builds on, nearest first; the overview without a level.

    Lines are at most `width` wide. Raises LookupError as `narrowed` does.
    """
    ladder = narrowed(framework, level, category)
    paper = Paper(max(_NARROWEST, min(width, _WIDEST)), colour)
    form = ladder_text.overview if level is None else ladder_text.ascent
    return "\n".join(form(ladder, paper)) + "\n"


def markdown(framework: Framework, level: str | None, category: str | None) -> str:
    """The same in Markdown. Raises LookupError as `narrowed` does."""
    tracks = narrowed(framework, level, category).tracks
    if level is None:
        parts = [part for each in tracks for part in (f"## {inline(each.name)}", overview(each))]
    else:
        parts = [levels_of(each, reversed(each.levels)) for each in tracks]
    return joined((f"*{CAUTION}*", *parts))


def data(framework: Framework, level: str | None, category: str | None) -> dict[str, Any]:
    """The same as JSON holds it, behaviours always included, the lowest level first.

    Raises LookupError as `narrowed` does.
    """
    ladder = narrowed(framework, level, category)
    return {
        "framework": ladder.version,
        "tracks": [_track_data(track) for track in ladder.tracks],
        "values": [value._asdict() for value in ladder.values],
    }


def _up_to(framework: Framework, wanted: str) -> Track:
    ids = {level.casefold(): level for level in framework.level_ids()}
    level = ids.get(wanted.strip().casefold())
    track = framework.track_of(level)
    if track is None:
        raise LookupError(_unknown("level", "levels", wanted, ids.values()))
    return track._replace(levels=framework.levels_through(level))


def _only(track: Track, category: Category) -> Track:
    levels = tuple(
        level._replace(
            expectations=tuple(e for e in level.expectations if e.category == category.id)
        )
        for level in track.levels
    )
    return track._replace(categories=(category,), levels=levels)


def _unknown(noun: str, nouns: str, wanted: str, known: Iterable[str]) -> str:
    return f"there is no {noun} `{wanted}`; the {nouns} are {', '.join(known)}"


def _track_data(track: Track) -> dict[str, Any]:
    return {
        "track": track.name,
        "categories": [category._asdict() for category in track.categories],
        "levels": [_level_data(level) for level in track.levels],
    }


def _level_data(level: Level) -> dict[str, Any]:
    return {
        "level": level.id,
        "name": level.name,
        "finalised": level.finalised,
        "summary": level.summary,
        "categories": {each.category: _expectation_data(each) for each in level.expectations},
    }


def _expectation_data(expectation: Expectation) -> dict[str, Any]:
    return {
        "summary": expectation.summary,
        "behaviours": [behaviour._asdict() for behaviour in expectation.behaviours],
    }
