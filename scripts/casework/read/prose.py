"""What of a paragraph is its author's own prose: everything else is blanked, in place."""

import re
from collections.abc import Iterator

NOTE = re.compile(r"\(\s*(?:shows|witness(?:es)?)\s*:[^()]*\)", re.IGNORECASE)

_TICKS = re.compile(r"\\.|`+", re.DOTALL)
_NOT_A_SPACE = re.compile(r"[^\n]")
# Every alternative begins with a fixed character, by which the search is fast. What could be read
# twice is tempered, so that no text takes longer than its length.
_FOREIGN = re.compile(
    r"""
      </?[A-Za-z][^<>]*>                                       # a tag, or an address in brackets
    | \]\((?:[^()\s]|\([^()\s]*\))*(?:\s+(?:"[^"]*"|'[^']*'))?\s*\)  # where a link leads
    | \]\[[^\[\]]*\]                                           # the same by a name
    | http(?<!\w.{4})s?://[^\s<>]*
    | HTTP(?<!\w.{4})S?://[^\s<>]*
    | www(?<!\w.{3})\.[^\s<>]*
    | "(?<!\w")(?=\S)[^"]*(?<=\S)"(?!\w)                       # quotations
    | \u201c[^\u201c\u201d]*\u201d
    | \u201e[^\u201c-\u201e]*[\u201c\u201d]
    | \xab[^\xab\xbb]*\xbb
    | \u2018(?:[^\u2018\u2019]|\u2019(?=\w))*\u2019            # an apostrophe does not end one
    | '(?<!\w')(?=[^\s\d])(?:[^'\n]|(?<=\w)'(?=\w))*(?<=\S)'(?!\w)
    | \(\s*(?i:shows|witness(?:es)?)\s*:[^()]*\)               # a note
    """,
    re.VERBOSE,
)
_CONTAINERS = re.compile(r"[ \t]*(?:(?:>|[-+*]|[0-9]{1,9}[.)])(?:[ \t]+|$))*")


def prose(raw: str) -> str:
    """A paragraph with code, links' addresses, quotations, HTML and evidence notes blanked.

    The length and the line ends stay as they are.
    """
    text = without_comments(without_code(raw))
    marker = _CONTAINERS.match(text)
    if marker and marker.end():
        text = " " * marker.end() + text[marker.end() :]
    return _FOREIGN.sub(lambda match: blanked(match[0]), text)


def without_comments(text: str) -> str:
    """A text with its HTML comments blanked."""
    parts, done = [], 0
    while (start := text.find("<!--", done)) >= 0 and (end := text.find("-->", start + 2)) >= 0:
        parts += [text[done:start], blanked(text[start : end + 3])]
        done = end + 3
    return "".join((*parts, text[done:])) if parts else text


def blanked(text: str) -> str:
    """As many spaces as there are characters, line feeds apart."""
    return " " * len(text) if "\n" not in text else _NOT_A_SPACE.sub(" ", text)


def without_code(raw: str) -> str:
    """A paragraph with its code spans blanked."""
    if "`" not in raw:
        return raw
    parts, done = [], 0
    for start, end in _code_spans(raw):
        parts += [raw[done:start], blanked(raw[start:end])]
        done = end
    return "".join((*parts, raw[done:]))


def _code_spans(raw: str) -> Iterator[tuple[int, int]]:
    """Where code spans begin and end: a run of backticks closes with the next one as long."""
    runs = [match.span() for match in _TICKS.finditer(raw)]
    later: dict[int, list[int]] = {}
    for start, end in reversed([each.span() for each in re.finditer("`+", raw)]):
        later.setdefault(end - start, []).append(start)
    done = 0
    for start, end in runs:
        if raw[start] == "\\" or start < done:
            continue
        same = later.get(end - start, [])
        while same and same[-1] <= start:
            same.pop()
        if same:
            done = same[-1] + end - start
            yield start, done
