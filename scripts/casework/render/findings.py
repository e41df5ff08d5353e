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

_PAY = "pay-figure"
_NOT_SHOWN = "(the line is not shown)"
"""In place of a line that tells somebody's pay, whatever else is found in it."""


def without_pay(source: Source, findings: Sequence[Finding]) -> Source:
    """The source without the lines that tell somebody's pay: what is printed may stay in a log.

    `findings` are all that there are of the run.
    """
    hidden = {(each.path, each.line) for each in findings if each.rule == _PAY}
    if not hidden:
        return source

    def guarded(path: str) -> str | None:
        text = source(path)
        if text is None:
            return None
        numbered = enumerate(text.split("\n"), start=1)
        return "\n".join(_NOT_SHOWN if (path, n) in hidden else line for n, line in numbered)

    return guarded


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
    line = lines[finding.line - 1] if finding.line <= len(lines) else ""
    if line == _NOT_SHOWN:
        yield f"  {paint(f'{finding.line} |', 'blue')} {line}"
    elif line.strip():
        yield from _excerpt(finding, line, paint, width)
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
