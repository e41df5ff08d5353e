"""How messages name things: values in backticks, lists, and what was probably meant."""

from collections.abc import Iterable

_LONGEST = 60


def quoted(value: object) -> str:
    """A value in backticks, on one line, and not longer than a message can bear."""
    # YAML can spell out what would not pass as a character of the file.
    shown = str(value).replace("\u00a0", "[no-break space]")
    plain = (each if each.isprintable() or each.isspace() else "\ufffd" for each in shown)
    text = " ".join("".join(plain).replace("`", "'").split())
    return f"`{text if len(text) <= _LONGEST else text[: _LONGEST - 1] + '…'}`"


def listed(words: Iterable[object], nothing: str = "none") -> str:
    """Words separated by commas, or what stands for no words at all."""
    return ", ".join(str(each) for each in words) or nothing


def nearest(word: str, known: Iterable[str], likeness: float = 0.6) -> str | None:
    """The known word that somebody who wrote another probably meant, in whatever case.

    Ids that differ in a digit only are alike and yet distinct: they take a greater likeness.
    """
    # Only needed once something is wrong, and not free to import.
    from difflib import get_close_matches

    by_folded = {each.casefold(): each for each in known}
    close = get_close_matches(word.casefold(), by_folded, n=1, cutoff=likeness)
    return by_folded[close[0]] if close else None


def did_you_mean(word: str, known: Iterable[str], likeness: float = 0.6) -> str:
    """The end of a message that suggests the nearest known word, or nothing."""
    guess = nearest(word, known, likeness)
    return f" Did you mean {quoted(guess)}?" if guess is not None else ""
