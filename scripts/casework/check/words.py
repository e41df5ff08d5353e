"""How messages name things: values in backticks, lists, and what was probably meant."""

from collections.abc import Iterable

from casework.model.english import nearest

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


def did_you_mean(word: str, known: Iterable[str], likeness: float = 0.6) -> str:
    """The end of a message that suggests the nearest known word, or nothing."""
    guess = nearest(word, known, likeness)
    return f" Did you mean {quoted(guess)}?" if guess is not None else ""
