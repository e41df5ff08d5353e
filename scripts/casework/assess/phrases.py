"""The smallest parts of sentences: numbers, days, rows of words, names."""

from collections.abc import Iterable, Sequence

from casework.model.english import enumerated, number
from casework.model.fiscal import Quarter
from casework.model.framework import Category
from casework.model.rating import Rating


def listed(words: Iterable[object], conjunction: str = "and") -> str:
    """Words in a row: `a`, `a and b`, `a, b and c`."""
    return enumerated(list(map(str, words)), conjunction)


def labels(quarters: Iterable[Quarter]) -> str:
    """Quarters in a row."""
    return listed(quarter.label for quarter in quarters)


def categories_named(categories: Iterable[Category]) -> str:
    """Categories in a row, in lower case unless a name has capitals inside."""
    names = [category.name for category in categories]
    return listed(name.lower() if name == name.capitalize() else name for name in names)


def all_of(categories: Sequence[Category]) -> str:
    """All categories of a track: `all three categories`."""
    if len(categories) == 1:
        return categories_named(categories)
    which = "both" if len(categories) == 2 else f"all {number(len(categories))}"
    return f"{which} categories"


def wanted(rating: Rating) -> str:
    """What a rating must be: `next`, or a lower one or better."""
    return f"`{rating.word}`" + ("" if rating is max(Rating) else " or better")
