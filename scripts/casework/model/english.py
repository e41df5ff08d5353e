"""Small pieces of English: counts, lists and days as a sentence wants them, and near misses."""

from collections.abc import Iterable
from datetime import date

from casework.model.fiscal import MONTHS

_NUMBERS = (
    "no", "one", "two", "three", "four", "five", "six",
    "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip


def number(count: int) -> str:
    """A count in words as far as that reads well, in digits beyond."""
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)


def counted(count: int, noun: str) -> str:
    """`one quarter`, `two quarters`."""
    return f"{number(count)} {noun}{'' if count == 1 else 's'}"


def enumerated(words: list[str], last: str = "and") -> str:
    """`a, b and c`."""
    return f" {last} ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def begun(text: str) -> str:
    """The text as a sentence begins."""
    return text[:1].upper() + text[1:]


def day(date: date) -> str:
    """`14 August 2026`."""
    return f"{date.day} {MONTHS[date.month - 1].capitalize()} {date.year}"


def span(months: int) -> str:
    """`1 year 4 months`; less than one is `less than a month`."""
    years, rest = divmod(months, 12)
    parts = [f"{each} {noun}{'' if each == 1 else 's'}" for each, noun in
             ((years, "year"), (rest, "month")) if each]  # fmt: skip
    return " ".join(parts) or "less than a month"


def alphabetical(name: str) -> str:
    """What names are put in order by: accents and capitals aside."""
    import unicodedata

    letters = unicodedata.normalize("NFKD", name)
    return "".join(each for each in letters if not unicodedata.combining(each)).casefold()


def nearest(word: str, known: Iterable[str], likeness: float = 0.6) -> str | None:
    """The known word that somebody who wrote another probably meant, in whatever case.

    Ids that differ in a digit only are alike and yet distinct: they take a greater likeness.
    """
    # Only needed once something is wrong, and not free to import.
    from difflib import get_close_matches

    by_folded = {each.casefold(): each for each in known}
    close = get_close_matches(word.casefold(), by_folded, n=1, cutoff=likeness)
    return by_folded[close[0]] if close else None
