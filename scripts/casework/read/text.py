"""Bytes to text: encoding, line ends, size, and characters that nobody can see."""

import re
from codecs import BOM_UTF8
from functools import cache
from typing import NamedTuple

from casework.model.blob import Blob, Obstacle
from casework.model.document import PEOPLE
from casework.model.finding import Flaw
from casework.model.position import START, Position

_MOST_REPORTED = 20
_MOST_LINES = 20_000
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

# Seen by nobody, although Python would print them; every other suspect it would not.
_UNSEEN_LETTERS = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u3164\uffa0"
    + "".join(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))
)


@cache
def _unseen() -> re.Pattern[str]:
    # Joiners shape words of many scripts, and variation selectors shape emoji and ideographs:
    # they are let be where they do so, and are suspicious beside plain letters.
    return re.compile(
        "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
        "\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufdd0-\ufdef\ufeff\uffa0\ufff0-\ufffb"
        "\ufffe\uffff\U000e0000-\U000e00ff\U000e01f0-\U000e0fff]"
        "|[\u200c\u200d](?<![^\x00-\x7f\u200c\u200d].)|[\u200c\u200d](?![^\x00-\x7f])"
        "|[\ufe00-\ufe0f\U000e0100-\U000e01ef](?<![0-9#*\xa0-\ufdff\ufe10-\U000dffff].)"
    )


def byte_limit(path: str) -> int:
    """How many bytes the file at a path may have."""
    return 2 * 1024 * 1024 if path == PEOPLE else 256 * 1024


class Text(NamedTuple):
    """A file's text, its lines ended by line feeds alone, and what was wrong with its bytes."""

    content: str = ""
    flaws: tuple[Flaw, ...] = ()
    readable: bool = True
    """False when the bytes are not text at all, or there are none."""


def read_text(blob: Blob) -> Text:
    """The text of a file. Characters that must not be there are replaced, one for one."""
    if blob.obstacle is not None:
        return _unreadable(_obstacle(blob.obstacle, blob))
    if len(blob.content) > byte_limit(blob.path):
        return _unreadable(_too_large(blob.path, str(len(blob.content))))
    try:
        content = blob.content.removeprefix(BOM_UTF8).decode()
    except UnicodeDecodeError as error:
        return _unreadable(_not_utf8(error.object, error.start))
    if "\r" in content:
        content = content.replace("\r\n", "\n").replace("\r", "\n")
    return _without_unseen(content)


def _unreadable(flaw: Flaw) -> Text:
    return Text(flaws=(flaw,), readable=False)


def _obstacle(obstacle: Obstacle, blob: Blob) -> Flaw:
    if obstacle is Obstacle.TOO_LARGE:
        return _too_large(blob.path, blob.detail)
    if obstacle is Obstacle.SYMLINK:
        return Flaw(
            "symlink",
            START,
            "There must be an ordinary file here; this is a symbolic link, or lies behind one.",
            "Replace the link with the file that it points to.",
        )
    message, remedy = _OBSTACLES[obstacle]
    detail = f" ({blob.detail})" if blob.detail else ""
    return Flaw("unreadable-file", START, f"There must be a file here; {message}{detail}.", remedy)


_OBSTACLES = {
    Obstacle.ABSENT: (
        "there is nothing by that name",
        "Check the name, or add the file.",
    ),
    Obstacle.DIRECTORY: (
        "it is a folder",
        "Rename the folder, or move what it holds to where it belongs.",
    ),
    Obstacle.SUBMODULE: (
        "it is a git submodule",
        "Remove the submodule and add the file itself.",
    ),
    Obstacle.UNREADABLE: (
        "this one could not be read",
        "Check the file's permissions.",
    ),
}


def _too_large(path: str, size: str) -> Flaw:
    found = f"it has {int(size):,}" if size.isdigit() else "it has more"
    return Flaw(
        "file-too-large",
        START,
        f"The file must have at most {byte_limit(path):,} bytes; {found}.",
        "Shorten it: link to long material rather than pasting it.",
    )


def has_too_many_lines(content: str) -> bool:
    """Whether a text has more lines than its size makes likely, so that it would take long."""
    if content.count("\n") < _MOST_LINES:
        return False
    return sum(not line.isspace() and line != "" for line in content.split("\n")) > _MOST_LINES


def too_many_lines() -> Flaw:
    """What is said of such a text."""
    return Flaw(
        "file-too-large",
        START,
        f"The file must have at most {_MOST_LINES:,} lines that are not empty; it has more.",
        "Shorten it: link to long material rather than pasting it.",
    )


def _not_utf8(content: bytes, start: int) -> Flaw:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        at, found = START, "it is UTF-16"
    else:
        before = content[:start].decode().replace("\r\n", "\n").replace("\r", "\n")
        at = Position(before.count("\n") + 1, len(before) - before.rfind("\n"))
        found = f"the byte `0x{content[start]:02X}` here does not belong to any character"
    return Flaw(
        "not-utf8",
        at,
        f"The file must be UTF-8 text; {found}.",
        "Save the file as UTF-8 in your editor, and look at the characters of this line.",
    )


def _without_unseen(content: str) -> Text:
    if _is_plain(content) or not _unseen().search(content):
        return Text(content)
    first_of_line: dict[int, tuple[Position, str]] = {}
    line, line_start, counted = 1, 0, 0
    for match in _unseen().finditer(content):
        line += content.count("\n", counted, match.start())
        counted = match.start()
        line_start = content.rfind("\n", 0, counted) + 1
        first_of_line.setdefault(line, (Position(line, counted - line_start + 1), match[0]))
    return Text(_unseen().sub(_REPLACEMENT, content), _unseen_flaws([*first_of_line.values()]))


def _is_plain(content: str) -> bool:
    """Whether every character can be seen: a quick answer for nearly all files."""
    if content.isascii():
        return content.replace("\n", "").replace("\t", "").isprintable()
    used = set(content) - {"\n", "\t", "\N{NO-BREAK SPACE}"}
    return "".join(used).isprintable() and used.isdisjoint(_UNSEEN_LETTERS)


def _unseen_flaws(found: list[tuple[Position, str]]) -> tuple[Flaw, ...]:
    left_out = len(found) - _MOST_REPORTED
    more = f" So do {left_out} more lines." if left_out > 0 else ""
    return tuple(
        Flaw(
            "control-character",
            at,
            f"The text must hold no invisible or control characters; here is `{_name(character)}`."
            + (more if place == _MOST_REPORTED else ""),
            "Delete the character, or type the line again; it often comes from pasting.",
        )
        for place, (at, character) in enumerate(found[:_MOST_REPORTED], start=1)
    )


def _name(character: str) -> str:
    from unicodedata import name

    code = f"U+{ord(character):04X}"
    known = name(character, "").lower()
    return f"{code} {known}" if known else code
