"""What is due of a case, as texts and programs are told it."""

from datetime import date
from enum import StrEnum
from typing import NamedTuple


class Stage(StrEnum):
    """How far a talent review has come with a case."""

    CASES_DUE = "cases-due"
    """It is still a draft, and is to be submitted."""
    DECISION_DUE = "decision-due"
    """It is submitted, and to be decided."""
    DECISION_LATE = "decision-late"
    """The last day for a decision has passed, and none is written down."""


class Due(NamedTuple):
    """One thing to be done by a day."""

    stage: Stage
    day: date
    """The last day on which it is done in time; past for what is late."""
    sentence: str
    """What to do, for people; plain text, with names from files in backticks."""
