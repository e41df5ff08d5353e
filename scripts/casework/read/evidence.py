"""A list item to evidence: its text, its links, and what its notes say."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Any

from casework.model.case import Evidence, Mention, Passage
from casework.model.position import Position
from casework.read.links import links
from casework.read.prose import NOTE, without_code

_MARKER = re.compile(r"[ \t]*(?:[-+*]|[0-9]{1,9}[.)])[ \t]{0,4}")
_LINE_END = re.compile("\n")
# A comma divides the parts too where only a part can follow.
_NEXT = r"(?:;|,(?=\s*(?:shows|witness(?:es)?)\s*:))"
_PART = re.compile(rf"(?P<key>[^:;]*):(?P<words>(?:(?!{_NEXT}).)*)[;,]?", re.I | re.S)
_WORD = re.compile(r"[^\s,`][^,]*")


class Item:
    """A list item while its blocks are being read."""

    def __init__(self, line: int, lines: list[str]) -> None:
        self.line = line
        self.lines = lines
        self.passages: list[Passage] = []
        self.paragraphs: list[tuple[Passage, str]] = []
        """The passages that are text, each with its Markdown as it is without the indent."""

    def evidence(self, references: dict[str, Any]) -> Evidence:
        """The item as evidence. References are the link targets that the body defines."""
        shows: list[Mention] = []
        witnesses: list[Mention] = []
        addresses: dict[str, None] = {}
        for passage, content in self.paragraphs:
            addresses.update(dict.fromkeys(links(content, references)))
            for key, mention in _mentions(passage):
                (shows if key == "shows" else witnesses).append(mention)
        first = self.lines[0]
        return Evidence(
            Position(self.line, len(first) - len(first.lstrip()) + 1),
            _text(self.lines),
            tuple(addresses),
            tuple(shows),
            tuple(witnesses),
            tuple(self.passages),
        )


def _mentions(passage: Passage) -> Iterator[tuple[str, Mention]]:
    """What the notes of a passage name, each with the word before its list."""
    starts: list[int] = []
    for note in NOTE.finditer(without_code(passage.raw)):
        starts = starts or [0, *(each.end() for each in _LINE_END.finditer(passage.raw))]
        for key, offset, word in _words(passage.raw[: note.end() - 1], note.start() + 1):
            line = bisect_right(starts, offset) - 1
            yield key, Mention(word, Position(passage.line + line, offset - starts[line] + 1))


def _words(raw: str, offset: int) -> Iterator[tuple[str, int, str]]:
    """The words of a note that reaches from an offset to the end, each with its key and place."""
    for part in _PART.finditer(raw, offset):
        key = part["key"].strip().lower()
        if key in ("shows", "witness", "witnesses"):
            for match in _WORD.finditer(raw, *part.span("words")):
                yield key, match.start(), match[0].rstrip(" \t\n`")


def _text(lines: list[str]) -> str:
    """An item as written, without its marker, its indent and its notes."""
    marker = _MARKER.match(lines[0])
    width = marker.end() if marker else 0
    text = "\n".join([lines[0][width:], *(_dedented(each, width) for each in lines[1:])])
    parts, done = [], 0
    for note in NOTE.finditer(without_code(text)):
        parts.append(text[done : note.start()].rstrip(" \t"))
        done = note.end()
    text = "".join((*parts, text[done:]))
    return "\n".join([each.rstrip() for each in text.strip().split("\n")])


def _dedented(line: str, width: int) -> str:
    return line[width:] if line[:width].isspace() else line.lstrip()
