"""Colour in a terminal, or none."""

from collections.abc import Callable

from casework.model.finding import Severity
from casework.model.report import State, Verdict

Paint = Callable[[str, str], str]
"""Puts a text in a style: `bold`, `dim`, `red`, `yellow`, `green`, `blue` or `cyan`."""

_CODES = {
    "bold": "1", "dim": "2", "red": "1;31", "green": "32", "yellow": "33", "blue": "34",
    "cyan": "36",
}  # fmt: skip

SEVERITY = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTICE: "cyan"}
STATE = {State.MET: "green", State.UNMET: "yellow", State.UNDETERMINED: "cyan"}
VERDICT = {
    Verdict.INVALID: "red",
    Verdict.NOT_READY: "yellow",
    Verdict.READY: "green",
    Verdict.APPROVED: "green",
}


def painter(colour: bool) -> Paint:
    """Paints with ANSI colours, or leaves every text as it is."""
    return _coloured if colour else _plain


def _coloured(text: str, style: str) -> str:
    return f"\x1b[{_CODES[style]}m{text}\x1b[0m" if text else text


def _plain(text: str, style: str) -> str:
    return text
