"""As much of a text as GitHub takes, without more work than that."""

from collections.abc import Iterator


def size(body: str) -> int:
    """How much of a limit a text takes.

    GitHub counts characters. Bytes are counted here: of them no text has fewer.
    """
    return len(body.encode("utf-8"))


def fitting(lines: Iterator[str], limit: int) -> tuple[str, bool]:
    """As many of the lines as the limit allows, and whether these are all.

    What comes after is never written: a thousand cases take no longer than those that fit.
    """
    kept: list[str] = []
    for line in lines:
        limit -= size(line) + 1
        if limit < 0:
            return "".join(kept), False
        kept.append(f"{line}\n")
    return "".join(kept), True


def cut(lines: Iterator[str], limit: int, note: str) -> str:
    """As many of the lines as the limit allows, and then the note if these are not all."""
    text, is_whole = fitting(lines, limit - size(note) - 2)
    return text if is_whole else f"{text}\n{note}\n"
