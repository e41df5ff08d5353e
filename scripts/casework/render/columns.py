"""Text laid out for a terminal: widths in cells, tables, wrapped lines."""

from collections.abc import Iterator, Sequence

_NARROW = frozenset("\u2192\u2026\u2013\u2014\u2018\u2019\u201c\u201d")
"""Arrow, ellipsis, dashes and quotation marks, common and one cell wide: wcwidth, which takes long
to import, need not be asked about them."""


def cells(text: str) -> int:
    """How many cells of a terminal a text takes."""
    if text.isascii() or all(each < "\u0300" or each in _NARROW for each in text):
        return len(text)
    from wcwidth import wcswidth

    width: int = wcswidth(text)
    return width if width >= 0 else len(text)


def padded(text: str, width: int) -> str:
    """The text filled up with spaces to that many cells."""
    return text + " " * (width - cells(text))


def clipped(text: str, width: int) -> str:
    """The text in at most so many cells; what was cut off its end is an ellipsis."""
    if cells(text) <= width:
        return text
    kept = text[: max(width - 1, 0)].rstrip()
    while kept and cells(kept) > width - 1:
        kept = kept[:-1].rstrip()
    return kept + "…"


def wrapped(text: str, width: int, indent: str = "", hanging: str | None = None) -> list[str]:
    """The text's words in lines of at most so many cells, where words allow that.

    The first line begins with `indent`, the others with `hanging` or else `indent` too.
    """
    rest = indent if hanging is None else hanging
    lines, line = [], indent
    for word in text.split():
        longer = f"{line} {word}" if line.strip() and line not in (indent, rest) else line + word
        if cells(longer) > width and line not in (indent, rest):
            lines.append(line)
            longer = rest + word
        line = longer
    return lines if line in (indent, rest) else [*lines, line]


def table(
    header: Sequence[str], rows: Sequence[Sequence[str]], width: int, indent: str = ""
) -> Iterator[Sequence[str]]:
    """The header and the rows with their cells filled up to the columns' widths.

    The last column takes what is left of the width and is clipped there, but never below the
    width of its heading and never below 12 cells.
    """
    everything = [header, *rows]
    widths = [max(cells(row[place]) for row in everything) for place in range(len(header))]
    left = width - len(indent) - sum(widths[:-1]) - 2 * (len(widths) - 1)
    last = max(left, cells(header[-1]), 12)
    for row in everything:
        filled = [padded(text, size) for text, size in zip(row[:-1], widths, strict=False)]
        yield [*filled, clipped(row[-1], last)]
