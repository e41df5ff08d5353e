"""Where a paragraph links to."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from markdown_it import MarkdownIt

from casework.read.prose import without_code

_BARE = re.compile(r"https?://[^\s<>\"'`\[\]]+", re.IGNORECASE)
_TRAILING = ".,;:!?*_~)"
_HOST = re.compile(
    r"https?://(?:[^/?#@\s]*@)?(?:\w(?:[\w.-]*\w)?|\[[0-9a-f:.]+\])(?=[:/?#]|\Z)", re.IGNORECASE
)
_PLAIN_LINK = re.compile(r"(?<!!)\[[^\[\]]*\]\((https?://[\w./?=#+,:;~@-]+)\)", re.ASCII)
_ELSEWHERE = re.compile(r"[\\`<]")  # what can make a bracket something else than a link's
_MARKUP = re.compile(r"[\[\]&]")
_LONGEST = 20_000
_RULES = ("text", "escape", "backticks", "link", "image", "autolink", "html_inline", "entity")


def links(text: str, references: dict[str, Any]) -> Iterator[str]:
    """The http and https addresses with a host that a paragraph links to, in its order.

    Addresses that merely stand in the text are links, as on GitHub; those in code are not.
    """
    if "://" not in text and not (references.get("references") and "[" in text):
        return
    plain = _plain(text)
    for address in _parsed(text, references) if plain is None else plain:
        if _HOST.match(address):
            yield address


def _plain(text: str) -> list[str] | None:
    """The addresses of a text with nothing but ordinary links, for which no parser is needed."""
    if _ELSEWHERE.search(text):
        return None
    pieces = _PLAIN_LINK.split(text)
    if any(map(_MARKUP.search, pieces[::2])):
        return None
    found: list[str] = []
    for place, piece in enumerate(pieces):
        found += [piece] if place % 2 else _bare(piece)
    return found


def _parsed(text: str, references: dict[str, Any]) -> Iterator[str]:
    if len(text) > _LONGEST:  # nobody writes that; a parser could take long over it
        yield from _bare(without_code(text))
        return
    inside = 0
    tokens: list[Any] = []
    parser = _parser()
    parser.inline.parse(text, parser, references, tokens)
    for token in tokens:
        if token.type == "link_open":
            inside += 1
            yield str(token.attrs["href"])
        elif token.type == "link_close":
            inside -= 1
        elif token.type == "text" and not inside:
            yield from _bare(token.content)


def _bare(text: str) -> list[str]:
    if "://" not in text:
        return []
    return [match[0].rstrip(_TRAILING) for match in _BARE.finditer(text)]


@cache
def _parser() -> MarkdownIt:
    """Only what has to do with links: emphasis, say, changes nothing about them."""
    parser = MarkdownIt("commonmark")
    parser.inline.ruler.enableOnly(_RULES)
    parser.inline.ruler2.enableOnly(["fragments_join"])
    return parser
