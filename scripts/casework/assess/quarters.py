"""Whether a quarter counts."""

from datetime import date
from typing import NamedTuple

from casework.model.case import Case, RatedQuarter
from casework.model.fiscal import Quarter
from casework.model.framework import Category
from casework.model.people import People
from casework.model.policy import Policy
from casework.model.rating import Rating
from casework.model.report import Because


class Circumstances(NamedTuple):
    """What decides whether a quarter counts, apart from its own ratings and evidence."""

    policy: Policy
    categories: tuple[Category, ...]
    """Those of the track that the case climbs."""
    level_since: date | None
    """None where the file does not say: then no quarter is held to lie before the level."""
    onboarded: date | None
    """None where nobody knows: then no quarter is held to lie in the onboarding."""
    day: date
    """The day as of which quarters are judged."""

    def has_ended(self, quarter: Quarter) -> bool:
        """Whether its last day lies before the day: it is earlier than the one in progress."""
        return quarter < self.policy.calendar.containing(self.day)

    def ruled_out(self, quarter: Quarter) -> Because | None:
        """Why a quarter can never count, however it is rated: it lies too early."""
        # Ordinals, since a date less some days may lie before the first date there is.
        began = self.policy.calendar.first_day(quarter).toordinal()
        if self.level_since and began < self.level_since.toordinal() - self.policy.grace_days:
            return Because.BEFORE_LEVEL
        if self.onboarded and began < self.onboarded.toordinal():
            return Because.DURING_ONBOARDING
        return None

    def is_within_window(self, quarter: Quarter) -> bool:
        """Whether it is not further back than the policy looks from the quarter in progress."""
        window = self.policy.window_quarters
        if window is None:
            return True
        return quarter.ordinal >= self.policy.calendar.containing(self.day).ordinal - window


class Standing(NamedTuple):
    """A rated quarter together with what its evidence lacks."""

    rated: RatedQuarter
    lacking: tuple[Category, ...] = ()
    """The categories rated `exceeds` or `next` without enough supported evidence."""

    @property
    def quarter(self) -> Quarter:
        """The quarter that is rated."""
        return self.rated.quarter

    def because(self, circumstances: Circumstances) -> Because | None:
        """Why the quarter does not count, the first reason in the rules' order; None if it does."""
        if not circumstances.has_ended(self.quarter):
            return Because.NOT_ENDED
        if ruled_out := circumstances.ruled_out(self.quarter):
            return ruled_out
        if not circumstances.is_within_window(self.quarter):
            return Because.OUTSIDE_WINDOW
        return Because.UNSUPPORTED if self.lacking else None


def standings(
    case: Case, categories: tuple[Category, ...], people: People, evidence_per_cell: int
) -> tuple[Standing, ...]:
    """The case's rated quarters, in the order of time, with what their evidence lacks."""
    # One pass over the file: a case may hold hundreds of quarters and sections.
    sections, barred = case.sections_by_quarter(), case.barred_witnesses(people)

    def is_backed(quarter: Quarter, category: Category) -> bool:
        supported = (
            item.is_supported(people, barred)
            for section in sections.get(quarter, ())
            for subsection in section.subsections
            if category.is_titled(subsection.title)
            for item in subsection.items
        )
        return sum(supported) >= evidence_per_cell

    return tuple(
        Standing(
            rated,
            tuple(
                category
                for category in categories
                if rated.ratings.get(category.id, Rating.BELOW) >= Rating.EXCEEDS
                and not is_backed(rated.quarter, category)
            ),
        )
        for rated in case.quarters
    )


def counted(
    standings: tuple[Standing, ...], circumstances: Circumstances
) -> tuple[RatedQuarter, ...]:
    """The quarters that count."""
    return tuple(each.rated for each in standings if each.because(circumstances) is None)
