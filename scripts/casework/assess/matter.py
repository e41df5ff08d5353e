"""A case and what judging it as of a day takes, gathered once."""

from datetime import date
from typing import NamedTuple

from casework.assess.quarters import Circumstances, Standing, counted, standings
from casework.assess.selection import Selection, is_enough, select
from casework.model.case import Case, Kind, Status
from casework.model.organisation import Organisation


class Matter(NamedTuple):
    """A case, what it is judged against, and its quarters with what their evidence lacks."""

    case: Case
    organisation: Organisation
    circumstances: Circumstances
    standings: tuple[Standing, ...]

    @property
    def kind(self) -> Kind:
        """What the case asks for; a promotion where the file does not say."""
        return self.case.kind or Kind.PROMOTION

    @property
    def asks_for_feedback_only(self) -> bool:
        """Whether it is decided unfavourably: then its quarters need not meet anything."""
        return self.case.status in (Status.NOT_YET, Status.DECLINED)

    @property
    def unreadable_field(self) -> str | None:
        """The field without which quarters cannot be judged; empty for the file as a whole."""
        if not self.case.document.readable:
            return ""
        if not self.circumstances.categories:
            return "from"
        return None if self.case.level_since else "level_since"

    def select(
        self, kind: Kind | None = None, standings: tuple[Standing, ...] | None = None
    ) -> Selection:
        """The quarters used, for another kind or with other standings if these are given."""
        quarters = counted(self.standings if standings is None else standings, self.circumstances)
        policy, categories = self.circumstances.policy, self.circumstances.categories
        return select(quarters, policy, categories, kind or self.kind)

    def suffices(self, selection: Selection, kind: Kind | None = None) -> bool:
        """Whether a selection meets all that the case asks of quarters."""
        return is_enough(selection, self.circumstances.policy, kind or self.kind)


def matter(case: Case, organisation: Organisation, day: date) -> Matter:
    """Gather what judging a case as of a day takes."""
    track = organisation.framework.track_of(case.from_level)
    categories = track.categories if track else ()
    subject = organisation.people.get(case.person)
    onboarded = subject.onboarded if subject else None
    policy, people = organisation.policy, organisation.people
    return Matter(
        case,
        organisation,
        Circumstances(policy, categories, case.level_since, onboarded, day),
        standings(case, categories, people, policy.evidence_per_cell),
    )
