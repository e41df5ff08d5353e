"""The page of a run in GitHub Actions: every pull request that it judged, and what went wrong."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from casework.render.escape import prose
from casework.render.fitting import fitting, size
from casework.render.summary import MARKER

LIMIT = 1_000_000
"""GitHub takes 1 MiB from a step, and drops all of it where it is more."""

_VERDICT = 3_000
"""Within so many characters a comment comes to its verdict."""

_PARTS = ("#", "---", "<details", "| ")
"""How the next part of a comment begins."""

_RIGHT = "What is said above is right all the same."
_LEFT_OUT = "Left out, since GitHub limits the length of this page. The pull request has it."
_NOTHING = (
    "No pull request was judged: none is open into the default branch that this run concerns."
)


class Entry(NamedTuple):
    """What is told of one pull request, or of something that could not be done."""

    number: int | None
    """The pull request's; None for what is about the run."""
    body: str | None
    """What it was told, in Markdown; None where nothing is known."""
    message: str = ""
    """What could not be done."""
    help: str = ""


def job_summary(entries: Sequence[Entry]) -> str:
    """The page in GitHub Markdown."""
    troubles = [*_troubles(entries)]
    judged = [each for each in entries if each.body is not None]
    if not judged and not troubles:
        return f"# Casework\n\n{_NOTHING}\n"
    # What could not be done is told whatever happens; it stands after the verdicts.
    end, _ = fitting(iter(troubles), LIMIT // 4)
    lines = (line for page in _pages(judged, LIMIT - size(end)) for line in page.split("\n"))
    return fitting(lines, LIMIT - size(end))[0] + end


def _pages(entries: Sequence[Entry], room: int) -> Iterator[str]:
    """A page for each, of which those that come later are shortened where there is no room."""
    short = [_page(each, _beginning(each.body or "")) for each in entries]
    # A line's end for each.
    kept_free = sum(map(size, short)) + len(short)
    for each, beginning in zip(entries, short, strict=True):
        kept_free -= size(beginning) + 1
        page = _page(each, each.body or "") if kept_free < room else beginning
        chosen = page if size(page) + 1 + kept_free <= room else beginning
        room -= size(chosen) + 1
        yield chosen


def _page(entry: Entry, body: str) -> str:
    name = "This run" if entry.number is None else f"Pull request {entry.number}"
    return f"# {name}\n\n{body.replace(MARKER, '').strip(chr(10))}\n"


def _beginning(body: str) -> str:
    """The part before the second heading: what it is, and the verdict."""
    # Of a longer one nothing is shown: it might end within a word of somebody's.
    lines = body[:_VERDICT].removeprefix(MARKER).strip("\n").split("\n")
    ends = [n for n, line in enumerate(lines) if n and line.startswith(_PARTS)]
    kept = "\n".join(lines[: ends[0]]) if ends else ""
    return f"{kept}\n\n{_LEFT_OUT}"


def _troubles(entries: Sequence[Entry]) -> Iterator[str]:
    found = [each for each in entries if each.message]
    if not found:
        return
    yield "# What could not be done"
    yield ""
    for each in found:
        which = "" if each.number is None else f"Pull request {each.number}: "
        message = prose(each.message[0].upper() + each.message[1:])
        yield f"- {which}{message} {prose(each.help)}".rstrip()
    yield ""
    if any(each.body is not None for each in entries):
        yield _RIGHT
        yield ""
