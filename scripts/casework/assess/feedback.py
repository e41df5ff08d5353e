"""What the feedback of an unfavourable decision must hold, and which of it is there."""

import re
from collections.abc import Iterator

from casework.model.case import Section

PARTS = ("reasons", "a timeline", "actions")

_TITLES = {"reason": 0, "reasons": 0, "timeline": 1, "action": 2, "actions": 2}
_LABEL = re.compile(
    r"^[ \t>]*(?:[-*+][ \t]+|[0-9]+[.)][ \t]+)?[*_]*(reasons?|timeline|actions?)"
    r"[*_]*[ \t]*(?::[*_]*|$)",
    re.IGNORECASE | re.MULTILINE,
)
_WORD = re.compile(r"\w")


def parts_missing(feedback: Section) -> tuple[str, ...]:
    """Those of reasons, a timeline and actions that a Feedback section lacks.

    Each may be a subsection of that title with content, or stand after its label at the beginning
    of a line, `**Reasons:** …`, `- Timeline: …`, or on a line of its own, `**Actions**`; it reaches
    to the next label or subsection.
    """
    given = {*_titled(feedback), *_labelled(feedback)}
    return tuple(part for place, part in enumerate(PARTS) if place not in given)


def _titled(feedback: Section) -> Iterator[int]:
    for subsection in feedback.subsections:
        place = _TITLES.get(subsection.title.strip(" \t:").casefold())
        if place is not None and subsection.has_content:
            yield place


def _labelled(feedback: Section) -> Iterator[int]:
    text = "\n".join(passage.raw for passage in feedback.passages)
    # Split by a pattern with one group: text, label, text, label, …
    _, *pieces = _LABEL.split(text)
    for label, content in zip(pieces[::2], pieces[1::2], strict=True):
        if _WORD.search(content):
            yield _TITLES[label.casefold()]
