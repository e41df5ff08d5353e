"""Findings for a terminal: the place, the message, the line with a caret, the remedy."""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from casework.model.finding import Finding
from casework.render.columns import cells, clipped, wrapped
from casework.render.escape import terminal
from casework.render.paint import SEVERITY, Paint

Source = Callable[[str], str | None]
"""The text of the file at a path, or None where there is none to show."""

FOLD = 30
"""How many findings of one file are shown."""

_TAB = 4


def blocks(findings: Sequence[Finding], source: Source, paint: Paint, width: int) -> Iterator[str]:
    """The findings of each file, those beyond `FOLD` folded, with a blank line after each."""
    for path, group in groupby(findings, key=lambda each: each.path):
        own = list(group)
        text = source(path)
        lines = text.split("\n") if text is not None else []
        for finding in own[:FOLD]:
            yield from _block(finding, lines, paint, width)
        if len(own) > FOLD:
            more = f"{terminal(path)}: and {len(own) - FOLD} more"
            yield paint(f"{more}: --format json shows all", "dim")
            yield ""


def _block(finding: Finding, lines: list[str], paint: Paint, width: int) -> Iterator[str]:
    place = f"{terminal(finding.path)}:{finding.line}:{finding.column}"
    severity = paint(finding.severity.value, SEVERITY[finding.severity])
    yield f"{paint(place, 'bold')}  {severity}  {terminal(finding.rule)}"
    yield from wrapped(terminal(finding.message), width, "  ")
    if finding.line <= len(lines) and lines[finding.line - 1].strip():
        yield from _excerpt(finding, lines[finding.line - 1], paint, width)
    label = "  help: "
    first, *rest = wrapped(terminal(finding.help), width, label, " " * len(label)) or [label]
    yield paint(label, "dim") + first[len(label) :]
    yield from rest
    yield ""


def _excerpt(finding: Finding, line: str, paint: Paint, width: int) -> Iterator[str]:
    number = str(finding.line)
    before = _shown(line[: finding.column - 1])
    text, caret = _window(before, _shown(line)[len(before) :], width - len(number) - 6)
    gutter = " " * len(number)
    yield f"  {paint(f'{number} |', 'blue')} {text.rstrip()}"
    pointer = paint("^", SEVERITY[finding.severity])
    yield f"  {paint(f'{gutter} |', 'blue')} {' ' * caret}{pointer}"


def _shown(text: str) -> str:
    """The text with its tabs filled up with spaces and nothing else that moves the cursor."""
    first, *rest = text.split("\t")
    shown = terminal(first)
    for part in rest:
        shown += " " * (_TAB - cells(shown) % _TAB) + terminal(part)
    return shown


def _window(before: str, after: str, width: int) -> tuple[str, int]:
    """The stretch of a line around a place that fits a width, and the place's cell in it."""
    width = max(width, 20)
    if cells(before + after) <= width:
        return before + after, cells(before)
    # One cell before is for the mark of what was left out.
    left = _tail(before, max(width // 2, width - cells(after)) - 1)
    opening = "…" if len(left) < len(before) else ""
    return opening + left + clipped(after, width - cells(left) - 1), cells(opening + left)


def _tail(text: str, width: int) -> str:
    tail = text[-width:]
    while cells(tail) > width:
        tail = tail[1:]
    return tail
