"""A case's body to sections, passages and evidence, each with its place."""

from functools import cache
from typing import Any, NamedTuple

from markdown_it import MarkdownIt

from casework.model.case import Evidence, Passage, Section
from casework.model.position import Position
from casework.read.evidence import Item
from casework.read.prose import blanked, prose, without_comments

_EMPHASIS = "*_ "
_VERBATIM = frozenset({"fence", "code_block", "html_block"})


class Body(NamedTuple):
    """The sections of a case, and what stands before the first."""

    preamble: Section
    sections: tuple[Section, ...]


def read_body(body: str, first_line: int) -> Body:
    """The sections of a Markdown text that begins on a line of its file. Nothing is raised."""
    references: dict[str, Any] = {}
    tokens = _parser().parse(body, references)
    return _Reader(body.split("\n"), first_line, references).read(tokens)


@cache
def _parser() -> MarkdownIt:
    """Blocks only: nearly all of a case is never looked at more closely."""
    parser = MarkdownIt("commonmark")
    parser.core.ruler.enableOnly(["block"])
    return parser


def _plain(title: str) -> str:
    """A heading's words: emphasis around them, or a colon after them, is no part of its name."""
    return " ".join(title.split()).strip(_EMPHASIS).rstrip(":").strip(_EMPHASIS)


class _Draft:
    """A section that is still being read."""

    def __init__(self, title: str, at: Position) -> None:
        self.title = title
        self.at = at
        self.passages: list[Passage] = []
        self.items: list[Evidence] = []
        self.subsections: list[_Draft] = []

    def section(self) -> Section:
        return Section(
            self.title,
            self.at,
            tuple(self.passages),
            tuple(self.items),
            tuple(each.section() for each in self.subsections),
        )


class _Reader:
    """Walks over the blocks of a body once, from top to bottom."""

    def __init__(self, lines: list[str], first_line: int, references: dict[str, Any]) -> None:
        self.lines = lines
        self.first_line = first_line
        self.references = references
        self.preamble = _Draft(
            "", Position(first_line if any(lines) else max(1, first_line - 1), 1)
        )
        self.sections: list[_Draft] = []
        self.current = self.preamble
        self.quotes = 0
        self.item: Item | None = None

    def read(self, tokens: list[Any]) -> Body:
        for index, token in enumerate(tokens):
            if token.type == "inline":
                self._text(token, tokens[index - 1])
            elif token.type in _VERBATIM:
                self._verbatim(token)
            elif token.type in ("blockquote_open", "blockquote_close"):
                self.quotes += token.nesting
            elif token.type == "list_item_open" and token.level == 1:
                start, end = token.map
                self.item = Item(self.first_line + start, self.lines[start:end])
            elif token.type == "list_item_close" and token.level == 1:
                self._end_item()
        sections = tuple(each.section() for each in self.sections)
        return Body(self.preamble.section(), sections)

    def _text(self, token: Any, opening: Any) -> None:
        if opening.type == "paragraph_open":
            raw = self._raw(token)
            passage = self._add(token, raw, blanked(raw) if self.quotes else prose(raw))
            if self.item:
                self.item.paragraphs.append((passage, token.content))
        elif opening.level == 0 and opening.tag in ("h2", "h3"):
            self._begin_section(opening, token.content)

    def _verbatim(self, token: Any) -> None:
        raw, content = self._raw(token), token.content
        if token.type == "html_block":
            # One that is never closed hides all that follows.
            raw, content = (without_comments(f"{each}-->")[:-3] for each in (raw, content))
        if content.strip():
            self._add(token, raw, blanked(raw))

    def _raw(self, token: Any) -> str:
        start, end = token.map
        return "\n".join(self.lines[start:end])

    def _add(self, token: Any, raw: str, own: str) -> Passage:
        passage = Passage(self.first_line + token.map[0], raw, own)
        self.current.passages.append(passage)
        if self.item:
            self.item.passages.append(passage)
        return passage

    def _begin_section(self, opening: Any, title: str) -> None:
        line = opening.map[0]
        written = self.lines[line]
        column = len(written) - len(written.lstrip()) + 1
        section = _Draft(_plain(title), Position(self.first_line + line, column))
        if opening.tag == "h3" and self.sections:
            self.sections[-1].subsections.append(section)
        else:
            self.sections.append(section)
        self.current = section

    def _end_item(self) -> None:
        if self.item and self.item.passages:
            self.current.items.append(self.item.evidence(self.references))
        self.item = None
