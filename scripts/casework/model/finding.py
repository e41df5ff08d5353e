"""What is wrong in a file, and how bad that is."""

from enum import StrEnum
from typing import NamedTuple

from casework.model.position import Position


class Severity(StrEnum):
    """How bad a finding is. Only errors keep a pull request from passing."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


class Flaw(NamedTuple):
    """Something that reading a file brought to light; the rule of the same id reports it."""

    rule: str
    at: Position
    message: str
    help: str


class Finding(NamedTuple):
    """One thing wrong in one file, as people and programs are shown it.

    `message` says what must be and holds the bad value in backticks; `help` says what to do.
    """

    rule: str
    severity: Severity
    path: str
    line: int
    column: int
    message: str
    help: str
