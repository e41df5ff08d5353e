"""Whether a level's file fits its track: its categories, and the ids of its behaviours."""

import re
from collections.abc import Iterator

from casework.check.context import Context, Problem
from casework.check.data import fields, is_flawed, items, repeated, value
from casework.check.words import did_you_mean, listed, quoted
from casework.model.document import Document, DocumentKind
from casework.model.english import nearest
from casework.model.framework import Category, Track
from casework.model.position import FieldPath


def missing_categories(context: Context) -> Iterator[Problem]:
    """Categories of the track that a finalised level says nothing about."""
    document, track = context.document, _track(context)
    if track is None or value(document, "finalised") is False:
        return
    known = [each.id for each in track.categories]
    given = fields(document, "categories")
    # Of a misspelt category unknown-field says enough.
    meant = {nearest(each, known) for each in given if each not in known}
    for category in track.categories:
        if category.id not in given and category.id not in meant:
            yield Problem(
                document.key_at("categories"),
                f"A finalised level must describe {_ids(track)}; {quoted(category.id)} is missing.",
                f"Add `{category.id}` with a summary and behaviours, or mark the level with "
                "`finalised: false`.",
            )


def foreign_categories(context: Context) -> Iterator[Problem]:
    """Categories of a level that its track does not have."""
    document, track = context.document, _track(context)
    if track is None:
        return
    known = [each.id for each in track.categories]
    for category in fields(document, "categories"):
        if category not in known:
            yield Problem(
                document.key_at("categories", category),
                f"A level must describe categories of its track, {_ids(track)}; it has "
                f"{quoted(category)}.{did_you_mean(category, known)}",
                "Correct the spelling, or add the category to the track in "
                "framework/framework.yaml.",
            )


def inconsistencies(context: Context) -> Iterator[Problem]:
    """Behaviours whose id is taken, or does not say level, category and place."""
    document, track = context.document, _track(context)
    behaviours = list(_behaviour_ids(document))
    for path, behaviour in repeated(iter(behaviours)):
        yield Problem(
            document.at(*path),
            f"A behaviour's id must be used once; {quoted(behaviour)} is already there.",
            "Give the behaviour the next number that was never used.",
        )
    for category in track.categories if track else ():
        own = [each for each in behaviours if each[0][1] == category.id]
        yield from _misnamed(document, category, own)


def _misnamed(
    document: Document, category: Category, behaviours: list[tuple[FieldPath, str]]
) -> Iterator[Problem]:
    """Behaviours of a category whose id is not made of level, initial and number."""
    level = value(document, "level")
    if document.path != f"framework/levels/{str(level).lower()}.yaml":
        return  # it is the level that is wrong, and path-mismatch says so
    for path, behaviour in behaviours:
        stem = f"{level}-{category.initial}"
        # Gaps are fine: ids are never renumbered, also when a behaviour is dropped.
        is_wrong = not re.fullmatch(re.escape(stem) + "[1-9][0-9]*", behaviour)
        if is_wrong and not is_flawed(document, *path):
            yield Problem(
                document.at(*path),
                f"A behaviour's id must be made of the level, the category's initial and a number, "
                f"such as {quoted(stem + '1')}; it is {quoted(behaviour)}.",
                f"Begin the id with {quoted(stem)}, or move the behaviour to the level and "
                "category that it belongs to.",
            )


def _behaviour_ids(document: Document) -> Iterator[tuple[FieldPath, str]]:
    """The ids of the level's behaviours."""
    for category in fields(document, "categories"):
        for path, _ in items(document, "categories", category, "behaviours"):
            if isinstance(word := value(document, *path, "id"), str):
                yield (*path, "id"), word


def _track(context: Context) -> Track | None:
    """The track of the level that the file describes; None where that is not known."""
    if context.document.kind is not DocumentKind.LEVEL or context.maybe_organisation is None:
        return None
    level = value(context.document, "level")
    return context.framework.track_of(level) if isinstance(level, str) else None


def _ids(track: Track) -> str:
    return listed(each.id for each in track.categories)
