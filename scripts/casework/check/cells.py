"""The cells of a case, quarter by category, and the sections that hold their evidence."""

from collections.abc import Iterator
from typing import NamedTuple

from casework.check.context import Context
from casework.model.case import Section
from casework.model.fiscal import Quarter
from casework.model.framework import Category
from casework.model.rating import Rating


class Cell(NamedTuple):
    """One quarter in one category, as rated."""

    quarter: Quarter
    category: Category
    rating: Rating


def high_cells(context: Context) -> Iterator[Cell]:
    """The cells rated `exceeds` or `next`, in the order of time and of the track's categories."""
    track = context.framework.track_of(context.case.from_level)
    for rated in context.case.quarters:
        for category in track.categories if track else ():
            rating = rated.ratings.get(category.id)
            if rating is not None and rating >= Rating.EXCEEDS:
                yield Cell(rated.quarter, category, rating)


def rated_sections(context: Context) -> Iterator[tuple[Quarter, Category, Section]]:
    """The sections of categories under listed quarters."""
    track = context.framework.track_of(context.case.from_level)
    for rated in context.case.quarters:
        for section in context.case.quarter_sections(rated.quarter):
            for each in section.subsections:
                category = track.category(each.title) if track else None
                if category is not None:
                    yield rated.quarter, category, each
