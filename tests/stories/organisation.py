"""The organisation of the stories: a small team, its policy, and a case of one of them."""

import re
from collections.abc import Sequence
from datetime import date

from tests.cli.clones import PEOPLE, case

REVIEW = "2099-02"
SUBMITTED = f"cases/ada-lovelace/{REVIEW}.md"
DECIDED = "cases/ada-lovelace/2026-08.md"
PEOPLE_FILE = "cases/people.yaml"

# A talent review that is never over, for cases that are to be judged as of the day of the test.
POLICY = f"""\
talent_reviews:
  - {{id: 2026-08, opens: 2026-08-01, cases_due: 2026-08-14, decided_by: 2026-08-31}}
  - {{id: {REVIEW}, opens: 2099-02-01, cases_due: 2099-02-12, decided_by: 2099-02-28}}
approvals:
  reviewers: [katherine-johnson, barbara-liskov, ada-lovelace]
owners: [margaret-hamilton]
record_within_days: 366
"""

_QUARTERS = ("FY27-Q2", "FY27-Q3", "FY27-Q4")
_OWN = "level: IC2, level_since: 2025-02-01"
PROMOTED = PEOPLE.replace(_OWN, "level: IC3, level_since: 2026-09-01")


def submitted(*, ready: bool = True) -> str:
    """A case for the review that is to come, of the two quarters that ended last."""
    return _renamed(case("submitted", ready, review=REVIEW), _QUARTERS, recent())


def promotion() -> str:
    """The record of a decision: it is judged as of the day on which it was made."""
    text = case("promoted", review="2026-08", decided="2026-08-28", effective="2026-09-01")
    return text.replace("FY27-Q2", "FY27-Q1").replace("FY27-Q3", "FY27-Q2")


def in_words_of_2026(text: str) -> str:
    """What was said of recent quarters, as if it had been said when the stories were written."""
    return _renamed(text, recent(), _QUARTERS)


def recent() -> tuple[str, ...]:
    """The two quarters that ended last, and the one in progress; the year starts in February."""
    day = date.today()  # noqa: DTZ011 - as the program reads it
    running = (day.year * 12 + day.month - 2) // 3
    return tuple(f"FY{(n // 4 + 1) % 100:02}-Q{n % 4 + 1}" for n in range(running - 2, running + 1))


def _renamed(text: str, old: Sequence[str], new: Sequence[str]) -> str:
    names = dict(zip(old, new, strict=True))
    return re.sub(r"FY\d\d-Q\d", lambda found: names.get(found[0], found[0]), text)
