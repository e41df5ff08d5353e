"""The place in a text at which a YAML parser gave up, and what stands around it."""

import re

_INDENT = re.compile(r"[ \t]*")
_ODD_SPACE = re.compile("^[ \u00a0]*\u00a0|^[ \\w-]*:\u00a0")
_BRACKET = re.compile(r"[\[\]{}]")


class Complaint:
    """The place that the parser gave up at, and the one it had begun at."""

    def __init__(self, text: str, offset: int, begun: int) -> None:
        self.text = text
        self.offset = min(offset, len(text))
        self.begun = min(begun, len(text))
        self.start = text.rfind("\n", 0, self.offset) + 1
        self.line = text[self.start :].split("\n", 1)[0]

    def tab(self) -> int | None:
        """The offset of a tab in the line's indent."""
        indent = _INDENT.match(self.line)
        place = indent[0].find("\t") if indent else -1
        return self.start + place if place >= 0 else None

    def odd_space(self) -> int | None:
        """The offset of a no-break space beside a colon or in an indent, here or just before."""
        start, line = self.before()
        for first, text in ((self.start, self.line), (start, line)):
            if found := _ODD_SPACE.search(text):
                return first + text.index("\u00a0", found.start())
        return None

    def open_bracket(self) -> int | None:
        """The offset of the last bracket that is not closed."""
        opened: list[int] = []
        for bracket in _BRACKET.finditer(self.text):
            if bracket[0] in "[{":
                opened.append(bracket.start())
            elif opened:
                opened.pop()
        return opened[-1] if opened else None

    def before(self) -> tuple[int, str]:
        """The last line before it that says anything, and where that line starts."""
        end = self.start
        while end > 0:
            start = self.text.rfind("\n", 0, end - 1) + 1
            line = self.text[start : end - 1]
            if line.strip() and not line.lstrip().startswith("#"):
                return start, line
            end = start
        return 0, ""

    @property
    def is_at_line_start(self) -> bool:
        """Whether nothing stands before it in its line."""
        return not self.text[self.start : self.offset].strip()

    @property
    def sign(self) -> str:
        """The character there."""
        return self.text[self.offset : self.offset + 1]
