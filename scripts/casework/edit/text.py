"""A file's text as it lies there, and edits of it: every byte that no edit names stays."""

import re
from codecs import BOM_UTF8
from itertools import accumulate
from typing import NamedTuple

from casework.model.position import Position

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_END = re.compile(r"\r\n|\r|\n")


class Edit(NamedTuple):
    """What is to stand in place of the characters from one offset to another."""

    start: int
    end: int
    text: str
    """Its lines end with line feeds, whatever the file's do."""


class Original:
    """A file's text with its line ends and its byte order mark."""

    def __init__(self, content: bytes) -> None:
        self._mark = BOM_UTF8 if content.startswith(BOM_UTF8) else b""
        self.text = content.removeprefix(BOM_UTF8).decode()
        self.lines = _LINE.findall(self.text)
        self._starts = [0, *accumulate(map(len, self.lines))]
        ending = _END.search(self.text)
        self._ending = ending[0] if ending else "\n"

    def offset(self, at: Position) -> int:
        """Where a place in the file stands in the text."""
        return self.line_start(at.line) + at.column - 1

    def line_start(self, line: int) -> int:
        """Where a line begins, counted from 1; for one after the last, where the text ends."""
        return self._starts[min(line - 1, len(self.lines))]

    def is_blank(self, line: int) -> bool:
        """Whether a line holds nothing that can be seen, or is not there."""
        return not 1 <= line <= len(self.lines) or not self.lines[line - 1].strip()

    def lines_before(self, line: int, text: str) -> Edit:
        """An edit that puts whole lines before a line; behind the last one, it ends as it did."""
        at = self.line_start(line)
        if at == len(self.text) and self.text and self.text[-1] not in "\r\n":
            return Edit(at, at, "\n" + text.removesuffix("\n"))
        return Edit(at, at, text)

    def edited(self, edits: list[Edit]) -> bytes:
        """The file with all the edits, which do not overlap."""
        parts, done = [], 0
        for start, end, text in sorted(edits, key=lambda each: each.start):
            parts += [self.text[done:start], text.replace("\n", self._ending)]
            done = end
        return self._mark + "".join((*parts, self.text[done:])).encode()
