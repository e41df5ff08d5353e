"""Where a case's front matter ends and its sections begin."""

import re
from typing import NamedTuple

from casework.model.finding import Flaw
from casework.model.position import START

_FENCE = re.compile(r"^---[ \t]*$", re.MULTILINE)


class FrontMatter(NamedTuple):
    """The lines between the first line `---` and the next one, and the lines after it."""

    yaml: str = ""
    """The front matter; its first line is the file's second."""
    body: str = ""
    """Everything after it."""
    body_line: int = 1
    """The file's line on which the body begins."""
    flaw: Flaw | None = None
    """Why there is no front matter."""


def split(text: str) -> FrontMatter:
    """The front matter and the body of a case's text; a `---` further down is the body's own."""
    opening = _FENCE.match(text)
    if not opening:
        return FrontMatter(body=text, flaw=_missing(text))
    start = opening.end() + 1
    closing = _FENCE.search(text, start)
    if not closing:
        return FrontMatter(flaw=_unclosed())
    yaml = text[start : closing.start()]
    return FrontMatter(yaml, text[closing.end() + 1 :], yaml.count("\n") + 3)


def _missing(text: str) -> Flaw:
    found = (
        "something stands before it"
        if _FENCE.match(text.lstrip())
        else "this case has no front matter"
    )
    return Flaw(
        "missing-front-matter",
        START,
        f"The first line of a case must be `---` alone; {found}.",
        "Begin the file with a line `---`, then the fields such as `person: ada-lovelace`, "
        "then another line `---`.",
    )


def _unclosed() -> Flaw:
    return Flaw(
        "missing-front-matter",
        START,
        "The front matter must end with a line `---` of its own; there is none.",
        "Add a line `---` after the last field, before the first section.",
    )
