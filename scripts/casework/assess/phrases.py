"""The smallest parts of sentences: numbers, days, rows of words, names."""

from collections.abc import Iterable, Sequence
from datetime import date

from casework.model.fiscal import MONTHS, Quarter
from casework.model.framework import Category
from casework.model.rating import Rating

_NUMBERS = (
    "no", "one", "two", "three", "four", "five", "six",
    "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip


def number(count: int) -> str:
    """A number as a word up to twelve."""
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)


def written(day: date) -> str:
    """A day as people write it: `14 August 2026`."""
    return f"{day.day} {MONTHS[day.month - 1].capitalize()} {day.year}"


def listed(words: Iterable[object], conjunction: str = "and") -> str:
    """Words in a row: `a`, `a and b`, `a, b and c`."""
    *first, last = map(str, words)
    return f"{', '.join(first)} {conjunction} {last}" if first else last


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
