"""The organisation's promotion policy: every knob, with the framework's own defaults."""

from datetime import date
from typing import NamedTuple

from casework.model.fiscal import FiscalCalendar
from casework.model.rating import Rating


class Bar(NamedTuple):
    """How many quarters must reach a rating in all categories."""

    quarters: int
    rating: Rating


class TalentReview(NamedTuple):
    """One of the two meetings a year in which promotions are decided."""

    id: str
    opens: date
    cases_due: date
    """The last day on which a case can be handed in."""
    decided_by: date
    """The last day on which it is decided."""


class Approvals(NamedTuple):
    """Whose approval a case needs, and how many."""

    reviewers: tuple[str, ...] = ()
    """The calibration group: handles in people.yaml."""
    required: int = 2
    at_or_above_target: int = 1
    """How many of the approvals come from somebody who holds the target level or a higher one."""
    answer_within_days: int = 7


class Policy(NamedTuple):
    """All knobs. policy.yaml may leave any of them out."""

    calendar: FiscalCalendar = FiscalCalendar()
    current_level: Bar = Bar(1, Rating.EXCEEDS)
    next_level: Bar = Bar(1, Rating.NEXT)
    a_quarter_may_count_twice: bool = False
    consecutive: bool = False
    window_quarters: int | None = None
    grace_days: int = 31
    evidence_per_cell: int = 1
    skip_levels: bool = False
    in_band_increase: Bar = Bar(1, Rating.EXCEEDS)
    expected_level: str | None = "IC3"
    record_within_days: int = 30
    talent_reviews: tuple[TalentReview, ...] = ()
    approvals: Approvals = Approvals()
    owners: tuple[str, ...] = ()
    growth_issues: bool = False
    """Whether an issue is kept for every manager, with whom `casework growth` lists."""

    def talent_review(self, review: str | None) -> TalentReview | None:
        """The talent review of that id."""
        return next((each for each in self.talent_reviews if each.id == review), None)
