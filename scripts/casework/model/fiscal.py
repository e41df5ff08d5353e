"""Fiscal quarters, and the calendar that gives them dates."""

import re
from datetime import date, timedelta
from typing import NamedTuple

_LABEL = re.compile(r"FY([0-9]{2})-Q([1-4])")

MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip


class Quarter(NamedTuple):
    """A fiscal quarter, such as FY27-Q1. Quarters sort by time."""

    year: int
    """The fiscal year in full, 2000 to 2099."""
    number: int
    """1 to 4."""

    @property
    def label(self) -> str:
        """The quarter as it is written, `FY27-Q1`."""
        return f"FY{self.year % 100:02d}-Q{self.number}"

    @property
    def ordinal(self) -> int:
        """A number that grows by one from each quarter to the next."""
        return self.year * 4 + self.number - 1

    def plus(self, quarters: int) -> "Quarter":
        """The quarter so many quarters later (or earlier, when negative)."""
        year, place = divmod(self.ordinal + quarters, 4)
        return Quarter(year, place + 1)

    @classmethod
    def parse(cls, text: object) -> "Quarter | None":
        """The quarter written exactly `FYyy-Qn`, or None."""
        match = _LABEL.fullmatch(text) if isinstance(text, str) else None
        return Quarter(2000 + int(match[1]), int(match[2])) if match else None


class FiscalCalendar(NamedTuple):
    """When fiscal years begin and how they are numbered."""

    starts: int = 2
    """The month in which a fiscal year begins, 1 to 12."""
    named_after_end: bool = True
    """Whether FY27 is the fiscal year that ends in 2027 (else the one that begins then)."""

    def first_day(self, quarter: Quarter) -> date:
        """The quarter's first day."""
        begins = quarter.year - 1 if self._is_named_ahead else quarter.year
        months = begins * 12 + self.starts - 1 + 3 * (quarter.number - 1)
        return date(months // 12, months % 12 + 1, 1)

    def last_day(self, quarter: Quarter) -> date:
        """The quarter's last day."""
        return self.first_day(quarter.plus(1)) - timedelta(days=1)

    def containing(self, day: date) -> Quarter:
        """The quarter in which a day lies."""
        months = day.year * 12 + day.month - self.starts
        year, month = divmod(months, 12)
        return Quarter(year + 1 if self._is_named_ahead else year, month // 3 + 1)

    @property
    def _is_named_ahead(self) -> bool:
        # A fiscal year that is the calendar year ends in the year it begins in.
        return self.named_after_end and self.starts != 1
