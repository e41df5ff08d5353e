"""A case's evidence as GitHub Markdown, written anew: nothing of its own markup goes through.

Its words, its code and its links to http and https are kept, its emphasis, images and HTML are not.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from casework.model.case import Case, Evidence
from casework.model.framework import Category
from casework.model.organisation import Organisation
from casework.model.people import People
from casework.model.rating import Rating
from casework.render.escape import begun, code, inline, link
from casework.render.words import person

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_DEEPEST = 3
"""How far nested items are indented."""

_SEEN = 20
"""So many times as long as what is shown of a text is looked at: links are long."""

_TEXT = ("text", "text_special", "image", "html_inline", "softbreak", "hardbreak")


def evidence(case: Case, columns: Sequence[Category], organisation: Organisation) -> list[str]:
    """The evidence of each cell, the latest quarter first, with the behaviours spelled out."""
    lines: list[str] = []
    for rated in reversed(case.quarters):
        cells = [(each, case.evidence(rated.quarter, each)) for each in columns]
        if any(items for _, items in cells):
            lines += [f"**{rated.quarter.label}**", ""]
        for category, items in cells:
            if items:
                lines += [_cell(category, rated.ratings.get(category.id)), ""]
                for item in items:
                    lines += _item(item, case, organisation)
                lines.append("")
    return lines


def rebuilt(text: str, links: Sequence[str]) -> list[tuple[int, str]]:
    """Markdown by others as lines of our own, each with how deep it is nested.

    `links` are the addresses known to be in it: those that it names by reference, and so not in
    this text, are appended.
    """
    tokens = _parser().parse(text)
    lines = list(_joined(_lines(tokens, links)))
    shown = {token.attrGet("href") for token in _walk(tokens) if token.type == "link_open"}
    hidden = [each for each in links if each not in shown and each not in text]
    if hidden:
        depth, first = lines[0] if lines else (0, "")
        lines[:1] = [
            (depth, f"{first} ({', '.join(link('link', each) for each in hidden)})".strip())
        ]
    return lines


def gist(text: str, most: int) -> str:
    """How Markdown by others begins, as plain text on one line, of at most so many characters."""
    tokens = _parser().parse(text[: _SEEN * most])
    words = " ".join(" ".join(map(_words, tokens)).split()) or "(nothing written)"
    if len(words) <= most:
        return words
    kept = words[: most - 2]
    return f"{kept.rpartition(' ')[0] or kept} …"


@cache
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False})


def _words(token: "Token") -> str:
    """What a block says, without its markup."""
    if token.type in ("fence", "code_block"):
        return token.content
    pieces = _pieces(token.children or [])
    return "".join(content for kind, content in pieces if not kind.startswith("link_"))


def _cell(category: Category, rating: Rating | None) -> str:
    return f"{inline(category.name)}, rated {rating.word if rating else 'not at all'}:"


def _item(item: Evidence, case: Case, organisation: Organisation) -> Iterator[str]:
    for depth, text in rebuilt(item.text, item.links) or [(0, "(nothing written)")]:
        yield f"{'  ' * min(depth, _DEEPEST)}- {text}"
    for mention in item.shows:
        known = organisation.framework.behaviour(mention.word)
        spelled = f": {inline(known.text)}" if known else ", which the framework does not have"
        yield f"  - shows {code(mention.word)}{spelled}"
    yield from _sources(item, case, organisation.people)


def _sources(item: Evidence, case: Case, people: People) -> Iterator[str]:
    if item.witnesses:
        names = ", ".join(inline(person(each.word, people)) for each in item.witnesses)
        yield f"  - witness: {names}"
    if not item.is_supported(people, case.barred_witnesses(people)):
        yield "  - without a link or a witness so far"


def _lines(tokens: "Sequence[Token]", links: Sequence[str]) -> Iterator[tuple[int, str]]:
    depth = 0
    for token in tokens:
        if token.type.endswith("_list_open"):
            depth += 1
        elif token.type.endswith("_list_close"):
            depth -= 1
        elif token.type == "inline":
            yield depth, _inline(token.children or [], links)
        elif token.type in ("fence", "code_block"):
            yield depth, code(token.content)


def _joined(lines: Iterator[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """The item's own paragraphs as one line: what is nested keeps a line each."""
    everything = list(lines)
    own = " ".join(text for depth, text in everything if not depth)
    if own:
        yield 0, own
    yield from (line for line in everything if line[0])


def _inline(tokens: "Sequence[Token]", links: Sequence[str]) -> str:
    """The text of a paragraph, its code and its links."""
    parts: list[str] = []
    label: list[str] = []
    address: str | None = None
    for kind, content in _pieces(tokens):
        into = parts if address is None else label
        if kind == "link_open":
            address, label = content, []
        elif kind == "link_close" and address is not None:
            parts.append(link("".join(label).strip(), address))
            address = None
        elif kind == "code_inline":
            into.append(code(content))
        else:
            into.append(_text(content, links if address is None else ()))
    return begun("".join(parts))


def _pieces(tokens: "Sequence[Token]") -> Iterator[tuple[str, str]]:
    """The paragraph's text, code and links in order, each as its kind and its content.

    Text that only emphasis, or a link to nowhere, keeps apart is one piece: harmless alone, it may
    name somebody or something once it is joined.
    """
    run, is_linked = "", False
    for token in tokens:
        if token.type == "link_open":
            is_linked = link("", str(token.attrGet("href"))) != ""
        if token.type in _TEXT:
            run += " " if token.type.endswith("break") else token.content
        elif token.type == "code_inline" or (token.type.startswith("link_") and is_linked):
            if run:
                yield "text", run
            yield token.type, str(token.attrGet("href") or token.content)
            run = ""
    if run:
        yield "text", run


def _text(text: str, links: Sequence[str]) -> str:
    """Plain text in which bare addresses that are known become links."""
    for each in sorted(links, key=len, reverse=True):
        before, found, after = text.partition(each)
        if found:
            return _text(before, links) + link("", each) + _text(after, links)
    return inline(text)


def _walk(tokens: "Sequence[Token]") -> "Iterator[Token]":
    for token in tokens:
        yield token
        yield from _walk(token.children or [])
